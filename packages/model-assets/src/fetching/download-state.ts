import { readFile, rm, stat } from "node:fs/promises";

import { z } from "zod";

import { canonicalJsonBytes } from "../canonical-json.ts";
import { writeFileAtomically } from "../write-file.ts";

/** What tells one version of a file on a server from another. */
export interface RemoteVersion {
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Null when the server does not say. */
  readonly totalBytes: number | null;
}

const version = {
  url: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  totalBytes: z.number().nullable(),
};
const partFile = z.strictObject(version);
const doneFile = z.strictObject({ ...version, sha256: z.string(), bytes: z.number() });

/** A file that was downloaded to its end, and where from. */
export type FinishedDownload = z.infer<typeof doneFile>;

/** What an interrupted download left behind. */
export interface PartialDownload {
  readonly bytes: number;
  /** Absent when nothing is known about the bytes: they cannot be continued. */
  readonly version?: RemoteVersion;
}

/** Where a download collects its bytes. */
export const partOf = (file: string): string => `${file}.part`;
const partStateOf = (file: string): string => `${file}.part.json`;
const doneStateOf = (file: string): string => `${file}.download.json`;

/** What is there of a download from an address. */
export async function readPartial(file: string, url: string): Promise<PartialDownload> {
  const bytes = await sizeOf(partOf(file));
  const state = await readState(partStateOf(file), partFile);
  if (bytes === undefined || state?.url !== url) return { bytes: 0 };
  return { bytes, version: state };
}

/** Notes which version of a file the bytes to come belong to; before the first of them. */
export async function writePartialState(
  file: string,
  url: string,
  { etag, lastModified, totalBytes }: RemoteVersion,
): Promise<void> {
  const state = { url, etag, lastModified, totalBytes };
  await writeFileAtomically(partStateOf(file), canonicalJsonBytes(state));
}

/** The finished download of a file from an address, when file and note are both there. */
export async function readFinished(
  file: string,
  url: string,
): Promise<FinishedDownload | undefined> {
  const state = await readState(doneStateOf(file), doneFile);
  return state?.url === url && state.bytes === (await sizeOf(file)) ? state : undefined;
}

/** Notes where a file came from. */
export async function writeFinished(file: string, state: FinishedDownload): Promise<void> {
  await writeFileAtomically(doneStateOf(file), canonicalJsonBytes(state));
}

/** Forgets a partial download. */
export async function removePartial(file: string): Promise<void> {
  await rm(partOf(file), { force: true });
  await rm(partStateOf(file), { force: true });
}

async function sizeOf(file: string): Promise<number | undefined> {
  const info = await stat(file).catch(() => undefined);
  return info?.isFile() === true ? info.size : undefined;
}

/** A note that cannot be read costs a download and nothing else. */
async function readState<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return undefined;
  }
}

import { mkdir, rename } from "node:fs/promises";
import path from "node:path";

import { ReasonError } from "@gradeway/reason-codes";

import { sha256OfFile } from "../sha256.ts";
import { fetchFailed, publicAddress } from "../store/http-client.ts";
import {
  type FinishedDownload,
  partOf,
  readFinished,
  readPartial,
  removePartial,
  writeFinished,
} from "./download-state.ts";
import { type DownloadOptions, receivePart } from "./receive-part.ts";

/** Times that a connection may be cut after it brought something. */
const MAX_CUTS = 100;

/** A file on disk. */
export interface Downloaded {
  readonly sha256: string;
  readonly bytes: number;
  /** Whether it was there already and the server has no other one. */
  readonly isUnchanged: boolean;
  /** Bytes that an earlier, interrupted download had left and that were used. */
  readonly resumedBytes: number;
}

/**
 * Downloads a file, continuing where an earlier download was interrupted as long as the server still
 * has the same version of the file (If-Range); of another version it begins anew. A cut connection is
 * taken up again.
 *
 * @throws {ReasonError} asset_fetch_failed, asset_source_resting, asset_host_not_allowed,
 *   asset_hash_mismatch, storage_insufficient
 */
export async function downloadFile(options: DownloadOptions): Promise<Downloaded> {
  const { url, file, client, sha256, signal } = options;
  const address = publicAddress(url);
  await mkdir(path.dirname(file), { recursive: true });
  const present = await presentFile(file, address);
  if (present !== undefined && present.sha256 === sha256) return unchanged(present);
  // Another file than the pinned one: that the server has no newer one does not make it the right one.
  const known = sha256 === undefined ? present : undefined;
  const left = await readPartial(file, address);
  let isWhole = left.version?.totalBytes === left.bytes;
  let resumedBytes = isWhole ? left.bytes : undefined;
  for (let cuts = 0; !isWhole; cuts++) {
    if (cuts > MAX_CUTS) throw fetchFailed(address, cuts, "the connection is cut again and again");
    const receipt = await client.run(url, () => receivePart(options, known), signal);
    if (receipt.outcome === "not_modified") return unchanged(known!);
    resumedBytes ??= receipt.keptBytes;
    isWhole = receipt.outcome === "complete";
  }
  const { bytes, version } = await readPartial(file, address);
  const hash = await sha256OfFile(partOf(file));
  if (sha256 !== undefined && hash !== sha256) {
    await removePartial(file);
    throw new ReasonError(
      "asset_hash_mismatch",
      `${address} is not the file whose hash is asked for.`,
      { asset: path.basename(file), expectedSha256: sha256, observedSha256: hash },
    );
  }
  const { etag, lastModified, totalBytes } = version!;
  // The note first: beside a file that it does not describe it is not believed.
  await writeFinished(file, { url: address, etag, lastModified, totalBytes, sha256: hash, bytes });
  await rename(partOf(file), file);
  await removePartial(file);
  return { sha256: hash, bytes, isUnchanged: false, resumedBytes: resumedBytes ?? 0 };
}

/** The finished file with its note, when it is what the note says. */
async function presentFile(file: string, address: string): Promise<FinishedDownload | undefined> {
  const finished = await readFinished(file, address);
  if (finished === undefined) return undefined;
  return (await sha256OfFile(file)) === finished.sha256 ? finished : undefined;
}

function unchanged({ sha256, bytes }: FinishedDownload): Downloaded {
  return { sha256, bytes, isUnchanged: true, resumedBytes: 0 };
}

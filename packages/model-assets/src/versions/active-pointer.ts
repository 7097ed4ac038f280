import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { ReasonError } from "@gradeway/reason-codes";
import { z } from "zod";

import { canonicalJsonBytes } from "../canonical-json.ts";
import { parseJson, parseSchema } from "../schemas/parse-json.ts";
import { writeFileAtomically } from "../write-file.ts";

/** Name of the file in a region home that says which version is in use. */
export const POINTER_FILE = "active.json";

/** Name of the folder in a region home that holds the versions. */
export const VERSIONS_FOLDER = "versions";

/** Name of a version: its sequence number and the beginning of its manifest's hash. */
export const VERSION_NAME = /^\d{6,}-[0-9a-f]{16}$/;

const versionName = z.string().regex(VERSION_NAME);

const pointerFile = z.strictObject({
  format: z.literal(1),
  active: versionName,
  /** What was in use before; what a rollback goes back to. */
  previous: versionName.nullable(),
});

/** Which version of a home is in use, and which was before. */
export interface ActivePointer {
  readonly active: string;
  readonly previous: string | null;
}

/**
 * Reads which version is in use; undefined when none is yet, or the directory is no home.
 *
 * @throws {ReasonError} asset_invalid, asset_field_unknown for a pointer that cannot be understood
 */
export async function readPointer(home: string): Promise<ActivePointer | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(join(home, POINTER_FILE));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
  const { active, previous } = parseSchema(
    POINTER_FILE,
    pointerFile,
    parseJson(POINTER_FILE, bytes),
  );
  return { active, previous };
}

/** Writes the pointer; a reader sees the old one or the new one. */
export async function writePointer(home: string, pointer: ActivePointer): Promise<void> {
  await writeFileAtomically(
    join(home, POINTER_FILE),
    canonicalJsonBytes({ format: 1, ...pointer }),
  );
}

/** Where a version lies. */
export function versionDirectory(home: string, version: string): string {
  if (VERSION_NAME.test(version)) return join(home, VERSIONS_FOLDER, version);
  const path = `${VERSIONS_FOLDER}/${version}`;
  const message = `"${version}" is not the name of a version; \`gradeway region versions\` lists them.`;
  throw new ReasonError("asset_missing", message, { asset: "version", path });
}

/** The directory to read a region from: the active version of a home, or the directory itself. */
export async function activeDirectory(directory: string): Promise<string> {
  const pointer = await readPointer(directory);
  return pointer === undefined ? directory : versionDirectory(directory, pointer.active);
}

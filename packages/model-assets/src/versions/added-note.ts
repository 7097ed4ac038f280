import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { isReasonError } from "@gradeway/reason-codes";
import { z } from "zod";

import { canonicalJsonBytes } from "../canonical-json.ts";
import { parseJson, parseSchema } from "../schemas/parse-json.ts";

/** Name of the file in a version that says when it came into its home; the manifest knows nothing of it. */
const ADDED_FILE = "added.json";

const addedFile = z.strictObject({ format: z.literal(1), addedAt: z.iso.datetime() });

/** Writes down when a version came into its home, milliseconds since 1970. */
export async function writeAdded(directory: string, addedAtMs: number): Promise<void> {
  const addedAt = new Date(addedAtMs).toISOString();
  await writeFile(join(directory, ADDED_FILE), canonicalJsonBytes({ format: 1, addedAt }));
}

/**
 * When a version came into its home, milliseconds since 1970. Where nothing says so (versions of
 * earlier programs), the time of its folder, which mending and copying a home renew.
 *
 * @returns undefined for what is no folder
 */
export async function readAdded(directory: string): Promise<number | undefined> {
  const info = await stat(directory).catch(() => undefined);
  if (info?.isDirectory() !== true) return undefined;
  const bytes = await readFile(join(directory, ADDED_FILE)).catch(() => undefined);
  if (bytes === undefined) return info.mtimeMs;
  try {
    return Date.parse(parseSchema(ADDED_FILE, addedFile, parseJson(ADDED_FILE, bytes)).addedAt);
  } catch (error) {
    if (!isReasonError(error)) throw error;
    return info.mtimeMs;
  }
}

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";

/**
 * Reads a file that must have a certain size; `undefined` when it has another one, which is then
 * not read: it may be of any size.
 */
export async function readFileOfSize(
  file: string,
  sizeBytes: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  const handle = await open(file);
  try {
    if ((await handle.stat()).size !== sizeBytes) return undefined;
    return await handle.readFile(signal === undefined ? {} : { signal });
  } finally {
    await handle.close();
  }
}

/** Hash of a file of any size, in hexadecimal digits; little of it is in memory at a time. */
export async function hashFile(file: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash("sha256");
  const stream = createReadStream(file, signal === undefined ? {} : { signal });
  for await (const chunk of stream) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}

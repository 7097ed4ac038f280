import { statfs } from "node:fs/promises";

import { ReasonError } from "@gradeway/reason-codes";

/** Tells how many bytes may be written to the disk of a directory. */
export type FreeBytes = (directory: string) => Promise<number>;

/** Left for everything else on the disk. */
const RESERVE_BYTES = 64 * 2 ** 20;

/** Asks the operating system, for a user without privileges. */
export async function freeBytesOf(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/**
 * Checks that a directory has room, before hours of work end in a full disk.
 *
 * @throws {ReasonError} storage_insufficient
 */
export async function requireRoom(
  directory: string,
  neededBytes: number,
  freeBytes: FreeBytes,
): Promise<void> {
  const availableBytes = await freeBytes(directory);
  const totalBytes = Math.ceil(neededBytes) + RESERVE_BYTES;
  if (availableBytes >= totalBytes) return;
  const mib = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;
  throw new ReasonError(
    "storage_insufficient",
    `${directory} needs room for ${mib(totalBytes)} and has ${mib(availableBytes)}.`,
    { directory, neededBytes: totalBytes, availableBytes },
  );
}

import { open } from "node:fs/promises";

import { ReasonError } from "@gradeway/reason-codes";

import { corruptError } from "../tile-errors.ts";

/** Reads stretches of one large file. */
export interface RangeReader {
  /** What the file is called in errors; it holds no secret. */
  readonly location: string;
  /**
   * Reads bytes from an offset, into memory of their own; fewer than asked for only where the file
   * ends.
   *
   * @throws {ReasonError} `terrain_dem_asset_unavailable` when there is no such file or it cannot be
   *   read in parts, `terrain_fetch_failed` or `terrain_circuit_open` when it could not be read,
   *   `terrain_tile_corrupt` when it changes while it is in use
   */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Creates a reader over a file on disk. The file is opened for each read, so that nothing has to be
 * closed; one that changes in between is refused.
 */
export function createFileRangeReader(file: string): RangeReader {
  let version: string | undefined;
  return {
    location: file,
    async read(offset, length, signal) {
      signal?.throwIfAborted();
      try {
        const handle = await open(file);
        try {
          const { size, mtimeMs, ino } = await handle.stat();
          const found = `${size} ${mtimeMs} ${ino}`;
          version ??= found;
          if (version !== found) throw changedError(file);
          const bytes = new Uint8Array(Math.max(Math.min(length, size - offset), 0));
          const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
          return bytes.subarray(0, bytesRead);
        } finally {
          await handle.close();
        }
      } catch (error) {
        if (error instanceof ReasonError) throw error;
        const problem = error instanceof Error ? error.message : String(error);
        throw unavailable(file, problem, error);
      }
    },
  };
}

/** Builds the error for a file that is not there or cannot be read in parts. */
export function unavailable(location: string, problem: string, cause?: unknown): ReasonError {
  return new ReasonError(
    "terrain_dem_asset_unavailable",
    `The elevation file "${location}" cannot be read: ${problem}`,
    { source: location, problem },
    { cause },
  );
}

/** Builds the error for a file that was replaced between two reads. */
export function changedError(location: string): ReasonError {
  return corruptError(location, "it changed while it was in use");
}

import { readFile, stat } from "node:fs/promises";
import path from "node:path";

import { ReasonError } from "@gradeway/reason-codes";

import { formatTileId, type TileId } from "../tile-id.ts";
import { type TileSource, type TileSourceInfo, UNKNOWN_ATTRIBUTION } from "../tile-source.ts";

/** Options of {@link createDirectoryTileSource}. */
export interface DirectoryTileSourceOptions extends Partial<TileSourceInfo> {
  /** File name extension of the tiles. Default ".tif". */
  readonly extension?: string;
}

/**
 * Creates a source over a directory of tiles laid out as `{z}/{x}/{y}.tif`.
 *
 * @throws {ReasonError} `terrain_dem_asset_unavailable` when the directory does not exist, also
 *   later on when it disappears; `terrain_fetch_failed` when a tile exists but cannot be read
 */
export async function createDirectoryTileSource(
  directory: string,
  options: DirectoryTileSourceOptions = {},
): Promise<TileSource> {
  const { extension = ".tif" } = options;
  await assertDirectory(directory);
  return {
    info: {
      name: options.name ?? "directory tiles",
      attribution: options.attribution ?? UNKNOWN_ATTRIBUTION,
    },
    givesOwnBytes: true,
    async getTile(id: TileId, { signal } = {}) {
      const file = path.join(directory, String(id.z), String(id.x), `${id.y}${extension}`);
      try {
        return await readFile(file, signal === undefined ? {} : { signal });
      } catch (error) {
        signal?.throwIfAborted();
        if (errorCode(error) !== "ENOENT") throw readFailure(id, error);
        // An unmounted disk must not look like a region without elevation.
        await assertDirectory(directory);
        return undefined;
      }
    },
  };
}

async function assertDirectory(directory: string): Promise<void> {
  let problem = "It is not a directory.";
  try {
    if ((await stat(directory)).isDirectory()) return;
  } catch (error) {
    problem = errorCode(error) === "ENOENT" ? "There is no such directory." : errorMessage(error);
  }
  throw new ReasonError(
    "terrain_dem_asset_unavailable",
    `The elevation tiles cannot be read from "${directory}". ${problem}`,
    { source: directory, problem },
  );
}

function readFailure(id: TileId, error: unknown): ReasonError {
  const tile = formatTileId(id);
  const problem = errorMessage(error);
  return new ReasonError(
    "terrain_fetch_failed",
    `The elevation tile ${tile} could not be read: ${problem}`,
    { tile, attempts: 1, problem },
    { cause: error },
  );
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

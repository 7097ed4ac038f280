import { readFile, stat } from "node:fs/promises";
import path from "node:path";

import { ReasonError } from "@gradeway/reason-codes";

import { formatTileId, type TileId } from "../tile-id.ts";
import { type TileSource, type TileSourceInfo, UNKNOWN_ATTRIBUTION } from "../tile-source.ts";

/**
 * Creates a source over a directory of tiles laid out as `{z}/{x}/{y}.tif`.
 *
 * @throws {ReasonError} `terrain_dem_asset_unavailable` when the directory does not exist, also
 *   later on when it disappears; `terrain_fetch_failed` when a tile exists but cannot be read
 */
export async function createDirectoryTileSource(
  directory: string,
  info: Partial<TileSourceInfo> = {},
): Promise<TileSource> {
  await assertDirectory(directory);
  return {
    info: {
      name: info.name ?? "directory tiles",
      attribution: info.attribution ?? UNKNOWN_ATTRIBUTION,
    },
    async getTile(id: TileId, options = {}) {
      const file = path.join(directory, String(id.z), String(id.x), `${id.y}.tif`);
      try {
        return await readFile(file, options.signal === undefined ? {} : { signal: options.signal });
      } catch (error) {
        options.signal?.throwIfAborted();
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

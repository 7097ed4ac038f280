import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import { ReasonError } from "@gradeway/reason-codes";
import { openTerrainSnapshot, type TerrainSnapshot } from "@gradeway/terrain-tiles";

import { refusalOf } from "./terrain-arguments.ts";

/** Where the signed snapshot of a region lies. */
export function snapshotDirectory(region: string): string {
  return join(region, "terrain", "snapshot");
}

/**
 * Opens the signed snapshot of a region; undefined where it has none.
 *
 * @param keyFiles - files of public keys in PEM
 * @param zoom - zoom level of the live tiles, which those of the snapshot must have to be of use
 * @throws {ReasonError} request_invalid for a file that holds no such key, asset_missing,
 *   terrain_snapshot_untrusted, terrain_snapshot_signature_invalid, asset_invalid,
 *   terrain_dem_asset_unavailable for a snapshot of another zoom level
 */
export async function openFallback(
  region: string,
  keyFiles: readonly string[],
  zoom: number,
): Promise<TerrainSnapshot | undefined> {
  const directory = snapshotDirectory(region);
  const isThere = await stat(directory).then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  const trustedKeys = await Promise.all(keyFiles.map(readKeyFile));
  const snapshot = await openTerrainSnapshot(directory, { trustedKeys }).catch((error: unknown) => {
    throw refusalOf(error, "GRADEWAY_TRUSTED_KEYS");
  });
  if (snapshot.manifest.zoom === zoom) return snapshot;
  const problem = `It has tiles of zoom ${snapshot.manifest.zoom}, and LIVE_TERRAIN_TILE_ZOOM is ${zoom}.`;
  throw new ReasonError(
    "terrain_dem_asset_unavailable",
    `The elevation snapshot "${directory}" cannot stand in. ${problem}`,
    { source: directory, problem },
  );
}

/** @throws {ReasonError} asset_missing */
export async function readKeyFile(path: string): Promise<string> {
  return readFile(path, "utf8").catch((error: unknown) => {
    throw new ReasonError(
      "asset_missing",
      `The key ${path} cannot be read.`,
      { asset: "key", path },
      { cause: error },
    );
  });
}

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
 * @throws {ReasonError} request_invalid for a file that holds no such key, asset_missing,
 *   terrain_snapshot_untrusted, terrain_snapshot_signature_invalid, asset_invalid
 */
export async function openFallback(
  region: string,
  keyFiles: readonly string[],
): Promise<TerrainSnapshot | undefined> {
  const directory = snapshotDirectory(region);
  const isThere = await stat(directory).then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  const trustedKeys = await Promise.all(keyFiles.map(readKeyFile));
  return openTerrainSnapshot(directory, { trustedKeys }).catch((error: unknown) => {
    throw refusalOf(error, "GRADEWAY_TRUSTED_KEYS");
  });
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

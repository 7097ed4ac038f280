import { generateKeyPairSync } from "node:crypto";
import path from "node:path";

import { writeTerrainTile } from "@gradeway/test-kit";

import {
  createMemoryTileSource,
  openTerrainSnapshot,
  type TerrainSnapshot,
  type TileSource,
  writeTerrainSnapshot,
  type WriteTerrainSnapshotOptions,
} from "../../src/index.ts";
import { parseTileId } from "../../src/tile-id.ts";
import { inTemporaryDirectory } from "../cache/temporary-directory.ts";

export const NAMES = ["11/5/1", "11/5/2", "11/6/1"];
export const TILES = new Map(
  NAMES.map((name, index) => [name, writeTerrainTile(parseTileId(name), () => 900 + index)]),
);
export const SOURCE = createMemoryTileSource(TILES, { name: "bucket", attribution: "somebody" });
export const IDS = [...NAMES, "11/6/2"].toReversed().map(parseTileId);

const newKey = (): { readonly publicPem: string; readonly privatePem: string } => {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  return {
    publicPem: publicKey.export({ type: "spki", format: "pem" }) as string,
    privatePem: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  };
};
export const KEY = newKey();
export const OTHER_KEY = newKey();

export interface SnapshotBench {
  /** Where the snapshot of the bench lies. */
  readonly directory: string;
  readonly write: (
    options?: Partial<WriteTerrainSnapshotOptions>,
    source?: TileSource,
  ) => ReturnType<typeof writeTerrainSnapshot>;
  readonly open: (trustedKeys?: readonly string[]) => Promise<TerrainSnapshot>;
}

/** Runs a test in a directory of its own. */
export function withSnapshotBench(work: (bench: SnapshotBench) => Promise<void>): Promise<void> {
  return inTemporaryDirectory(async (temporary) => {
    const directory = path.join(temporary, "snapshot");
    await work({
      directory,
      write: (options = {}, source = SOURCE) =>
        writeTerrainSnapshot(source, {
          directory,
          tiles: { ids: IDS },
          licence: "CC0-1.0",
          createdAt: "2026-01-31T12:00:00Z",
          privateKeyPem: KEY.privatePem,
          ...options,
        }),
      open: (trustedKeys = [OTHER_KEY.publicPem, KEY.publicPem]) =>
        openTerrainSnapshot(directory, { trustedKeys }),
    });
  });
}

import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";

import {
  type LoopbackTileServer,
  playTileFaults,
  readTileCache,
  startLoopbackTileServer,
  type TileFaultRule,
  writeTerrainTile,
} from "@gradeway/test-kit";

import {
  createMemoryTileSource,
  type LiveTerrain,
  type LiveTerrainSettingsInput,
  openLiveTerrain,
  openTerrainSnapshot,
  parseLiveTerrainSettings,
  type TerrainSnapshot,
  type TileId,
  writeTerrainSnapshot,
} from "../../src/index.ts";
import { inTemporaryDirectory } from "../cache/temporary-directory.ts";

/** The tile that every fault is about, and another one that nothing happens to by itself. */
export const TILE: TileId = { z: 11, x: 1032, y: 756 };
export const OTHER: TileId = { z: 11, x: 1040, y: 756 };
export const TILE_NAME = "11/1032/756";
export const OTHER_NAME = "11/1040/756";

const tileOf = (id: TileId, heightM: number): Uint8Array => writeTerrainTile(id, () => heightM);
/** Where a height comes from can be told from the height. */
export const HEIGHTS = { live: 101, cached: 77, stale: 77, snapshot: 901 } as const;
export const LIVE_BYTES = tileOf(TILE, HEIGHTS.live);
export const OLD_BYTES = tileOf(TILE, HEIGHTS.cached);
export const OTHER_BYTES = tileOf(OTHER, 55);
const SNAPSHOT_TILES = createMemoryTileSource(
  new Map([[TILE_NAME, tileOf(TILE, HEIGHTS.snapshot)]]),
);

const DAY_MS = 86_400_000;

/** An origin, a cache directory and a clock for one cell of the table. */
export interface FaultScene {
  readonly directory: string;
  nowMs: number;
  /** Requests that the origin saw for {@link TILE}. */
  asked(): number;
  /** Requests that arrived where a redirect led to, away from the origin. */
  askedElsewhere(): number;
  /** Opens the terrain, as a new process would, with small answers for its work. */
  withTerrain<T>(
    settings: LiveTerrainSettingsInput,
    work: (terrain: LiveTerrain) => Promise<T>,
  ): Promise<T>;
  /** Puts {@link OLD_BYTES} on disk, as a request did `ageDays` ago. */
  keepCopy(ageDays: number): Promise<void>;
  /** Starts the faults; until then the origin is well and has the old version. */
  startFaults(rules: readonly Omit<TileFaultRule, "tiles">[], retryAfterS?: number): void;
  closeOrigin(): Promise<void>;
  /** Changes the tile of the signed snapshot after it was opened. */
  damageSnapshot(): Promise<void>;
}

async function signSnapshot(directory: string): Promise<TerrainSnapshot> {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  await writeTerrainSnapshot(SNAPSHOT_TILES, {
    directory,
    tiles: { ids: [TILE] },
    licence: "CC0-1.0",
    createdAt: "2026-01-31T12:00:00Z",
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  });
  const trusted = publicKey.export({ type: "spki", format: "pem" }) as string;
  return openTerrainSnapshot(directory, { trustedKeys: [trusted] });
}

/** Runs work in a scene of its own. */
export function inFaultScene<T>(work: (scene: FaultScene) => Promise<T>): Promise<T> {
  return inTemporaryDirectory(async (root) => {
    const directory = path.join(root, "cache");
    const snapshotDirectory = path.join(root, "snapshot");
    const fallback = await signSnapshot(snapshotDirectory);
    const tiles = new Map([[OTHER_NAME, OTHER_BYTES]]);
    const elsewhere = await startLoopbackTileServer({ tiles });
    let rules: readonly TileFaultRule[] = [];
    let play = playTileFaults({ seed: 1, rules }, { slowMs: 0, retryAfterS: 0, elsewhere: "" });
    let isClosed = false;
    const server = await startLoopbackTileServer({
      tiles,
      faults: (index, id, asked) => play.faults(index, id, asked),
    });
    const countOf = (from: LoopbackTileServer): number =>
      from.requests.filter(({ tile }) => tile?.x === TILE.x).length;
    let before = 0;
    const scene: FaultScene = {
      directory,
      nowMs: Date.now(),
      asked: () => countOf(server) - before,
      askedElsewhere: () => elsewhere.requests.length,
      async withTerrain(settings, use) {
        const terrain = await openLiveTerrain(
          parseLiveTerrainSettings({
            urlTemplate: server.urlTemplate,
            allowedHosts: [new URL(server.origin).host],
            cacheDir: directory,
            ...settings,
          }),
          { now: () => scene.nowMs, retryDelayMs: 1, decodeThreads: 0, fallback },
        );
        try {
          return await use(terrain);
        } finally {
          await terrain.close();
        }
      },
      async keepCopy(ageDays) {
        tiles.set(TILE_NAME, OLD_BYTES);
        await scene.withTerrain({}, (terrain) => terrain.begin().warm(TILE));
        scene.nowMs += ageDays * DAY_MS;
        before = countOf(server);
      },
      startFaults(started, retryAfterS = 1) {
        tiles.set(TILE_NAME, LIVE_BYTES);
        rules = started.map((rule) => ({ ...rule, tiles: [TILE_NAME] }));
        play = playTileFaults(
          { seed: 1, rules: [...rules, { fault: "server-error", tiles: [FAILING_NAME] }] },
          { slowMs: 10_000, retryAfterS, elsewhere: elsewhere.origin },
        );
      },
      damageSnapshot: () =>
        writeFile(path.join(snapshotDirectory, `${TILE_NAME}.tif`), OTHER_BYTES),
      async closeOrigin() {
        isClosed = true;
        await server.close();
      },
    };
    try {
      return await work(scene);
    } finally {
      if (!isClosed) await server.close();
      await elsewhere.close();
    }
  });
}

/** A tile for which the origin always fails. */
export const FAILING: TileId = { z: 11, x: 1044, y: 756 };
const FAILING_NAME = "11/1044/756";

/** Bytes of the tile on disk, and whether all that lies in the directory is what it should be. */
export async function lookIntoCache(
  directory: string,
): Promise<{ readonly copy: Uint8Array | undefined; readonly isSound: boolean }> {
  const { tiles } = await readTileCache(directory);
  const versions = new Map([
    [TILE_NAME, [LIVE_BYTES, OLD_BYTES]],
    [OTHER_NAME, [OTHER_BYTES]],
  ]);
  const isSound = tiles.every(
    ({ tile, bytes, isDescribed }) =>
      // A file without its partner is as good as none.
      isDescribed === undefined ||
      (isDescribed && versions.get(tile)?.some((version) => Buffer.from(version).equals(bytes!))),
  );
  const found = tiles.find(({ tile, isDescribed }) => tile === TILE_NAME && isDescribed === true);
  return { copy: found?.bytes, isSound };
}

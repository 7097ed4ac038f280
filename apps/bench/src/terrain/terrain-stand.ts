import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import {
  formatTileId,
  type LiveTerrain,
  openLiveTerrain,
  parseLiveTerrainSettings,
} from "@gradeway/terrain-tiles";
import { startLoopbackTileServer, type TileId, writeTerrainTile } from "@gradeway/test-kit";

import type { TileWorld } from "./tile-world.ts";

/** An origin on loopback, and terrains that ask it. */
export interface TerrainStand {
  /** Requests that the origin saw so far. */
  asked(): number;
  /** An empty cache directory. */
  newDirectory(): Promise<string>;
  /** Opens a terrain, as a process does that starts; `close` closes those that are left. */
  open(cacheDir: string): Promise<LiveTerrain>;
  /** Opens one that has had tiles already, which no line needs, so that its threads run. */
  openStarted(cacheDir: string): Promise<LiveTerrain>;
  close(): Promise<void>;
}

/** Enough that every thread gets one. */
const SPARE_TILES = 8;

/** Sets up an origin with the tiles of a world. Nothing goes wrong there, and nothing is far away. */
export async function openTerrainStand(world: TileWorld): Promise<TerrainStand> {
  const root = await mkdtemp(path.join(tmpdir(), "gradeway-terrain-"));
  const spare = Array.from({ length: SPARE_TILES }, (_, y): TileId => ({ z: world.zoom, x: 0, y }));
  const tiles = new Map(world.tiles.map(({ id, bytes }) => [formatTileId(id), bytes]));
  for (const id of spare) {
    tiles.set(
      formatTileId(id),
      writeTerrainTile(id, () => 0),
    );
  }
  const origin = await startLoopbackTileServer({ tiles });
  const opened: LiveTerrain[] = [];
  const open = async (cacheDir: string): Promise<LiveTerrain> => {
    const settings = parseLiveTerrainSettings({
      urlTemplate: origin.urlTemplate,
      allowedHosts: [new URL(origin.origin).host],
      cacheDir,
      tileZoom: world.zoom,
      maxRemoteTilesPerRoute: 4096,
    });
    const terrain = await openLiveTerrain(settings, { now: () => Date.now() });
    opened.push(terrain);
    return terrain;
  };
  return {
    asked: () => origin.requests.length,
    newDirectory: () => mkdtemp(path.join(root, "cache-")),
    open,
    async openStarted(cacheDir) {
      const terrain = await open(cacheDir);
      const run = terrain.begin();
      await Promise.all(spare.map((id) => run.warm(id)));
      return terrain;
    },
    async close() {
      for (const terrain of opened) await terrain.close();
      await origin.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

import { startLoopbackTileServer, type TileFault, writeTerrainTile } from "@gradeway/test-kit";

import type { LiveTileSource } from "../../src/pipeline/live-tile-source.ts";
import {
  openLiveTileSource,
  type OpenLiveTileSourceOptions,
} from "../../src/pipeline/open-live-tile-source.ts";
import {
  createTerrainRequest,
  type TerrainRequest,
  type TerrainRequestOptions,
} from "../../src/pipeline/terrain-request.ts";
import {
  type LiveTerrainSettingsInput,
  parseLiveTerrainSettings,
} from "../../src/settings/live-terrain-settings.ts";
import { formatTileId, type TileId } from "../../src/tile-id.ts";
import { pixelXToLon, pixelYToLat, worldSizePx } from "../../src/web-mercator.ts";
import { inTemporaryDirectory } from "../cache/temporary-directory.ts";

export const DAY_MS = 86_400_000;
/** Tiles of the bench; their height tells them apart. */
export const tile = (y: number): TileId => ({ z: 11, x: 5, y });
/** A point in the middle of tile 11/5/y. */
export function lonLatWithin(y: number): Float64Array {
  const worldPx = worldSizePx(11);
  return new Float64Array([pixelXToLon(5.5 * 512, worldPx), pixelYToLat((y + 0.5) * 512, worldPx)]);
}
export const bytesOf = (heightM: number, id: TileId): Uint8Array =>
  writeTerrainTile(id, () => heightM);

export interface LiveBench {
  nowMs: number;
  /** What the server does with a request, counted from 0. */
  fault: (index: number, id: TileId) => TileFault | undefined;
  /** Tiles of the server by "z/x/y". */
  readonly tiles: Map<string, Uint8Array>;
  readonly directory: string;
  readonly host: string;
  readonly urlTemplate: string;
  /** Number of requests that the server saw. */
  sent(): number;
  /** Opens a source, which is what a new process would do. */
  open(
    settings?: LiveTerrainSettingsInput,
    options?: Partial<OpenLiveTileSourceOptions>,
  ): LiveTileSource;
  request(options?: Partial<TerrainRequestOptions>): TerrainRequest;
}

const TILES: readonly (readonly [string, Uint8Array])[] = [0, 1, 2, 3, 4, 5].map((y) => [
  formatTileId(tile(y)),
  bytesOf(100 + y, tile(y)),
]);

/** Runs a test against a server of its own with tiles 0 to 5, and a cache directory of its own. */
export function withLiveBench(work: (bench: LiveBench) => Promise<void>): Promise<void> {
  return inTemporaryDirectory(async (directory) => {
    const tiles = new Map(TILES);
    const server = await startLoopbackTileServer({
      tiles,
      faults: (index, id) => bench.fault(index, id),
    });
    const host = new URL(server.origin).host;
    const bench: LiveBench = {
      nowMs: Date.now(),
      fault: () => undefined,
      tiles,
      directory,
      host,
      urlTemplate: server.urlTemplate,
      sent: () => server.requests.length,
      open: (settings = {}, options = {}) =>
        openLiveTileSource(
          parseLiveTerrainSettings({
            urlTemplate: server.urlTemplate,
            allowedHosts: [host],
            cacheDir: directory,
            ...settings,
          }),
          { now: () => bench.nowMs, retryDelayMs: 1, ...options },
        ),
      request: (options = {}) => createTerrainRequest({ budgetTiles: 96, ...options }),
    };
    try {
      await work(bench);
    } finally {
      await server.close();
    }
  });
}

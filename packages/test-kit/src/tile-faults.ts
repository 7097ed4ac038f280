import { writeTerrainTile, type TerrainTileForm } from "./geotiff-tile-writer.ts";
import type { TileFault } from "./loopback-tile-server.ts";
import { createSeededRandom } from "./seeded-random.ts";
import type { TileId } from "./web-mercator-tiles.ts";

/** What can go wrong at an origin, by name. */
export const TILE_FAULT_NAMES = [
  "not-found",
  "forbidden",
  "too-many-requests",
  "server-error",
  "reset",
  "slow",
  "stalled",
  "cut-off",
  "shortened",
  "empty",
  "html",
  "garbage",
  "wrong-place",
  "wrong-crs",
  "two-bands",
  "wrong-size",
  "oversized",
  "redirect-elsewhere",
  "redirect-allowed",
] as const;

/** One of {@link TILE_FAULT_NAMES}. */
export type TileFaultName = (typeof TILE_FAULT_NAMES)[number];

/** What faults need to know about the place where they happen. */
export interface TileFaultScene {
  /** Delay of a slow answer; longer than a client waits. */
  readonly slowMs: number;
  /** What "too-many-requests" asks for. */
  readonly retryAfterS: number;
  /** Origin that redirects lead to, away from here. */
  readonly elsewhere: string;
}

/** Height of every pixel of a tile that must not be believed. */
export const WRONG_HEIGHT_M = 8_888;

/** Paths below this folder are where "redirect-allowed" leads; they are served without faults. */
export const MOVED_FOLDER = "/moved/";

const OVERSIZED_BYTES = 9 * 1024 * 1024;

type FaultBuilder = (tile: TileId, scene: TileFaultScene) => TileFault;

const BUILDERS: Readonly<Record<TileFaultName, FaultBuilder>> = {
  "not-found": () => ({ status: 404 }),
  forbidden: () => ({ status: 403 }),
  "too-many-requests": (_tile, { retryAfterS }) => ({
    status: 429,
    headers: { "retry-after": String(retryAfterS) },
  }),
  "server-error": () => ({ status: 500 }),
  reset: () => ({ reset: true }),
  slow: (_tile, { slowMs }) => ({ delayMs: slowMs }),
  stalled: () => ({ stallAfter: 100 }),
  "cut-off": () => ({ truncate: 100 }),
  shortened: () => ({ shortenTo: 600 }),
  empty: () => ({ body: new Uint8Array() }),
  html: () => ({
    headers: { "content-type": "text/html" },
    body: new TextEncoder().encode("<!doctype html><title>Sign in to this network</title>"),
  }),
  garbage: () => ({ body: garbage() }),
  "wrong-place": (tile) => ({ body: wrongTile({ ...tile, x: (tile.x + 1) % 2 ** tile.z }) }),
  "wrong-crs": (tile) => ({ body: wrongTile(tile, { epsg: 32_631 }) }),
  "two-bands": (tile) => ({ body: wrongTile(tile, { bands: 2 }) }),
  "wrong-size": (tile) => ({ body: wrongTile(tile, { sizePx: 256 }) }),
  oversized: (tile) => ({ body: oversized(wrongTile(tile)) }),
  "redirect-elsewhere": (tile, { elsewhere }) => redirect(`${elsewhere}/${fileOf(tile)}`),
  "redirect-allowed": (tile) => redirect(`${MOVED_FOLDER}${fileOf(tile)}`),
};

/** Builds the fault of a name for one tile. */
export function tileFault(name: TileFaultName, tile: TileId, scene: TileFaultScene): TileFault {
  return BUILDERS[name](tile, scene);
}

function fileOf({ z, x, y }: TileId): string {
  return `geotiff/${z}/${x}/${y}.tif`;
}

function redirect(location: string): TileFault {
  return { status: 302, headers: { location } };
}

function wrongTile(id: TileId, form?: TerrainTileForm): Uint8Array {
  return writeTerrainTile(id, () => WRONG_HEIGHT_M, form);
}

function garbage(): Uint8Array {
  const random = createSeededRandom(5);
  return Uint8Array.from({ length: 5_000 }, () => random.integer(0, 255));
}

/** A valid tile with more behind it than any tile needs. */
function oversized(tile: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(OVERSIZED_BYTES);
  bytes.set(tile);
  return bytes;
}

import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { type PlacedTile, readTileHeights, type TileHeights } from "@gradeway/test-kit";
import { type LonLatBox, parseTileId } from "@gradeway/terrain-tiles";

import { ArgumentError } from "../command-arguments.ts";
import { GATE_PATHS, shownPath } from "../output-paths.ts";

/** Tiles of one zoom level, with the heights that they hold read in a second way. */
export interface TileWorld {
  readonly directory: string;
  readonly zoom: number;
  readonly tiles: readonly PlacedTile[];
  /** Box inside the tiles, half a pixel and more away from what lies beyond them. */
  readonly box: LonLatBox;
  readonly heights: TileHeights;
}

/** Share of a tile that stays free at the border of the box. */
const MARGIN_TILES = 0.02;

/**
 * Where the tiles of the terrain benchmarks are: as given, else Andorra's in the shared data, else
 * those of the sample region.
 *
 * @throws {ArgumentError} when there are none
 */
export function findTiles(given: string | undefined, dataDir: string | undefined): string {
  const shared = dataDir === undefined || dataDir === "" ? [] : [`${dataDir}/andorra/geotiff`];
  const candidates = given === undefined ? [...shared, SAMPLE_TILES] : [given];
  const found = candidates.find((directory) => existsSync(directory));
  if (found !== undefined) return found;
  const hint = given === undefined ? "; `pnpm bench build-assets` makes the sample's" : "";
  throw new ArgumentError(`--tiles: there is no ${shownPath(candidates.at(-1)!)}${hint}`);
}

const SAMPLE_TILES = path.join(GATE_PATHS.sample, "source", "geotiff");

/** Reads all tiles of a directory `{z}/{x}/{y}.tif`. */
export async function readTiles(directory: string): Promise<PlacedTile[]> {
  const tiles: PlacedTile[] = [];
  for (const name of await readdir(directory, { recursive: true })) {
    const tile = /^(\d+\/\d+\/\d+)\.tif$/.exec(name.split(path.sep).join("/"))?.[1];
    if (tile === undefined) continue;
    tiles.push({ id: parseTileId(tile), bytes: await readFile(path.join(directory, name)) });
  }
  return tiles;
}

/**
 * Opens the tiles of one zoom level.
 *
 * @throws {ArgumentError} when there are none
 */
export async function openTileWorld(directory: string, zoom: number): Promise<TileWorld> {
  const tiles = (await readTiles(directory)).filter(({ id }) => id.z === zoom);
  if (tiles.length === 0) {
    throw new ArgumentError(`--tiles: ${shownPath(directory)} has no tiles of zoom ${zoom}`);
  }
  const heights = await readTileHeights(tiles, zoom);
  return { directory, zoom, tiles, box: boxOf(tiles, zoom), heights };
}

function boxOf(tiles: readonly PlacedTile[], zoom: number): LonLatBox {
  const xs = tiles.map(({ id }) => id.x);
  const ys = tiles.map(({ id }) => id.y);
  const lon = (x: number): number => (x / 2 ** zoom) * 360 - 180;
  const lat = (y: number): number =>
    (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** zoom))) * 180) / Math.PI;
  return [
    lon(Math.min(...xs) + MARGIN_TILES),
    lat(Math.max(...ys) + 1 - MARGIN_TILES),
    lon(Math.max(...xs) + 1 - MARGIN_TILES),
    lat(Math.min(...ys) + MARGIN_TILES),
  ];
}

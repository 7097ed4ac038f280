import { fromArrayBuffer } from "geotiff";

import { TILE_SIZE_PX, type TileId, WORLD_HALF_WIDTH_M } from "./web-mercator-tiles.ts";

/** Heights of one zoom level, read from the tiles directly. */
export interface TileHeights {
  /** Height in metres between the four nearest pixel centres; NaN where one of them is void. */
  at(lon: number, lat: number): number;
}

/** A tile with its place. */
export interface PlacedTile {
  readonly id: TileId;
  readonly bytes: Uint8Array;
}

const EARTH_RADIUS_M = 6_378_137;
const NO_DATA = -32_768;

/**
 * Reads Int16 tiles with geotiff's own reader and interpolates in metres: a second way to the
 * heights of a sampler, which shares no code with it.
 */
export async function readTileHeights(
  tiles: readonly PlacedTile[],
  zoom: number,
): Promise<TileHeights> {
  const grids = new Map<string, Int16Array>();
  for (const { id, bytes } of tiles) {
    if (id.z !== zoom) continue;
    const image = await (await fromArrayBuffer(new Uint8Array(bytes).buffer)).getImage();
    const [band] = await image.readRasters();
    grids.set(`${id.x}/${id.y}`, band as Int16Array);
  }
  const pixelM = (2 * WORLD_HALF_WIDTH_M) / (2 ** zoom * TILE_SIZE_PX);

  function pixel(column: number, row: number): number {
    const x = Math.floor(column / TILE_SIZE_PX);
    const y = Math.floor(row / TILE_SIZE_PX);
    const grid = grids.get(`${x}/${y}`);
    const at = (row - y * TILE_SIZE_PX) * TILE_SIZE_PX + column - x * TILE_SIZE_PX;
    const value = grid?.[at] ?? NO_DATA;
    return value === NO_DATA ? Number.NaN : value;
  }

  return {
    at(lon, lat) {
      const eastM = (EARTH_RADIUS_M * lon * Math.PI) / 180;
      const northM = EARTH_RADIUS_M * Math.atanh(Math.sin((lat * Math.PI) / 180));
      const column = (eastM + WORLD_HALF_WIDTH_M) / pixelM - 0.5;
      const row = (WORLD_HALF_WIDTH_M - northM) / pixelM - 0.5;
      const west = Math.floor(column);
      const north = Math.floor(row);
      const east = column - west;
      const south = row - north;
      return (
        pixel(west, north) * (1 - east) * (1 - south) +
        pixel(west + 1, north) * east * (1 - south) +
        pixel(west, north + 1) * (1 - east) * south +
        pixel(west + 1, north + 1) * east * south
      );
    },
  };
}

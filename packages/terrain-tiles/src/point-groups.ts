import {
  createPointRuns,
  type GrowingGroup,
  NEEDS_EAST,
  NEEDS_SOUTH,
  NEEDS_SOUTH_EAST,
  type PointGroup,
} from "./point-runs.ts";
import type { SamplingScratch } from "./sampling-scratch.ts";
import { isOnMap, latToPixelY, lonToPixelX, TILE_SIZE_PX, worldSizePx } from "./web-mercator.ts";

/** Points by tile. */
export interface PointGroups {
  readonly groups: readonly PointGroup[];
  /** Points that are not on the map and so in no group. */
  readonly offMap: number;
}

const OFF_MAP = -1;

/**
 * Sorts points by the tile of their north-west pixel; the key of a tile is `y * 2 ** zoom + x`.
 *
 * Tiles are then needed in one sweep over the map, so that a small cache reads each of them once.
 *
 * @param lonLat - interleaved degrees
 * @param rowPx - receives, for each point, its distance in pixels south of the centre of the first
 *   pixel row, which is costly to compute; NaN when the point is not on the map
 * @param scratch - receives the runs
 */
export function groupByTile(
  lonLat: Float64Array,
  count: number,
  zoom: number,
  rowPx: Float64Array,
  scratch: SamplingScratch,
): PointGroups {
  const worldPx = worldSizePx(zoom);
  const tilesAcross = 2 ** zoom;
  const lastPixel = TILE_SIZE_PX - 1;
  const runs = createPointRuns(scratch);
  let offMap = 0;
  let lastKey = Number.NaN;
  let group: GrowingGroup | undefined;

  for (let point = 0; point < count; point += 1) {
    const lon = lonLat[2 * point]!;
    const lat = lonLat[2 * point + 1]!;
    let key = OFF_MAP;
    let neighbours = 0;
    rowPx[point] = Number.NaN;
    if (isOnMap(lon, lat)) {
      const column = lonToPixelX(lon, worldPx) - 0.5;
      const row = latToPixelY(lat, worldPx) - 0.5;
      const pixelX = Math.floor(column);
      const pixelY = Math.floor(row);
      const hasSouth = row > pixelY;
      // Half a pixel at the very top and bottom of the map has no pixel on its other side.
      if (pixelY >= 0 && pixelY + (hasSouth ? 1 : 0) < worldPx) {
        rowPx[point] = row;
        // The world is round: west of the first column is the last one.
        const tileX = pixelX < 0 ? tilesAcross - 1 : Math.floor(pixelX / TILE_SIZE_PX);
        key = Math.floor(pixelY / TILE_SIZE_PX) * tilesAcross + tileX;
        const east = (pixelX & lastPixel) === lastPixel && column > pixelX;
        const south = (pixelY & lastPixel) === lastPixel && hasSouth;
        neighbours =
          (east ? NEEDS_EAST : 0) |
          (south ? NEEDS_SOUTH : 0) |
          (east && south ? NEEDS_SOUTH_EAST : 0);
      }
    }
    if (key !== lastKey) {
      lastKey = key;
      if (key !== OFF_MAP) group = runs.begin(point, key);
      else runs.beginOutside(point);
    }
    if (key === OFF_MAP) offMap += 1;
    else if (neighbours !== 0) group!.neighbours |= neighbours;
  }
  return { groups: runs.finish(count), offMap };
}

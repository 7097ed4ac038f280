import { assertZoom, type TileId } from "./tile-id.ts";
import {
  isOnMap,
  latToPixelY,
  lonToPixelX,
  MAX_LATITUDE,
  pixelXToLon,
  pixelYToLat,
  TILE_SIZE_PX,
  worldSizePx,
} from "./web-mercator.ts";

/** Longitudes and latitudes of a box in degrees: `[west, south, east, north]`. */
export type LonLatBox = readonly [west: number, south: number, east: number, north: number];

/**
 * Lists the tiles that any point of a box needs, ordered by x from west to east, then by y.
 *
 * A height is interpolated between four pixel centres, so a point within half a pixel of a border
 * needs the tile beyond it: a box that ends exactly on a tile border brings in the next tile. A box
 * whose west is greater than its east crosses the date line. Latitudes beyond the end of the map
 * are cut off.
 *
 * @throws {RangeError} when the box or the zoom level is not valid
 */
export function tilesCovering(box: LonLatBox, zoom: number): TileId[] {
  assertZoom(zoom);
  const [west, south, east, north] = box;
  const southOnMap = Math.max(south, -MAX_LATITUDE);
  const northOnMap = Math.min(north, MAX_LATITUDE);
  if (!isOnMap(west, southOnMap) || !isOnMap(east, northOnMap) || south > north) {
    throw new RangeError(
      `[${box.join(", ")}] is not a box of the form [west, south, east, north].`,
    );
  }
  const worldPx = worldSizePx(zoom);
  const tiles = 2 ** zoom;
  const firstX = tileOfPixel(lonToPixelX(west, worldPx) - 0.5);
  const lastX = tileOfPixel(lonToPixelX(east, worldPx) + 0.5) + (west > east ? tiles : 0);
  const firstY = Math.max(tileOfPixel(latToPixelY(northOnMap, worldPx) - 0.5), 0);
  const lastY = Math.min(tileOfPixel(latToPixelY(southOnMap, worldPx) + 0.5), tiles - 1);
  const ids: TileId[] = [];
  // A box around the whole world must not list its first column twice.
  for (let x = firstX; x <= Math.min(lastX, firstX + tiles - 1); x += 1) {
    for (let y = firstY; y <= lastY; y += 1) {
      ids.push({ z: zoom, x: (x + tiles) % tiles, y });
    }
  }
  return ids;
}

/**
 * The box that tiles of one zoom level lie in; those on both sides of the date line are taken for
 * a band around the world.
 */
export function boxOfTiles(ids: readonly TileId[]): LonLatBox {
  const worldPx = worldSizePx(ids[0]?.z ?? 0);
  let [west, north, east, south] = [Infinity, Infinity, 0, 0];
  for (const { x, y } of ids) {
    west = Math.min(west, x * TILE_SIZE_PX);
    north = Math.min(north, y * TILE_SIZE_PX);
    east = Math.max(east, (x + 1) * TILE_SIZE_PX);
    south = Math.max(south, (y + 1) * TILE_SIZE_PX);
  }
  return [
    pixelXToLon(west, worldPx),
    pixelYToLat(south, worldPx),
    pixelXToLon(east, worldPx),
    pixelYToLat(north, worldPx),
  ];
}

function tileOfPixel(pixel: number): number {
  return Math.floor(Math.floor(pixel) / TILE_SIZE_PX);
}

import { isOnMap, latToPixelY, lonToPixelX, TILE_SIZE_PX, worldSizePx } from "./web-mercator.ts";

/** Set in {@link PointGroup.neighbours} when some point needs the tile to the east. */
export const NEEDS_EAST = 1;
/** Set in {@link PointGroup.neighbours} when some point needs the tile to the south. */
export const NEEDS_SOUTH = 2;
/** Set in {@link PointGroup.neighbours} when some point needs the tile to the south-east. */
export const NEEDS_SOUTH_EAST = 4;

/** The points whose north-west pixel lies in one tile. */
export interface PointGroup {
  readonly tileX: number;
  readonly tileY: number;
  /** Bits of the neighbouring tiles that hold another of the four pixels of some point. */
  readonly neighbours: number;
  /** Range of the group in {@link PointGroups.order}. */
  readonly start: number;
  readonly end: number;
}

/** Points by tile. */
export interface PointGroups {
  /** Numbers of the points that are on the map, group after group. */
  readonly order: Int32Array;
  /** From north to south and, within a row of tiles, from west to east. */
  readonly groups: readonly PointGroup[];
}

/**
 * Sorts points by the tile of their north-west pixel.
 *
 * Tiles are then needed in one sweep over the map, so that a small cache reads each of them once.
 *
 * @param lonLat - interleaved degrees
 * @param rowPx - receives, for each point, its distance in pixels south of the centre of the first
 *   pixel row, which is costly to compute; NaN when the point is not on the map
 */
export function groupByTile(
  lonLat: Float64Array,
  count: number,
  zoom: number,
  rowPx: Float64Array,
): PointGroups {
  const worldPx = worldSizePx(zoom);
  const tilesAcross = 2 ** zoom;
  const lastPixel = TILE_SIZE_PX - 1;
  const groupOfKey = new Map<number, number>();
  const keys: number[] = [];
  const sizes: number[] = [];
  const neighbours: number[] = [];
  const groupOfPoint = new Int32Array(count).fill(-1);
  let lastKey = -1;
  let group = -1;

  for (let point = 0; point < count; point += 1) {
    rowPx[point] = Number.NaN;
    const lon = lonLat[2 * point]!;
    const lat = lonLat[2 * point + 1]!;
    if (!isOnMap(lon, lat)) continue;
    const column = lonToPixelX(lon, worldPx) - 0.5;
    const row = latToPixelY(lat, worldPx) - 0.5;
    const pixelX = Math.floor(column);
    const pixelY = Math.floor(row);
    const hasSouth = row > pixelY;
    // Half a pixel at the very top and bottom of the map has no pixel on its other side.
    if (pixelY < 0 || pixelY + (hasSouth ? 1 : 0) >= worldPx) continue;
    rowPx[point] = row;
    // The world is round: west of the first column is the last one.
    const tileX = pixelX < 0 ? tilesAcross - 1 : Math.floor(pixelX / TILE_SIZE_PX);
    const key = Math.floor(pixelY / TILE_SIZE_PX) * tilesAcross + tileX;
    if (key !== lastKey) {
      lastKey = key;
      group = groupOfKey.get(key) ?? -1;
      if (group === -1) {
        group = keys.length;
        groupOfKey.set(key, group);
        keys.push(key);
        sizes.push(0);
        neighbours.push(0);
      }
    }
    groupOfPoint[point] = group;
    sizes[group]! += 1;
    const east = (pixelX & lastPixel) === lastPixel && column > pixelX;
    const south = (pixelY & lastPixel) === lastPixel && hasSouth;
    if (east || south) {
      neighbours[group]! |=
        (east ? NEEDS_EAST : 0) |
        (south ? NEEDS_SOUTH : 0) |
        (east && south ? NEEDS_SOUTH_EAST : 0);
    }
  }
  return arrange(groupOfPoint, keys, sizes, neighbours, tilesAcross);
}

/** Counting sort of the points by group, with the groups in the order of their keys. */
function arrange(
  groupOfPoint: Int32Array,
  keys: readonly number[],
  sizes: readonly number[],
  neighbours: readonly number[],
  tilesAcross: number,
): PointGroups {
  const sweep = keys.map((_, group) => group).sort((a, b) => keys[a]! - keys[b]!);
  const nextSlot = new Int32Array(keys.length);
  let start = 0;
  const groups = sweep.map((group): PointGroup => {
    const key = keys[group]!;
    const from = start;
    nextSlot[group] = from;
    start += sizes[group]!;
    return {
      tileX: key % tilesAcross,
      tileY: Math.floor(key / tilesAcross),
      neighbours: neighbours[group]!,
      start: from,
      end: start,
    };
  });
  const order = new Int32Array(start);
  for (let point = 0; point < groupOfPoint.length; point += 1) {
    const group = groupOfPoint[point]!;
    if (group < 0) continue;
    order[nextSlot[group]!] = point;
    nextSlot[group]! += 1;
  }
  return { order, groups };
}

import { growScratch, type SamplingScratch } from "./sampling-scratch.ts";
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
  /** Range of the runs of the group in {@link SamplingScratch.order}. */
  readonly start: number;
  readonly end: number;
}

/** Points by tile. */
export interface PointGroups {
  /** From north to south and, within a row of tiles, from west to east. */
  readonly groups: readonly PointGroup[];
  /** Points that are not on the map and so in no group. */
  readonly offMap: number;
}

/** A group while points are added. */
interface Growing {
  readonly key: number;
  runs: number;
  neighbours: number;
}

/**
 * Sorts points by the tile of their north-west pixel.
 *
 * Tiles are then needed in one sweep over the map, so that a small cache reads each of them once.
 * Points that follow each other in one tile stay together: they are sorted as one run.
 *
 * @param lonLat - interleaved degrees
 * @param rowPx - receives, for each point, its distance in pixels south of the centre of the first
 *   pixel row, which is costly to compute; NaN when the point is not on the map
 * @param scratch - receives the runs; one more start than there are runs
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
  const groupOfKey = new Map<number, number>();
  const groups: Growing[] = [];
  let { starts, groups: groupOfRun } = scratch;
  let runs = 0;
  let offMap = 0;
  let lastKey = Number.NaN;
  let neighbours = 0;
  let group: Growing | undefined;

  for (let point = 0; point < count; point += 1) {
    const lon = lonLat[2 * point]!;
    const lat = lonLat[2 * point + 1]!;
    let key = OFF_MAP;
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
    if (key === OFF_MAP) offMap += 1;
    if (key !== lastKey) {
      lastKey = key;
      // One place more than runs, for the end of the last one.
      if (runs + 1 >= starts.length) {
        growScratch(scratch);
        ({ starts, groups: groupOfRun } = scratch);
      }
      starts[runs] = point;
      if (key === OFF_MAP) {
        group = undefined;
        groupOfRun[runs] = -1;
      } else {
        let number = groupOfKey.get(key);
        if (number === undefined) {
          number = groups.length;
          groupOfKey.set(key, number);
          groups.push({ key, runs: 0, neighbours: 0 });
        }
        group = groups[number]!;
        group.runs += 1;
        groupOfRun[runs] = number;
      }
      runs += 1;
    }
    if (group !== undefined && neighbours !== 0) group.neighbours |= neighbours;
  }
  starts[runs] = count;
  return { groups: arrange(groups, runs, scratch, tilesAcross), offMap };
}

const OFF_MAP = -1;

/** Counting sort of the runs by group, with the groups in the order of their keys. */
function arrange(
  groups: readonly Growing[],
  runs: number,
  { groups: groupOfRun, order }: SamplingScratch,
  tilesAcross: number,
): PointGroup[] {
  const sweep = groups.map((_, group) => group).sort((a, b) => groups[a]!.key - groups[b]!.key);
  const nextSlot = new Int32Array(groups.length);
  let start = 0;
  const arranged = sweep.map((group): PointGroup => {
    const { key, neighbours, runs: size } = groups[group]!;
    const from = start;
    nextSlot[group] = from;
    start += size;
    return {
      tileX: key % tilesAcross,
      tileY: Math.floor(key / tilesAcross),
      neighbours,
      start: from,
      end: start,
    };
  });
  for (let run = 0; run < runs; run += 1) {
    const group = groupOfRun[run]!;
    if (group < 0) continue;
    order[nextSlot[group]!] = run;
    nextSlot[group]! += 1;
  }
  return arranged;
}

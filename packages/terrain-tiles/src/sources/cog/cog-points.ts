import {
  createPointRuns,
  type GrowingGroup,
  NEEDS_EAST,
  NEEDS_SOUTH,
  NEEDS_SOUTH_EAST,
} from "../../point-runs.ts";
import type { PointGroups } from "../../point-groups.ts";
import type { SamplingScratch } from "../../sampling-scratch.ts";
import type { CogLayout } from "./cog-layout.ts";
import { columnOf, hasPlace, rowOf } from "./cog-place.ts";

/** Rounding of coordinates must not push a point off the outermost pixel centres. */
const EDGE_PX = 1e-6;
const OUTSIDE = -1;

/**
 * Sorts points by the block of their north-west pixel; the key of a block is its index in the file.
 *
 * @param rows - receives the row of each point in pixels from the first pixel centre; NaN when it is
 *   not between pixel centres of the raster
 * @param scratch - receives the runs
 */
export function groupByBlock(
  lonLat: Float64Array,
  count: number,
  layout: CogLayout,
  rows: Float64Array,
  scratch: SamplingScratch,
): PointGroups {
  const { width, height, blockWidth, blockHeight, blocksAcross, place } = layout;
  const runs = createPointRuns(scratch);
  let offMap = 0;
  let lastKey = Number.NaN;
  let group: GrowingGroup | undefined;

  for (let point = 0; point < count; point += 1) {
    const lon = lonLat[2 * point]!;
    const lat = lonLat[2 * point + 1]!;
    let key = OUTSIDE;
    let neighbours = 0;
    rows[point] = Number.NaN;
    if (hasPlace(lon, lat, place)) {
      const column = columnIn(lon, layout);
      const row = between(rowOf(lat, place), height - 1);
      // Written so that NaN fails.
      if (column >= 0 && row >= 0) {
        rows[point] = row;
        const blockX = Math.floor(Math.floor(column) / blockWidth);
        const blockY = Math.floor(Math.floor(row) / blockHeight);
        key = blockY * blocksAcross + blockX;
        const east = column > Math.min((blockX + 1) * blockWidth, width) - 1;
        const south = row > (blockY + 1) * blockHeight - 1;
        neighbours =
          (east ? NEEDS_EAST : 0) |
          (south ? NEEDS_SOUTH : 0) |
          (east && south ? NEEDS_SOUTH_EAST : 0);
      }
    }
    if (key !== lastKey) {
      lastKey = key;
      if (key !== OUTSIDE) group = runs.begin(point, key);
      else runs.beginOutside(point);
    }
    if (key === OUTSIDE) offMap += 1;
    else if (neighbours !== 0) group!.neighbours |= neighbours;
  }
  return { groups: runs.finish(count), offMap };
}

/**
 * Column of a longitude in pixels from the first pixel centre, brought into the raster by whole turns
 * around the earth; NaN when it is outside.
 */
export function columnIn(lon: number, { width, place }: CogLayout): number {
  const { turnPx, wraps } = place;
  const column = columnOf(lon, place);
  const first = between(column, width - 1);
  if (first >= 0) return first;
  const turned = column - turnPx * Math.floor(column / turnPx);
  // Between the last column and the first one of a raster around the earth.
  if (wraps && turned > width - 1 && turned < width) return turned;
  return between(turned, width - 1);
}

function between(pixel: number, last: number): number {
  if (pixel >= 0 && pixel <= last) return pixel;
  if (pixel < 0 && pixel > -EDGE_PX) return 0;
  return pixel > last && pixel < last + EDGE_PX ? last : Number.NaN;
}

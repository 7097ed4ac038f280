import type { CogLayout } from "./cog-layout.ts";
import { columnOf, hasPlace, rowOf } from "./cog-place.ts";

/** The points whose north-west pixel lies in one block. */
export interface CogGroup {
  readonly blockX: number;
  readonly blockY: number;
  /** Whether some point needs the block to the east, to the south, and the one between them. */
  readonly needsEast: boolean;
  readonly needsSouth: boolean;
  readonly needsSouthEast: boolean;
  /** Numbers of the points. */
  readonly points: Int32Array;
}

/** Rounding of coordinates must not push a point off the outermost pixel centres. */
const EDGE_PX = 1e-6;

/**
 * Sorts points by the block of their north-west pixel, from north to south and west to east.
 *
 * @param columns - receives the column of each point, in pixels from the first pixel centre
 * @param rows - receives its row; NaN when it is not between pixel centres of the raster
 */
export function groupByBlock(
  lonLat: Float64Array,
  count: number,
  layout: CogLayout,
  columns: Float64Array,
  rows: Float64Array,
): CogGroup[] {
  const { width, height, blockWidth, blockHeight, blocksAcross, place } = layout;
  const sizes = new Map<number, number>();
  const keys = new Float64Array(count).fill(-1);
  for (let point = 0; point < count; point += 1) {
    rows[point] = Number.NaN;
    const lon = lonLat[2 * point]!;
    const lat = lonLat[2 * point + 1]!;
    if (!hasPlace(lon, lat, place)) continue;
    const column = columnWithin(columnOf(lon, place), layout);
    const row = between(rowOf(lat, place), height - 1);
    // Written so that NaN fails.
    if (!(column >= 0 && row >= 0)) continue;
    columns[point] = column;
    rows[point] = row;
    const key =
      Math.floor(Math.floor(row) / blockHeight) * blocksAcross +
      Math.floor(Math.floor(column) / blockWidth);
    keys[point] = key;
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }

  const slots = new Map<number, { readonly points: Int32Array; next: number }>();
  for (const [key, size] of sizes) slots.set(key, { points: new Int32Array(size), next: 0 });
  for (let point = 0; point < count; point += 1) {
    const slot = slots.get(keys[point]!);
    if (slot === undefined) continue;
    slot.points[slot.next] = point;
    slot.next += 1;
  }
  const sweep = [...slots].sort(([a], [b]) => a - b);
  return sweep.map(([key, { points }]) => {
    const blockX = key % blocksAcross;
    const blockY = Math.floor(key / blocksAcross);
    const lastX = Math.min((blockX + 1) * blockWidth, width) - 1;
    const lastY = (blockY + 1) * blockHeight - 1;
    let needsEast = false;
    let needsSouth = false;
    let needsSouthEast = false;
    for (const point of points) {
      const east = columns[point]! > lastX;
      const south = rows[point]! > lastY;
      needsEast ||= east;
      needsSouth ||= south;
      needsSouthEast ||= east && south;
    }
    return { blockX, blockY, needsEast, needsSouth, needsSouthEast, points };
  });
}

/** Brings a column into the raster by whole turns around the earth; NaN when it is outside. */
function columnWithin(column: number, { width, place }: CogLayout): number {
  const { turnPx, wraps } = place;
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

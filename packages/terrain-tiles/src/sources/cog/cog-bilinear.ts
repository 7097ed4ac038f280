import type { PointGroup } from "../../point-runs.ts";
import type { SamplingScratch } from "../../sampling-scratch.ts";
import type { TileQuad } from "../../tile-quad.ts";
import type { CogLayout } from "./cog-layout.ts";
import { columnIn } from "./cog-points.ts";

/**
 * Interpolates the heights of a group of points between the four pixel centres around each.
 *
 * @param scratch - runs of points, as `groupByBlock` left them
 * @param outM - holds the row of each point and receives its height in metres
 * @returns how many of the points are void
 */
export function interpolateBlock(
  quad: TileQuad,
  { key, start, end }: PointGroup,
  { order, starts }: SamplingScratch,
  layout: CogLayout,
  lonLat: Float64Array,
  outM: Float64Array,
): number {
  let voids = 0;
  for (let slot = start; slot < end; slot += 1) {
    const run = order[slot]!;
    voids += interpolateRun(quad, key, starts[run]!, starts[run + 1]!, layout, lonLat, outM);
  }
  return voids;
}

/**
 * Interpolates the points from `first` to `end`. A pixel with weight zero is not read; every other
 * void makes the result NaN.
 */
function interpolateRun(
  { here, east, south, southEast }: TileQuad,
  key: number,
  first: number,
  end: number,
  layout: CogLayout,
  lonLat: Float64Array,
  outM: Float64Array,
): number {
  const { width, blockWidth, blockHeight, blocksAcross } = layout;
  const left = (key % blocksAcross) * blockWidth;
  const top = Math.floor(key / blocksAcross) * blockHeight;
  // The last block of a row may reach past the raster; beyond it comes the first column again.
  const lastX = Math.min(blockWidth, width - left) - 1;
  const lastY = blockHeight - 1;
  let voids = 0;
  for (let point = first; point < end; point += 1) {
    const column = columnIn(lonLat[2 * point]!, layout) - left;
    const row = outM[point]! - top;
    const x = Math.floor(column);
    const y = Math.floor(row);
    const weightX = column - x;
    const weightY = row - y;
    const crossesX = x === lastX && weightX !== 0;
    const crossesY = y === lastY && weightY !== 0;
    const eastX = crossesX ? 0 : x + (weightX === 0 ? 0 : 1);
    const northAt = y * blockWidth;
    const southAt = crossesY ? 0 : northAt + (weightY === 0 ? 0 : blockWidth);
    const northWestM = here[northAt + x]!;
    const northEastM = (crossesX ? east : here)[northAt + eastX]!;
    const southWestM = (crossesY ? south : here)[southAt + x]!;
    const diagonal = crossesX ? (crossesY ? southEast : east) : crossesY ? south : here;
    const southEastM = diagonal[southAt + eastX]!;
    const northM = northWestM + (northEastM - northWestM) * weightX;
    const southM = southWestM + (southEastM - southWestM) * weightX;
    const heightM = northM + (southM - northM) * weightY;
    outM[point] = heightM;
    // Only NaN differs from itself.
    if (heightM !== heightM) voids += 1;
  }
  return voids;
}

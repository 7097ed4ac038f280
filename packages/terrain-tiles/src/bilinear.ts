import type { SamplingScratch } from "./sampling-scratch.ts";
import type { TileQuad } from "./tile-quad.ts";
import { lonToPixelX, TILE_SIZE_PX } from "./web-mercator.ts";

const LAST = TILE_SIZE_PX - 1;

/**
 * Interpolates the heights of the points of one tile between the four pixel centres around each.
 *
 * @param scratch - runs of points, of which those in the places `start` to `end` lie in the tile
 * @param lonLat - interleaved degrees of all points
 * @param worldPx - width of the world in pixels
 * @param outM - holds the pixel row of each point, as `groupByTile` left it, and receives its
 *   height in metres
 * @returns how many of the points are void
 */
export function interpolate(
  quad: TileQuad,
  { order, starts }: SamplingScratch,
  start: number,
  end: number,
  lonLat: Float64Array,
  worldPx: number,
  outM: Float64Array,
): number {
  let voids = 0;
  for (let slot = start; slot < end; slot += 1) {
    const run = order[slot]!;
    voids += interpolateRun(quad, starts[run]!, starts[run + 1]!, lonLat, worldPx, outM);
  }
  return voids;
}

/**
 * Interpolates the points from `first` to `end`.
 *
 * A pixel with weight zero is not read: then its neighbour stands in, which changes nothing but
 * keeps a void, or a tile that nobody loaded, from spoiling a point that does not depend on it.
 * Every other void makes the result NaN by itself.
 */
function interpolateRun(
  { here, east, south, southEast }: TileQuad,
  first: number,
  end: number,
  lonLat: Float64Array,
  worldPx: number,
  outM: Float64Array,
): number {
  let voids = 0;
  for (let point = first; point < end; point += 1) {
    const column = lonToPixelX(lonLat[2 * point]!, worldPx) - 0.5;
    const row = outM[point]!;
    const pixelX = Math.floor(column);
    const pixelY = Math.floor(row);
    const weightX = column - pixelX;
    const weightY = row - pixelY;
    const x = pixelX & LAST;
    const y = pixelY & LAST;
    const at = y * TILE_SIZE_PX + x;
    const stepX = weightX === 0 ? 0 : 1;
    const stepY = weightY === 0 ? 0 : TILE_SIZE_PX;

    const northWest = here[at]!;
    let northEast: number;
    let southWest: number;
    let southEastM: number;
    if (x < LAST && y < LAST) {
      northEast = here[at + stepX]!;
      southWest = here[at + stepY]!;
      southEastM = here[at + stepX + stepY]!;
    } else {
      const crossesX = x === LAST && stepX !== 0;
      const crossesY = y === LAST && stepY !== 0;
      const eastX = crossesX ? 0 : x + stepX;
      const southRow = crossesY ? 0 : at - x + stepY;
      northEast = (crossesX ? east : here)[at - x + eastX]!;
      southWest = (crossesY ? south : here)[southRow + x]!;
      const diagonal = crossesX ? (crossesY ? southEast : east) : crossesY ? south : here;
      southEastM = diagonal[southRow + eastX]!;
    }
    const northM = northWest + (northEast - northWest) * weightX;
    const southM = southWest + (southEastM - southWest) * weightX;
    const heightM = northM + (southM - northM) * weightY;
    outM[point] = heightM;
    // Only NaN differs from itself.
    if (heightM !== heightM) voids += 1;
  }
  return voids;
}

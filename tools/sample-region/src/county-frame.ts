import type { BoundingBox } from "@gradeway/test-kit";

/** Metres east and north of the middle of the county. */
export interface Point {
  readonly xM: number;
  readonly yM: number;
}

/** Where the county is put on the globe; nothing here resembles what is really there. */
const CENTRE_LON = 6.8;
const CENTRE_LAT = 47.05;
const METRES_PER_DEGREE_LAT = (Math.PI * 6_371_008.8) / 180;
const METRES_PER_DEGREE_LON = METRES_PER_DEGREE_LAT * Math.cos((CENTRE_LAT * Math.PI) / 180);

export const HALF_WIDTH_M = 20_000;
export const HALF_HEIGHT_M = 15_000;
/** Elevation reaches this far past the county, so that no road is near the edge of the tiles. */
const TERRAIN_MARGIN_M = 2_500;

export function toLonLat({ xM, yM }: Point): [lon: number, lat: number] {
  return [CENTRE_LON + xM / METRES_PER_DEGREE_LON, CENTRE_LAT + yM / METRES_PER_DEGREE_LAT];
}

export function toLocal(lon: number, lat: number): Point {
  return {
    xM: (lon - CENTRE_LON) * METRES_PER_DEGREE_LON,
    yM: (lat - CENTRE_LAT) * METRES_PER_DEGREE_LAT,
  };
}

export function terrainBoundingBox(): BoundingBox {
  return boxOf({ xM: -HALF_WIDTH_M, yM: -HALF_HEIGHT_M }, { xM: HALF_WIDTH_M, yM: HALF_HEIGHT_M });
}

/** The terrain that roads between two corners need. */
export function boxOf(southWest: Point, northEast: Point): BoundingBox {
  const [west, south] = toLonLat({
    xM: southWest.xM - TERRAIN_MARGIN_M,
    yM: southWest.yM - TERRAIN_MARGIN_M,
  });
  const [east, north] = toLonLat({
    xM: northEast.xM + TERRAIN_MARGIN_M,
    yM: northEast.yM + TERRAIN_MARGIN_M,
  });
  return [west, south, east, north];
}

export function distanceM(a: Point, b: Point): number {
  return Math.hypot(b.xM - a.xM, b.yM - a.yM);
}

/** The point a part of the way from one to another, 0 to 1. */
export function between(a: Point, b: Point, part: number): Point {
  return { xM: a.xM + (b.xM - a.xM) * part, yM: a.yM + (b.yM - a.yM) * part };
}

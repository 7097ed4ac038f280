/** Mean Earth radius in metres (IUGG), the value that @turf uses too. */
const EARTH_RADIUS_M = 6_371_008.8;
const RADIANS_PER_E7 = Math.PI / 180 / 1e7;

/** Metres of one unit of 1e-7 degrees along a meridian. */
export const METRES_PER_E7 = EARTH_RADIUS_M * RADIANS_PER_E7;

/**
 * Great-circle distance in metres between two points given in units of 1e-7 degrees (haversine
 * formula).
 */
export function distanceE7(lonA: number, latA: number, lonB: number, latB: number): number {
  const sinLat = Math.sin(((latB - latA) * RADIANS_PER_E7) / 2);
  const sinLon = Math.sin(((lonB - lonA) * RADIANS_PER_E7) / 2);
  const cosines = Math.cos(latA * RADIANS_PER_E7) * Math.cos(latB * RADIANS_PER_E7);
  const h = sinLat * sinLat + cosines * sinLon * sinLon;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Cosine of a latitude in units of 1e-7 degrees: how much a degree of longitude shrinks there. */
export function cosLatE7(latE7: number): number {
  return Math.cos(latE7 * RADIANS_PER_E7);
}

/** Mean Earth radius in metres (IUGG), the value that @turf and the region build use too. */
const EARTH_RADIUS_M = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Great-circle distance in metres between two points in degrees (haversine formula). */
export function distanceOf(lonA: number, latA: number, lonB: number, latB: number): number {
  const sinLat = Math.sin(((latB - latA) * RADIANS) / 2);
  const sinLon = Math.sin(((lonB - lonA) * RADIANS) / 2);
  const cosines = Math.cos(latA * RADIANS) * Math.cos(latB * RADIANS);
  const h = sinLat * sinLat + cosines * sinLon * sinLon;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The great circle between two points, prepared for many interpolations; it is used again. */
export interface Arc {
  lengthM: number;
  /** Unit vectors of both ends. */
  readonly ends: Float64Array;
}

/** A new arc, to be set with {@link setArc}. */
export function createArc(): Arc {
  return { lengthM: 0, ends: new Float64Array(6) };
}

/** Sets the ends of an arc to the points number `a` and `a + 1` of a line. */
export function setArc(arc: Arc, lonLat: Float64Array, a: number, lengthM: number): void {
  arc.lengthM = lengthM;
  for (let end = 0; end < 2; end++) {
    const lon = lonLat[2 * (a + end)]! * RADIANS;
    const lat = lonLat[2 * (a + end) + 1]! * RADIANS;
    arc.ends[3 * end] = Math.cos(lat) * Math.cos(lon);
    arc.ends[3 * end + 1] = Math.cos(lat) * Math.sin(lon);
    arc.ends[3 * end + 2] = Math.sin(lat);
  }
}

/** Writes the point at a distance in metres from the start of an arc as degrees. */
export function pointOnArc(arc: Arc, atM: number, out: Float64Array, point: number): void {
  const { ends } = arc;
  const angle = arc.lengthM / EARTH_RADIUS_M;
  const at = atM / EARTH_RADIUS_M;
  const weightA = Math.sin(angle - at) / Math.sin(angle);
  const weightB = Math.sin(at) / Math.sin(angle);
  const x = weightA * ends[0]! + weightB * ends[3]!;
  const y = weightA * ends[1]! + weightB * ends[4]!;
  const z = weightA * ends[2]! + weightB * ends[5]!;
  out[2 * point] = Math.atan2(y, x) / RADIANS;
  out[2 * point + 1] = Math.atan2(z, Math.sqrt(x * x + y * y)) / RADIANS;
}

/** Tells whether no single great circle joins two points this far apart. */
export function isAntipodal(lengthM: number): boolean {
  return lengthM > EARTH_RADIUS_M * (Math.PI - 1e-6);
}

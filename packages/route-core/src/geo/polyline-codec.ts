import type { LonLat } from "./lon-lat.ts";

/**
 * Encodes positions as a polyline with six decimals (Google's algorithm, latitude first), the form
 * that OSRM and Valhalla call polyline6.
 */
export function encodePolyline6(coordinates: readonly LonLat[]): string {
  let text = "";
  let lastLat = 0;
  let lastLon = 0;
  for (const [lon, lat] of coordinates) {
    const lat6 = Math.round(lat * 1e6);
    const lon6 = Math.round(lon * 1e6);
    text += encodeSigned(lat6 - lastLat) + encodeSigned(lon6 - lastLon);
    lastLat = lat6;
    lastLon = lon6;
  }
  return text;
}

function encodeSigned(value: number): string {
  let bits = value < 0 ? ~(value << 1) : value << 1;
  let text = "";
  while (bits >= 0x20) {
    text += String.fromCharCode((0x20 | (bits & 0x1f)) + 63);
    bits >>>= 5;
  }
  return text + String.fromCharCode(bits + 63);
}

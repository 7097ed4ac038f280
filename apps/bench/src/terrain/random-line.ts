import type { LonLatBox } from "@gradeway/terrain-tiles";
import type { SeededRandom } from "@gradeway/test-kit";

/** Distance between two vertices: about that of roads. */
const STEP_M = 250;
/** Largest change of direction at a vertex. */
const TURN_RAD = 0.6;
const METRES_PER_DEGREE = (Math.PI * 6_371_008.8) / 180;

/** A winding line of a length in metres that stays in a box, interleaved `[lon, lat, ...]`. */
export function randomLine(random: SeededRandom, box: LonLatBox, lengthM: number): Float64Array {
  const [west, south, east, north] = box;
  let lon = random.between(west, east);
  let lat = random.between(south, north);
  let headingRad = random.between(0, 2 * Math.PI);
  const lonLat = [lon, lat];
  for (let leftM = lengthM; leftM > 1e-6;) {
    const stepM = Math.min(STEP_M, leftM);
    headingRad += random.between(-TURN_RAD, TURN_RAD);
    // Turned on the spot until it leads back; half of all directions do, unless the box is tiny.
    for (;;) {
      const nextLat = lat + (stepM * Math.cos(headingRad)) / METRES_PER_DEGREE;
      const scale = METRES_PER_DEGREE * Math.cos((((lat + nextLat) / 2) * Math.PI) / 180);
      const nextLon = lon + (stepM * Math.sin(headingRad)) / scale;
      if (nextLon >= west && nextLon <= east && nextLat >= south && nextLat <= north) {
        [lon, lat] = [nextLon, nextLat];
        break;
      }
      headingRad += random.between(0.5, 2);
    }
    lonLat.push(lon, lat);
    leftM -= stepM;
  }
  return Float64Array.from(lonLat);
}

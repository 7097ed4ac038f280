import { solveHeights } from "./network-heights.ts";
import type { NetworkPoints } from "./network-points.ts";

/** Steeper than any public road: no road climbs and falls like this within one sample. */
export const DEFAULT_SPIKE_GRADE_RATIO = 0.35;

/** Points this near to each other are one sample: elevation does not tell them apart. */
const SAME_SAMPLE_M = 8;

/**
 * Takes out single-sample spikes of the network: points that rise, or fall, from everything around
 * by more than a grade on every road. The roads around then run straight to each other. Points
 * within a few metres, such as the nodes of a divided junction, are judged together.
 *
 * It is what the profile of a line does about spikes, across junctions. All spikes are found before
 * the first is replaced, so the order of points does not matter. Dead ends stay as they are, and so
 * do structures, and points beside a void, which cannot be judged.
 *
 * @param structures - points of bridges and tunnels that were filled in; a spike at a portal has bent
 *   them, so they are filled in again
 * @param heightM - heights per point, void = NaN; spikes are overwritten
 * @param maxGradeRatio - rise over run, for example 0.35; Infinity keeps everything
 * @returns how many points were replaced
 */
export function removeSpikes(
  points: NetworkPoints,
  structures: Int32Array,
  heightM: Float64Array,
  maxGradeRatio: number = DEFAULT_SPIKE_GRADE_RATIO,
): number {
  // Written so that NaN fails.
  if (!(maxGradeRatio > 0)) throw new RangeError("The grade limit must be greater than 0.");
  const isSpike = new Uint8Array(points.count);
  const single = [0];
  for (let point = 0; point < points.count; point++) {
    single[0] = point;
    if (standsOut(points, heightM, single, maxGradeRatio)) isSpike[point] = 1;
    if (!hasPointNear(points, point)) continue;
    const sample = pointsNear(points, point);
    if (!standsOut(points, heightM, sample, maxGradeRatio)) continue;
    for (const near of sample) isSpike[near] = 1;
  }
  const spikes = spikesOnRoads(points, isSpike);
  if (spikes.length === 0) return 0;
  const unknown = new Int32Array(structures.length + spikes.length);
  unknown.set(structures);
  unknown.set(spikes, structures.length);
  solveHeights(points, unknown, heightM);
  return spikes.length;
}

/** Spikes that hang together with ground that is none, whose height theirs can be taken from. */
function spikesOnRoads(
  { count, onStructure, firstNeighbour, neighbour }: NetworkPoints,
  isSpike: Uint8Array,
): Int32Array {
  const reached: number[] = [];
  const visit = (point: number): void => {
    for (let k = firstNeighbour[point]!; k < firstNeighbour[point + 1]!; k++) {
      const other = neighbour[k]!;
      if (isSpike[other] !== 1) continue;
      isSpike[other] = 2;
      reached.push(other);
    }
  };
  // All around a spike is known: else it would not be one.
  for (let point = 0; point < count; point++) {
    if (isSpike[point] === 0 && onStructure[point] === 0) visit(point);
  }
  for (let at = 0; at < reached.length; at++) visit(reached[at]!);
  return Int32Array.from(reached).sort();
}

/** Tells whether a sample lies above everything around it, or below, by more than the grade. */
function standsOut(
  { onStructure, firstNeighbour, neighbour, neighbourM }: NetworkPoints,
  heightM: Float64Array,
  sample: readonly number[],
  maxGradeRatio: number,
): boolean {
  let direction = 0;
  let roads = 0;
  for (const point of sample) {
    const first = firstNeighbour[point]!;
    const end = firstNeighbour[point + 1]!;
    if (onStructure[point] === 1 || end - first < 2) return false;
    for (let k = first; k < end; k++) {
      const other = neighbour[k]!;
      if (sample.includes(other)) continue;
      const riseM = heightM[point]! - heightM[other]!;
      // A void makes the rise NaN, which exceeds nothing.
      if (!(Math.abs(riseM) > maxGradeRatio * neighbourM[k]!)) return false;
      if (direction !== 0 && Math.sign(riseM) !== direction) return false;
      direction = Math.sign(riseM);
      roads++;
    }
  }
  return roads >= 2;
}

function hasPointNear({ firstNeighbour, neighbourM }: NetworkPoints, point: number): boolean {
  for (let k = firstNeighbour[point]!; k < firstNeighbour[point + 1]!; k++) {
    if (neighbourM[k]! <= SAME_SAMPLE_M) return true;
  }
  return false;
}

/** Points that can be reached from one within the length of a sample, itself included. */
function pointsNear(
  { firstNeighbour, neighbour, neighbourM }: NetworkPoints,
  from: number,
): number[] {
  const reachedM = new Map([[from, 0]]);
  // A map that grows while it is walked is walked to its end.
  for (const [point, atM] of reachedM) {
    for (let k = firstNeighbour[point]!; k < firstNeighbour[point + 1]!; k++) {
      const toM = atM + neighbourM[k]!;
      const knownM = reachedM.get(neighbour[k]!) ?? Number.POSITIVE_INFINITY;
      if (toM > SAME_SAMPLE_M || toM >= knownM) continue;
      // A shorter way must be walked again from here.
      reachedM.delete(neighbour[k]!);
      reachedM.set(neighbour[k]!, toM);
    }
  }
  return [...reachedM.keys()];
}

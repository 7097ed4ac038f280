import { solveHeights } from "./network-heights.ts";
import type { NetworkPoints } from "./network-points.ts";
import { createNeighbourList, listNeighbours, type NeighbourList } from "./point-neighbours.ts";

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
  const isSpike = findSpikes(points, heightM, maxGradeRatio);
  const spikes = spikesOnRoads(points, isSpike);
  if (spikes.length === 0) return 0;
  const unknown = new Int32Array(structures.length + spikes.length);
  unknown.set(structures);
  unknown.set(spikes, structures.length);
  solveHeights(points, unknown, heightM);
  return spikes.length;
}

/** Marks the points that stand out, on their own or with those near to them. */
function findSpikes(
  points: NetworkPoints,
  heightM: Float64Array,
  maxGradeRatio: number,
): Uint8Array {
  const { nodeCount, edgeTail, firstInner, stepM } = points;
  const isSpike = new Uint8Array(points.count);
  const around = createNeighbourList();
  const single = [0];
  const judge = (point: number, hasPointNear: boolean): void => {
    single[0] = point;
    if (standsOut(points, heightM, single, maxGradeRatio, around)) isSpike[point] = 1;
    if (!hasPointNear) return;
    const sample = pointsNear(points, point, around);
    if (!standsOut(points, heightM, sample, maxGradeRatio, around)) return;
    for (const near of sample) isSpike[near] = 1;
  };
  for (let node = 0; node < nodeCount; node++) judge(node, hasNodeNear(points, node));
  for (let edge = 0; edge < edgeTail.length; edge++) {
    const isDense = stepM[edge]! <= SAME_SAMPLE_M;
    const leastM = maxGradeRatio * stepM[edge]!;
    let before = heightM[edgeTail[edge]!]!;
    for (let point = firstInner[edge]!; point < firstInner[edge + 1]!; point++) {
      const own = heightM[point]!;
      // Most points do not rise like this from the one before them, and need no closer look.
      if (isDense || Math.abs(own - before) > leastM) judge(point, isDense);
      before = own;
    }
  }
  return isSpike;
}

/** Spikes that hang together with ground that is none, whose height theirs can be taken from. */
function spikesOnRoads(points: NetworkPoints, isSpike: Uint8Array): Int32Array {
  const around = createNeighbourList();
  const reached: number[] = [];
  const reach = (point: number): void => {
    isSpike[point] = 2;
    reached.push(point);
  };
  // All around a spike is known: else it would not be one.
  const isGround = (point: number): boolean =>
    isSpike[point] === 0 && points.onStructure[point] === 0;
  for (let point = 0; point < points.count; point++) {
    if (isSpike[point] !== 1) continue;
    listNeighbours(points, point, around);
    for (let k = 0; k < around.count; k++) {
      if (isSpike[point] === 1 && isGround(around.point[k]!)) reach(point);
    }
  }
  for (let at = 0; at < reached.length; at++) {
    listNeighbours(points, reached[at]!, around);
    for (let k = 0; k < around.count; k++) {
      if (isSpike[around.point[k]!] === 1) reach(around.point[k]!);
    }
  }
  return Int32Array.from(reached).sort();
}

/** Tells whether a sample lies above everything around it, or below, by more than the grade. */
function standsOut(
  points: NetworkPoints,
  heightM: Float64Array,
  sample: readonly number[],
  maxGradeRatio: number,
  around: NeighbourList,
): boolean {
  let direction = 0;
  let roads = 0;
  for (const point of sample) {
    listNeighbours(points, point, around);
    if (points.onStructure[point] === 1 || around.count < 2) return false;
    for (let k = 0; k < around.count; k++) {
      const other = around.point[k]!;
      if (sample.includes(other)) continue;
      const riseM = heightM[point]! - heightM[other]!;
      // A void makes the rise NaN, which exceeds nothing.
      if (!(Math.abs(riseM) > maxGradeRatio * around.metres[k]!)) return false;
      if (direction !== 0 && Math.sign(riseM) !== direction) return false;
      direction = Math.sign(riseM);
      roads++;
    }
  }
  return roads >= 2;
}

function hasNodeNear({ stepM, firstEnd, ends }: NetworkPoints, node: number): boolean {
  for (let k = firstEnd[node]!; k < firstEnd[node + 1]!; k++) {
    if (stepM[ends[k]! >> 1]! <= SAME_SAMPLE_M) return true;
  }
  return false;
}

/** Points that can be reached from one within the length of a sample, itself included. */
function pointsNear(points: NetworkPoints, from: number, around: NeighbourList): number[] {
  const reachedM = new Map([[from, 0]]);
  // A map that grows while it is walked is walked to its end.
  for (const [point, atM] of reachedM) {
    listNeighbours(points, point, around);
    for (let k = 0; k < around.count; k++) {
      const other = around.point[k]!;
      const toM = atM + around.metres[k]!;
      const knownM = reachedM.get(other) ?? Number.POSITIVE_INFINITY;
      if (toM > SAME_SAMPLE_M || toM >= knownM) continue;
      // A shorter way must be walked again from here.
      reachedM.delete(other);
      reachedM.set(other, toM);
    }
  }
  return [...reachedM.keys()];
}

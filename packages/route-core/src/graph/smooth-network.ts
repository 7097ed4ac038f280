import type { LinkedPoints } from "./network-points.ts";
import { besideEnd } from "./point-neighbours.ts";

/** Closer neighbours pull no harder than one at this distance. */
const NEAREST_NEIGHBOUR_M = 20;
/** Longest standard deviation in metres of smoothing: 1250 rounds over the network. */
export const MAX_SMOOTHING_M = 1000;

/**
 * Rounds of {@link smoothHeights} whose standard deviation is nearest to the one asked for; with
 * points every 40 m: 0, 28, 40, 49, 57, 63, 69, 75, 80 m and so on.
 *
 * @throws {RangeError} when `smoothingM` is not within 0 to 1000
 */
export function smoothingRounds(smoothingM: number, spacingM: number): number {
  if (!(smoothingM >= 0 && smoothingM <= MAX_SMOOTHING_M)) {
    throw new RangeError(`smoothingM must be from 0 to ${MAX_SMOOTHING_M}, not ${smoothingM}.`);
  }
  const rounds = Math.floor(2 * (smoothingM / spacingM) ** 2);
  const [below, above] = [rounds, rounds + 1].map((count) => smoothingStdDevM(count, spacingM));
  return smoothingM - below! <= above! - smoothingM ? rounds : rounds + 1;
}

/** Standard deviation in metres of so many rounds of {@link smoothHeights}. */
export function smoothingStdDevM(rounds: number, spacingM: number): number {
  return spacingM * Math.sqrt(rounds / 2);
}

/**
 * Smooths heights along the network, across junctions: half of each point's height is replaced by
 * the mean of its neighbours, `rounds` times. With points every s metres this is a Gaussian with a
 * standard deviation of about s * sqrt(rounds / 2). Voids take no part, and the end of a dead end
 * stays where it is: with a neighbour on one side only it would drift towards it.
 *
 * @param heightM - heights per point, void = NaN; overwritten
 */
export function smoothHeights(
  points: LinkedPoints,
  heightM: Float64Array,
  rounds: number,
): Float64Array {
  let current = heightM;
  let next = rounds > 0 ? new Float64Array(points.count) : heightM;
  for (let round = 0; round < rounds; round++) {
    smoothNodes(points, current, next);
    smoothInner(points, current, next);
    [current, next] = [next, current];
  }
  return current;
}

function smoothNodes(points: LinkedPoints, heightM: Float64Array, out: Float64Array): void {
  const { nodeCount, stepM, firstEnd, ends } = points;
  for (let node = 0; node < nodeCount; node++) {
    const first = firstEnd[node]!;
    const last = firstEnd[node + 1]! - 1;
    let sum = 0;
    let weights = 0;
    for (let k = first; k <= last; k++) {
      const end = ends[k]!;
      const height = heightM[besideEnd(points, end)]!;
      if (Number.isNaN(height)) continue;
      const weight = 1 / Math.max(NEAREST_NEIGHBOUR_M, stepM[end >> 1]!);
      sum += weight * height;
      weights += weight;
    }
    const own = heightM[node]!;
    const isDeadEnd = first === last;
    out[node] = weights > 0 && !isDeadEnd ? 0.5 * own + (0.5 * sum) / weights : own;
  }
}

/** Both neighbours of an inner point are as far away. */
function smoothInner(points: LinkedPoints, heightM: Float64Array, out: Float64Array): void {
  const { edgeTail, edgeHead, firstInner, stepM } = points;
  for (let edge = 0; edge < edgeTail.length; edge++) {
    const last = firstInner[edge + 1]! - 1;
    let before = heightM[edgeTail[edge]!]!;
    for (let point = firstInner[edge]!; point <= last; point++) {
      const own = heightM[point]!;
      const after = heightM[point < last ? point + 1 : edgeHead[edge]!]!;
      let sum = 0;
      let weights = 0;
      const weight = 1 / Math.max(NEAREST_NEIGHBOUR_M, stepM[edge]!);
      for (const height of [before, after]) {
        if (Number.isNaN(height)) continue;
        sum += weight * height;
        weights += weight;
      }
      out[point] = weights > 0 ? 0.5 * own + (0.5 * sum) / weights : own;
      before = own;
    }
  }
}

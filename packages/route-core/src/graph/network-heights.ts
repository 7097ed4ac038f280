import type { NetworkPoints } from "./network-points.ts";

/** Closer neighbours pull no harder than one at this distance. */
const NEAREST_NEIGHBOUR_M = 20;
/** Longest standard deviation in metres of smoothing: 1250 rounds over the network. */
export const MAX_SMOOTHING_M = 1000;
/** Residual in metres at which structure heights count as solved. */
const STRUCTURE_TOLERANCE_M = 1e-4;

/**
 * Fills in the heights of bridges and tunnels: between its portals a structure runs straight, also
 * where it spans several ways or holds a junction. This is the discrete Laplace equation on the
 * structure points with the ground around as boundary. Structures that touch no known ground stay
 * void.
 *
 * @param heightM - heights per point, void = NaN; structure points are overwritten
 * @returns the points that were filled in
 */
export function interpolateStructures(points: NetworkPoints, heightM: Float64Array): Int32Array {
  const spanned = spannedStructurePoints(points, heightM);
  solveHeights(points, spanned, heightM);
  return spanned;
}

/**
 * Lets roads run straight through points of unknown height: each becomes the mean of its neighbours,
 * weighted by nearness (the discrete Laplace equation, solved by conjugate gradients). Voids around
 * take no part.
 *
 * @param unknown - numbers of the points, which must not be cut off from all known heights
 * @param heightM - heights per point; those of the unknown points are overwritten
 */
export function solveHeights(
  points: NetworkPoints,
  unknown: Int32Array,
  heightM: Float64Array,
): void {
  const slot = new Int32Array(points.count).fill(-1);
  for (const [index, point] of unknown.entries()) slot[point] = index;
  const size = unknown.length;
  const diagonal = new Float64Array(size);
  const residual = new Float64Array(size);
  const { firstNeighbour, neighbour, neighbourM } = points;
  for (let i = 0; i < size; i++) {
    const point = unknown[i]!;
    for (let k = firstNeighbour[point]!; k < firstNeighbour[point + 1]!; k++) {
      const other = neighbour[k]!;
      const weight = 1 / Math.max(0.1, neighbourM[k]!);
      if (slot[other]! >= 0) diagonal[i]! += weight;
      else if (!Number.isNaN(heightM[other]!)) {
        diagonal[i]! += weight;
        residual[i]! += weight * heightM[other]!;
      }
    }
  }
  const multiply = (x: Float64Array, out: Float64Array): void => {
    for (let i = 0; i < size; i++) {
      const point = unknown[i]!;
      let sum = diagonal[i]! * x[i]!;
      for (let k = firstNeighbour[point]!; k < firstNeighbour[point + 1]!; k++) {
        const j = slot[neighbour[k]!]!;
        if (j >= 0) sum -= x[j]! / Math.max(0.1, neighbourM[k]!);
      }
      out[i] = sum;
    }
  };
  const solution = conjugateGradients(multiply, diagonal, residual);
  for (let i = 0; i < size; i++) heightM[unknown[i]!] = solution[i]!;
}

/**
 * Structure points that hang between at least two portals of known height; others become NaN. With
 * one portal only (a tunnel that leaves the extract) nothing tells where the structure goes.
 */
function spannedStructurePoints(points: NetworkPoints, heightM: Float64Array): Int32Array {
  const { onStructure, firstNeighbour, neighbour } = points;
  const seen = new Uint8Array(points.count);
  const spanned: number[] = [];
  for (let root = 0; root < points.count; root++) {
    if (onStructure[root] === 0 || seen[root] === 1) continue;
    const structure = [root];
    const portals = new Set<number>();
    seen[root] = 1;
    for (let at = 0; at < structure.length; at++) {
      const point = structure[at]!;
      for (let k = firstNeighbour[point]!; k < firstNeighbour[point + 1]!; k++) {
        const other = neighbour[k]!;
        if (onStructure[other] === 0) {
          if (!Number.isNaN(heightM[other]!)) portals.add(other);
        } else if (seen[other] === 0) {
          seen[other] = 1;
          structure.push(other);
        }
      }
    }
    if (portals.size >= 2) for (const point of structure) spanned.push(point);
    else for (const point of structure) heightM[point] = Number.NaN;
  }
  return Int32Array.from(spanned).sort();
}

/** Solves A x = b for a symmetric positive definite A with the diagonal as preconditioner. */
function conjugateGradients(
  multiply: (x: Float64Array, out: Float64Array) => void,
  diagonal: Float64Array,
  b: Float64Array,
): Float64Array {
  const size = b.length;
  const x = new Float64Array(size);
  const r = b.slice();
  const z = Float64Array.from(r, (value, i) => value / diagonal[i]!);
  const p = z.slice();
  const ap = new Float64Array(size);
  let rz = dot(r, z);
  const rounds = 10 * size + 100;
  for (let round = 0; round < rounds; round++) {
    let worst = 0;
    for (let i = 0; i < size; i++) worst = Math.max(worst, Math.abs(r[i]! / diagonal[i]!));
    if (worst < STRUCTURE_TOLERANCE_M * 1e-3) break;
    multiply(p, ap);
    const alpha = rz / dot(p, ap);
    for (let i = 0; i < size; i++) {
      x[i]! += alpha * p[i]!;
      r[i]! -= alpha * ap[i]!;
      z[i] = r[i]! / diagonal[i]!;
    }
    const rzNext = dot(r, z);
    const beta = rzNext / rz;
    rz = rzNext;
    for (let i = 0; i < size; i++) p[i] = z[i]! + beta * p[i]!;
  }
  return x;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

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
 */
export function smoothHeights(
  points: Pick<NetworkPoints, "count" | "firstNeighbour" | "neighbour" | "neighbourM">,
  heightM: Float64Array,
  rounds: number,
): Float64Array {
  const { firstNeighbour, neighbour, neighbourM } = points;
  let current = heightM;
  for (let round = 0; round < rounds; round++) {
    const next = new Float64Array(points.count);
    for (let point = 0; point < points.count; point++) {
      let sum = 0;
      let weights = 0;
      for (let k = firstNeighbour[point]!; k < firstNeighbour[point + 1]!; k++) {
        const height = current[neighbour[k]!]!;
        if (Number.isNaN(height)) continue;
        const weight = 1 / Math.max(NEAREST_NEIGHBOUR_M, neighbourM[k]!);
        sum += weight * height;
        weights += weight;
      }
      const own = current[point]!;
      const degree = firstNeighbour[point + 1]! - firstNeighbour[point]!;
      const isDeadEnd = degree === 1;
      next[point] = weights > 0 && !isDeadEnd ? 0.5 * own + (0.5 * sum) / weights : own;
    }
    current = next;
  }
  return current;
}

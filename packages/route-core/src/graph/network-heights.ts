import type { NetworkPoints } from "./network-points.ts";
import { createNeighbourList, listNeighbours } from "./point-neighbours.ts";

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
  const slots = new Map<number, number>();
  for (const [index, point] of unknown.entries()) slots.set(point, index);
  const size = unknown.length;
  const diagonal = new Float64Array(size);
  const known = new Float64Array(size);
  const first = new Int32Array(size + 1);
  const slot: number[] = [];
  const apartM: number[] = [];
  const around = createNeighbourList();
  for (let i = 0; i < size; i++) {
    listNeighbours(points, unknown[i]!, around);
    for (let k = 0; k < around.count; k++) {
      const other = around.point[k]!;
      const metres = Math.max(0.1, around.metres[k]!);
      const j = slots.get(other);
      if (j !== undefined) {
        diagonal[i]! += 1 / metres;
        slot.push(j);
        apartM.push(metres);
      } else if (!Number.isNaN(heightM[other]!)) {
        diagonal[i]! += 1 / metres;
        known[i]! += (1 / metres) * heightM[other]!;
      }
    }
    first[i + 1] = slot.length;
  }
  const multiply = (x: Float64Array, out: Float64Array): void => {
    for (let i = 0; i < size; i++) {
      let sum = diagonal[i]! * x[i]!;
      for (let k = first[i]!; k < first[i + 1]!; k++) sum -= x[slot[k]!]! / apartM[k]!;
      out[i] = sum;
    }
  };
  const solution = conjugateGradients(multiply, diagonal, known);
  for (let i = 0; i < size; i++) heightM[unknown[i]!] = solution[i]!;
}

/**
 * Structure points that hang between at least two portals of known height; others become NaN. With
 * one portal only (a tunnel that leaves the extract) nothing tells where the structure goes.
 */
function spannedStructurePoints(points: NetworkPoints, heightM: Float64Array): Int32Array {
  const { onStructure } = points;
  const around = createNeighbourList();
  const seen = new Uint8Array(points.count);
  const spanned: number[] = [];
  for (let root = 0; root < points.count; root++) {
    if (onStructure[root] === 0 || seen[root] === 1) continue;
    const structure = [root];
    const portals = new Set<number>();
    seen[root] = 1;
    for (let at = 0; at < structure.length; at++) {
      listNeighbours(points, structure[at]!, around);
      for (let k = 0; k < around.count; k++) {
        const other = around.point[k]!;
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

import {
  GRADE_COUNT,
  type GradePosition,
  LEVEL_GRADE,
  locateGrade,
  mirrorBin,
  nearestGrade,
} from "./grade-bins.ts";

/** Columns that describe the course of edges; a subset of the routing graph. */
export interface EdgeCourse {
  readonly edgeLengthM: Float64Array;
  readonly firstHeight: Int32Array;
  readonly heightM: Float32Array;
  readonly firstSpan: Int32Array;
  readonly spanEndM: Float64Array;
}

/** Length in metres per grade bin of part of a span; index {@link VOID_SLOT} holds unknown grade. */
export type GradeHistogram = Float64Array;

/** Slot of unknown grade in a {@link GradeHistogram}. */
export const VOID_SLOT = GRADE_COUNT;

/** Edges shorter than this have no grade of their own: elevation cannot tell one. */
export const MIN_GRADED_EDGE_M = 8;

/** A new, empty histogram. */
export function createHistogram(): GradeHistogram {
  return new Float64Array(GRADE_COUNT + 1);
}

/**
 * Adds the grades of edge `edge` between two distances from its tail to a histogram, seen forward.
 * Both distances must lie in [0, length].
 */
export function addGrades(
  course: EdgeCourse,
  edge: number,
  fromM: number,
  toM: number,
  histogram: GradeHistogram,
): void {
  const position: GradePosition = { lower: 0, upperShare: 0 };
  const first = course.firstHeight[edge]!;
  const pieces = course.firstHeight[edge + 1]! - first - 1;
  const lengthM = course.edgeLengthM[edge]!;
  const pieceM = lengthM / pieces;
  const from = Math.min(pieces - 1, Math.max(0, Math.floor(fromM / pieceM)));
  for (let piece = from; piece < pieces; piece++) {
    const start = Math.max(fromM, piece * pieceM);
    const end = piece === pieces - 1 ? toM : Math.min(toM, (piece + 1) * pieceM);
    const partM = end - start;
    if (partM <= 0) {
      if (piece * pieceM >= toM) break;
      continue;
    }
    const riseM = course.heightM[first + piece + 1]! - course.heightM[first + piece]!;
    if (Number.isNaN(riseM)) {
      histogram[VOID_SLOT]! += partM;
      continue;
    }
    locateGrade(lengthM < MIN_GRADED_EDGE_M ? 0 : riseM / pieceM, position);
    histogram[position.lower]! += partM * (1 - position.upperShare);
    histogram[position.lower + 1]! += partM * position.upperShare;
  }
}

/** Metres climbed and descended on part of an edge, seen forward; void parts count as nothing. */
export function climbBetween(
  course: EdgeCourse,
  edge: number,
  fromM: number,
  toM: number,
): { ascentM: number; descentM: number } {
  const first = course.firstHeight[edge]!;
  const pieces = course.firstHeight[edge + 1]! - first - 1;
  const pieceM = course.edgeLengthM[edge]! / pieces;
  let ascentM = 0;
  let descentM = 0;
  for (let piece = 0; piece < pieces; piece++) {
    const start = Math.max(fromM, piece * pieceM);
    const end = Math.min(toM, (piece + 1) * pieceM);
    if (end <= start) continue;
    const riseM = course.heightM[first + piece + 1]! - course.heightM[first + piece]!;
    if (Number.isNaN(riseM)) continue;
    const partM = riseM * ((end - start) / pieceM);
    if (partM > 0) ascentM += partM;
    else descentM -= partM;
  }
  return { ascentM, descentM };
}

/** Height at a distance from the tail of an edge; NaN in a void. */
export function heightAt(course: EdgeCourse, edge: number, atM: number): number {
  const first = course.firstHeight[edge]!;
  const pieces = course.firstHeight[edge + 1]! - first - 1;
  const at = Math.min(pieces, Math.max(0, (atM / course.edgeLengthM[edge]!) * pieces));
  const piece = Math.min(pieces - 1, Math.floor(at));
  const share = at - piece;
  const lower = course.heightM[first + piece]!;
  if (share === 0) return lower;
  return lower + (course.heightM[first + piece + 1]! - lower) * share;
}

/**
 * Grade node that is nearest to the grade at a distance from the tail of an edge, in the direction of
 * travel; level in a void.
 */
export function gradeNodeAt(course: EdgeCourse, edge: number, back: boolean, atM: number): number {
  const lengthM = course.edgeLengthM[edge]!;
  if (lengthM < MIN_GRADED_EDGE_M) return LEVEL_GRADE;
  const first = course.firstHeight[edge]!;
  const pieces = course.firstHeight[edge + 1]! - first - 1;
  const piece = Math.min(pieces - 1, Math.max(0, Math.floor((atM / lengthM) * pieces)));
  const riseM = course.heightM[first + piece + 1]! - course.heightM[first + piece]!;
  if (Number.isNaN(riseM)) return LEVEL_GRADE;
  const node = nearestGrade((riseM * pieces) / lengthM);
  return back ? mirrorBin(node) : node;
}

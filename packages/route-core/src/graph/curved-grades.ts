import { CURVE_CLASSES, STRAIGHT } from "./curve-classes.ts";
import type { CurveColumns } from "./curve-columns.ts";
import { addGrades, createHistogram, type EdgeCourse, type GradeHistogram } from "./edge-pieces.ts";

/** Length in metres per grade bin, for each class of curve. */
export type CurvedHistogram = readonly GradeHistogram[];

/** A new, empty histogram. */
export function createCurvedHistogram(): CurvedHistogram {
  return Array.from({ length: CURVE_CLASSES }, createHistogram);
}

/**
 * Adds the grades of edge `edge` between two distances from its tail to the histograms of the curves
 * that they lie in; see `addGrades`.
 */
export function addCurvedGrades(
  course: EdgeCourse & CurveColumns,
  edge: number,
  fromM: number,
  toM: number,
  histogram: CurvedHistogram,
): void {
  const { firstCurve, curveEndM, curveClass } = course;
  const end = firstCurve[edge + 1]!;
  let run = firstCurve[edge]!;
  if (run === end) {
    addGrades(course, edge, fromM, toM, histogram[STRAIGHT]!);
    return;
  }
  for (let startM = fromM; startM < toM; run++) {
    const endM = run === end - 1 ? toM : Math.min(toM, curveEndM[run]!);
    if (endM <= startM) continue;
    addGrades(course, edge, startM, endM, histogram[curveClass[run]!]!);
    startM = endM;
  }
}

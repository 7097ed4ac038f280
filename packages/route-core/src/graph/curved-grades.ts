import { CURVE_CLASSES, STRAIGHT } from "./curve-classes.ts";
import { type CurveColumns, isStraight } from "./curve-columns.ts";
import { addGrades, createHistogram, type EdgeCourse, type GradeHistogram } from "./edge-pieces.ts";

/** Length in metres per grade bin, for each class of curve. */
export type CurvedHistogram = readonly GradeHistogram[];

/**
 * A new, empty histogram.
 *
 * @param classes - of curves that it has room for; 1 suffices for a straight edge
 */
export function createCurvedHistogram(classes = CURVE_CLASSES): CurvedHistogram {
  return Array.from({ length: classes }, createHistogram);
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
  if (isStraight(course, edge)) {
    addGrades(course, edge, fromM, toM, histogram[STRAIGHT]!);
    return;
  }
  const { firstCurve, curveEndM, curveClass } = course;
  const end = firstCurve[edge + 1]!;
  let run = firstCurve[edge]!;
  for (let startM = fromM; startM < toM; run++) {
    const endM = run === end - 1 ? toM : Math.min(toM, curveEndM[run]!);
    if (endM <= startM) continue;
    addGrades(course, edge, startM, endM, histogram[curveClass[run]!]!);
    startM = endM;
  }
}

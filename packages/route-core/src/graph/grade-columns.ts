import { GrowableArray } from "../growable-array.ts";
import type { EdgeColumns } from "./edge-columns.ts";
import { type CurveColumns, isStraight } from "./curve-columns.ts";
import { addCurvedGrades, createCurvedHistogram } from "./curved-grades.ts";
import { VOID_SLOT } from "./edge-pieces.ts";
import { VOID_BIN } from "./grade-bins.ts";
import { type LinkedPoints, piecesOf, pointOf } from "./network-points.ts";
import type { RoutingGraph } from "./routing-graph.ts";

/** Height columns of a graph. */
export type HeightColumns = Pick<RoutingGraph, "firstHeight" | "heightM">;

/** Histogram columns of a graph. */
export type GradeColumns = Pick<RoutingGraph, "firstBin" | "binGrade" | "binCurve" | "binLengthM">;

/** Copies the points' heights into one run per edge, ends included. */
export function layOutHeights(points: LinkedPoints, heightM: Float64Array): HeightColumns {
  const edgeCount = points.edgeTail.length;
  const firstHeight = new Int32Array(edgeCount + 1);
  for (let edge = 0; edge < edgeCount; edge++) {
    firstHeight[edge + 1] = firstHeight[edge]! + piecesOf(points, edge) + 1;
  }
  const column = new Float32Array(firstHeight[edgeCount]!);
  for (let edge = 0; edge < edgeCount; edge++) {
    const first = firstHeight[edge]!;
    for (let at = first; at < firstHeight[edge + 1]!; at++) {
      column[at] = heightM[pointOf(points, edge, at - first)]!;
    }
  }
  return { firstHeight, heightM: column };
}

/** Builds the histogram of grades and curves of every span from the heights along its edge. */
export function gradeHistograms(
  edges: Pick<EdgeColumns, "edgeTail" | "edgeLengthM" | "firstSpan" | "spanEndM"> & CurveColumns,
  heights: HeightColumns,
): GradeColumns {
  const course = { ...edges, ...heights };
  const firstBin = new Int32Array(edges.spanEndM.length + 1);
  const binGrade = new GrowableArray((n) => new Uint8Array(n));
  const binCurve = new GrowableArray((n) => new Uint8Array(n));
  const binLengthM = new GrowableArray((n) => new Float32Array(n));
  const straight = createCurvedHistogram(1);
  const curved = createCurvedHistogram();
  for (let edge = 0; edge < edges.edgeTail.length; edge++) {
    const histograms = isStraight(edges, edge) ? straight : curved;
    let fromM = 0;
    for (let span = edges.firstSpan[edge]!; span < edges.firstSpan[edge + 1]!; span++) {
      const toM = edges.spanEndM[span]!;
      for (const histogram of histograms) histogram.fill(0);
      addCurvedGrades(course, edge, fromM, toM, histograms);
      for (const [inClass, histogram] of histograms.entries()) {
        for (let slot = 0; slot <= VOID_SLOT; slot++) {
          if (histogram[slot] === 0) continue;
          binGrade.push(slot === VOID_SLOT ? VOID_BIN : slot);
          binCurve.push(inClass);
          binLengthM.push(histogram[slot]!);
        }
      }
      firstBin[span + 1] = binGrade.length;
      fromM = toM;
    }
  }
  return {
    firstBin,
    binGrade: binGrade.toArray(),
    binCurve: binCurve.toArray(),
    binLengthM: binLengthM.toArray(),
  };
}

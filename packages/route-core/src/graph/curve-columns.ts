import { GrowableArray } from "../growable-array.ts";
import { curveClass, curveRadiusM, STRAIGHT } from "./curve-classes.ts";
import { createCurveReader, type EdgeShape } from "./edge-curves.ts";
import type { RoutingGraph } from "./routing-graph.ts";

/** Curve columns of a graph. */
export type CurveColumns = Pick<RoutingGraph, "firstCurve" | "curveEndM" | "curveClass">;

/**
 * Metres of radius that a road gains per metre from a curve. A speed grows with the root of the radius,
 * so this is a constant acceleration: 0.5 m/s2 for trucks (1.5 m/s2 sideways), which is how hard the
 * driver brakes above 60 km/h and about what a loaded truck gains; 0.83 for vans (2.5 sideways).
 */
const RADIUS_PER_M = 2 / 3;

/**
 * Finds the curves of edges for the search tier: in runs of one class, with what slowing down for them
 * and speeding up behind them takes from the speeds on either side.
 */
export function curveColumns(shape: EdgeShape): CurveColumns {
  const edgeCount = shape.edgeLengthM.length;
  const firstCurve = new Int32Array(edgeCount + 1);
  const curveEndM = new GrowableArray((n) => new Float64Array(n));
  const classes = new GrowableArray((n) => new Uint8Array(n));
  const curvesOf = createCurveReader(shape);
  for (let edge = 0; edge < edgeCount; edge++) {
    const curves = curvesOf(edge);
    widen(curves.classes, curves.pieces, curves.pieceM);
    for (let piece = 0; piece < curves.pieces; piece++) {
      const goesOn = piece + 1 < curves.pieces && curves.classes[piece + 1] === curves.classes[piece];
      if (goesOn) continue;
      curveEndM.push((piece + 1) * curves.pieceM);
      classes.push(curves.classes[piece]!);
    }
    firstCurve[edge + 1] = classes.length;
  }
  return { firstCurve, curveEndM: curveEndM.toArray(), curveClass: classes.toArray() };
}

/** Lowers the classes around curves to the radii that the distance from them allows. */
function widen(classes: Uint8Array, pieces: number, pieceM: number): void {
  let radiusM = Infinity;
  for (let piece = 0; piece < pieces; piece++) {
    radiusM = Math.min(radiusM + pieceM * RADIUS_PER_M, curveRadiusM(classes[piece]!));
    classes[piece] = curveClass(radiusM);
  }
  radiusM = Infinity;
  for (let piece = pieces - 1; piece >= 0; piece--) {
    radiusM = Math.min(radiusM + pieceM * RADIUS_PER_M, curveRadiusM(classes[piece]!));
    classes[piece] = curveClass(radiusM);
  }
}

/** Class of the curve at a distance from the tail of an edge. */
export function curveClassAt(
  { firstCurve, curveEndM, curveClass: classes }: CurveColumns,
  edge: number,
  atM: number,
): number {
  const last = firstCurve[edge + 1]! - 1;
  let run = firstCurve[edge]!;
  if (run > last) return STRAIGHT;
  while (run < last && curveEndM[run]! < atM) run++;
  return classes[run]!;
}

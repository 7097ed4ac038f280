import { GrowableArray } from "../growable-array.ts";
import { curveClass, curveRadiusM, STRAIGHT } from "./curve-classes.ts";
import { createCurveReader, type EdgeShape } from "./edge-curves.ts";
import type { RoutingGraph } from "./routing-graph.ts";

/** Curve columns of a graph. */
export type CurveColumns = Pick<RoutingGraph, "firstCurve" | "curveEndM" | "curveClass">;

/**
 * Metres of radius by which a road counts as wider per metre from a curve. A speed grows with the root of
 * the radius, so this is a constant acceleration: 0.75 m/s2 for trucks (1.5 m/s2 sideways), halfway between
 * how the driver brakes at low and at high speed; 1.25 m/s2 for vans (2.5 sideways).
 */
const RADIUS_PER_M = 1;

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
  let radiiM = new Float64Array(256);
  for (let edge = 0; edge < edgeCount; edge++) {
    const { classes: sharp, pieces, pieceM } = curvesOf(edge);
    if (pieces > radiiM.length) radiiM = new Float64Array(2 * pieces);
    widen(sharp, pieces, pieceM, radiiM);
    for (let piece = 0; piece < pieces; piece++) {
      const inClass = curveClass(radiiM[piece]!);
      if (piece + 1 < pieces && curveClass(radiiM[piece + 1]!) === inClass) continue;
      curveEndM.push((piece + 1) * pieceM);
      classes.push(inClass);
    }
    firstCurve[edge + 1] = classes.length;
  }
  return { firstCurve, curveEndM: curveEndM.toArray(), curveClass: classes.toArray() };
}

/** Radii of pieces as far as the curves around them let them be driven. */
function widen(sharp: Uint8Array, pieces: number, pieceM: number, radiiM: Float64Array): void {
  let nearM = Infinity;
  for (let piece = 0; piece < pieces; piece++) {
    nearM = Math.min(nearM + pieceM * RADIUS_PER_M, curveRadiusM(sharp[piece]!));
    radiiM[piece] = nearM;
  }
  nearM = Infinity;
  for (let piece = pieces - 1; piece >= 0; piece--) {
    nearM = Math.min(nearM + pieceM * RADIUS_PER_M, radiiM[piece]!);
    radiiM[piece] = nearM;
  }
}

/** Whether an edge has no curve that anybody slows down for. */
export function isStraight(
  { firstCurve }: Pick<CurveColumns, "firstCurve">,
  edge: number,
): boolean {
  return firstCurve[edge] === firstCurve[edge + 1];
}

/** Class of the curve at a distance from the tail of an edge. */
export function curveClassAt(curves: CurveColumns, edge: number, atM: number): number {
  if (isStraight(curves, edge)) return STRAIGHT;
  const { firstCurve, curveEndM, curveClass: classes } = curves;
  const last = firstCurve[edge + 1]! - 1;
  let run = firstCurve[edge]!;
  if (run === last || atM > curveEndM[last - 1]!) return classes[last]!;
  while (run < last && curveEndM[run]! < atM) run++;
  return classes[run]!;
}

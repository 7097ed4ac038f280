import { cosLatE7, METRES_PER_E7 } from "../geo/distance.ts";
import { curveClass, STRAIGHT } from "./curve-classes.ts";
import type { RoutingGraph } from "./routing-graph.ts";

/** Columns that describe the shape of edges; a subset of the routing graph. */
export type EdgeShape = Pick<
  RoutingGraph,
  "edgeLengthM" | "firstPoint" | "pointLonE7" | "pointLatE7"
>;

/** Longest piece of one class, m. */
const PIECE_M = 7.5;

/** Reach of the chords on either side of a place, in pieces: 15 to 60 m. */
const REACHES: readonly number[] = [2, 3, 5, 8];

/**
 * How far a place has to lie off the chord across it, m. Points that each are 1 m beside a straight
 * road lie at most 2 m off; what is seen from 4 m on has an error of at most one half even then.
 */
const LEAST_OFFSET_M = 4;

/** Finds the curves of an edge. */
export type CurveReader = (edge: number) => EdgeCurves;

/** Curves of an edge in pieces of equal length, from its tail. */
export interface EdgeCurves {
  /** 0 where no piece has a curve. */
  readonly pieces: number;
  readonly pieceM: number;
  /** Class of each piece, see curve-classes.ts; more rows than there are pieces. */
  readonly classes: Uint8Array;
}

/**
 * Creates what finds the curves of edges from their shapes. Around the middle of every piece lie chords
 * of 15, 22, 38 and 60 m to either side along the road; the shortest pair that has the middle 4 m or
 * more off the line between its ends decides, by the circle through the three points (Menger curvature).
 * So short chords see bends, long ones see wide curves, and noise of 1 or 2 m is no curve. A single
 * vertex between long pieces stands for an arc that stays within about a metre and a half of it.
 *
 * An edge ends at a junction, and nothing beyond it is looked at: a turn is no curve. What was found is
 * overwritten by the next reading.
 */
export function createCurveReader(shape: EdgeShape): CurveReader {
  let eastM = new Float64Array(256);
  let northM = new Float64Array(256);
  let classes = new Uint8Array(256);
  const straight: EdgeCurves = { pieces: 0, pieceM: 0, classes };
  return (edge) => {
    // Two points have no curve, and most edges in towns are such.
    if (shape.firstPoint[edge + 1]! - shape.firstPoint[edge]! < 3) return straight;
    const pieces = Math.ceil(shape.edgeLengthM[edge]! / PIECE_M);
    if (pieces > classes.length) {
      eastM = new Float64Array(2 * pieces);
      northM = new Float64Array(2 * pieces);
      classes = new Uint8Array(2 * pieces);
    }
    placeMiddles(shape, edge, pieces, eastM, northM);
    let isCurved = false;
    for (let piece = 0; piece < pieces; piece++) {
      classes[piece] = classAt(eastM, northM, pieces, piece);
      isCurved ||= classes[piece] !== STRAIGHT;
    }
    if (!isCurved) return straight;
    return { pieces, pieceM: shape.edgeLengthM[edge]! / pieces, classes };
  };
}

/** The same for several routes, most of whose roads are the same: each edge is read once, and stays as it is. */
export function createCurveMemory(shape: EdgeShape): CurveReader {
  const read = createCurveReader(shape);
  const known = new Map<number, EdgeCurves>();
  return (edge) => {
    const before = known.get(edge);
    if (before !== undefined) return before;
    const { pieces, pieceM, classes } = read(edge);
    const curves = { pieces, pieceM, classes: classes.slice(0, pieces) };
    known.set(edge, curves);
    return curves;
  };
}

/** Positions of the middles of equal pieces of an edge on a plane, m. */
function placeMiddles(
  { firstPoint, pointLonE7, pointLatE7 }: EdgeShape,
  edge: number,
  pieces: number,
  eastM: Float64Array,
  northM: Float64Array,
): void {
  const first = firstPoint[edge]!;
  const last = firstPoint[edge + 1]! - 1;
  const east = METRES_PER_E7 * cosLatE7(pointLatE7[first]!);
  const lengthOf = (point: number): number => {
    const lonM = (pointLonE7[point + 1]! - pointLonE7[point]!) * east;
    const latM = (pointLatE7[point + 1]! - pointLatE7[point]!) * METRES_PER_E7;
    return Math.sqrt(lonM * lonM + latM * latM);
  };
  let lengthM = 0;
  for (let point = first; point < last; point++) lengthM += lengthOf(point);
  let point = first;
  let beginsM = 0;
  let segmentM = lengthOf(first);
  for (let piece = 0; piece < pieces; piece++) {
    const atM = ((piece + 0.5) * lengthM) / pieces;
    while (atM > beginsM + segmentM && point < last - 1) {
      beginsM += segmentM;
      point++;
      segmentM = lengthOf(point);
    }
    const share = segmentM > 0 ? (atM - beginsM) / segmentM : 0;
    const lon = pointLonE7[point]! + (pointLonE7[point + 1]! - pointLonE7[point]!) * share;
    const lat = pointLatE7[point]! + (pointLatE7[point + 1]! - pointLatE7[point]!) * share;
    eastM[piece] = (lon - pointLonE7[first]!) * east;
    northM[piece] = (lat - pointLatE7[first]!) * METRES_PER_E7;
  }
}

/** Class of the curve around a piece; near the ends of the edge one chord is shorter. */
function classAt(eastM: Float64Array, northM: Float64Array, pieces: number, piece: number): number {
  for (const reach of REACHES) {
    const from = Math.max(0, piece - reach);
    const to = Math.min(pieces - 1, piece + reach);
    const inE = eastM[piece]! - eastM[from]!;
    const inN = northM[piece]! - northM[from]!;
    const outE = eastM[to]! - eastM[piece]!;
    const outN = northM[to]! - northM[piece]!;
    const chordM = Math.sqrt((inE + outE) ** 2 + (inN + outN) ** 2);
    const doubleArea = Math.abs(inE * outN - inN * outE);
    if (doubleArea < LEAST_OFFSET_M * chordM) continue;
    // A road that comes back on itself has no area at all.
    if (doubleArea === 0) return piece === from || piece === to ? STRAIGHT : curveClass(0);
    const inM = Math.sqrt(inE * inE + inN * inN);
    const outM = Math.sqrt(outE * outE + outN * outN);
    return curveClass((inM * outM * chordM) / (2 * doubleArea));
  }
  return STRAIGHT;
}

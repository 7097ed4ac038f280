import type { Costing } from "../../src/costing/costing.ts";
import type { RoutingGraph } from "../../src/graph/routing-graph.ts";
import type { ArcPart } from "../../src/planner/arc-part.ts";
import { gridMetres } from "../networks.ts";

/** Part of an edge that counts with one radius, m. */
export interface CurveByHand {
  readonly fromM: number;
  readonly toM: number;
  readonly radiusM: number;
}

type Place = readonly [eastM: number, northM: number];

/** Radius of the circle through three points, and how far the middle one lies off the line of the others. */
function circleBy(a: Place, b: Place, c: Place): { radiusM: number; offM: number } {
  const length = (p: Place, q: Place): number => Math.hypot(q[0] - p[0], q[1] - p[1]);
  const [ab, bc, ca] = [length(a, b), length(b, c), length(c, a)];
  const area = Math.abs(a[0] * (b[1] - c[1]) + b[0] * (c[1] - a[1]) + c[0] * (a[1] - b[1])) / 2;
  return { radiusM: (ab * bc * ca) / (4 * area), offM: (2 * area) / ca };
}

/** The nearest of 8 m and what is one or more times 1.2 of it, up to 23 of them; then it is straight. */
export function roundedRadius(radiusM: number): number {
  const radii = Array.from({ length: 23 }, (_, step) => 8 * 1.2 ** step);
  if (radiusM > radii.at(-1)! * Math.sqrt(1.2)) return Infinity;
  const off = (other: number): number => Math.abs(Math.log(other / Math.max(radiusM, 1e-9)));
  return radii.reduce((best, other) => (off(other) < off(best) ? other : best));
}

/** Position at a distance along a line. */
function walk(line: readonly Place[], atM: number): Place {
  let leftM = atM;
  for (const [at, to] of line.entries()) {
    const from = line[at - 1];
    if (from === undefined) continue;
    const lengthM = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (leftM <= lengthM || at === line.length - 1) {
      const share = lengthM > 0 ? leftM / lengthM : 0;
      return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
    }
    leftM -= lengthM;
  }
  return line[0]!;
}

/** Curves of an edge as docs/costing.md writes them down, in pieces; radii not yet widened. */
export function sharpCurves(graph: RoutingGraph, edge: number): CurveByHand[] {
  const line: Place[] = [];
  for (let at = graph.firstPoint[edge]!; at < graph.firstPoint[edge + 1]!; at++) {
    line.push([...gridMetres(graph.pointLonE7[at]! / 1e7, graph.pointLatE7[at]! / 1e7)]);
  }
  const lineM = line
    .slice(1)
    .reduce((sum, [e, n], at) => sum + Math.hypot(e - line[at]![0], n - line[at]![1]), 0);
  const lengthM = graph.edgeLengthM[edge]!;
  const count = Math.ceil(lengthM / 7.5);
  const middles = Array.from({ length: count }, (_, k) => walk(line, ((k + 0.5) * lineM) / count));
  return middles.map((middle, k) => {
    const circles = [2, 3, 5, 8].map((reach) =>
      circleBy(middles[Math.max(0, k - reach)]!, middle, middles[Math.min(count - 1, k + reach)]!),
    );
    const radiusM = circles.find(({ offM }) => offM >= 4)?.radiusM ?? Infinity;
    const pieceM = lengthM / count;
    return { fromM: k * pieceM, toM: (k + 1) * pieceM, radiusM: roundedRadius(radiusM) };
  });
}

const known = new WeakMap<RoutingGraph, Map<number, CurveByHand[]>>();

/** Curves of an edge as the search counts them: a metre wider for each metre from a curve. */
export function curvesByHand(graph: RoutingGraph, edge: number): readonly CurveByHand[] {
  const edges = known.get(graph) ?? new Map<number, CurveByHand[]>();
  known.set(graph, edges);
  const before = edges.get(edge);
  if (before !== undefined) return before;
  const sharp = sharpCurves(graph, edge);
  const curves = sharp.map((piece) => {
    const wide = sharp.map((other) => other.radiusM + Math.abs(other.fromM - piece.fromM));
    return { ...piece, radiusM: roundedRadius(Math.min(...wide)) };
  });
  edges.set(edge, curves);
  return curves;
}

/** Curves along parts in driving order: where each ends, from the start, and the speed it allows. */
export function curvesAlong(
  { graph, vehicle }: Costing,
  parts: readonly ArcPart[],
  curvesOf: (graph: RoutingGraph, edge: number) => readonly CurveByHand[],
): { endM: number; mps: number }[] {
  let doneM = 0;
  return parts.flatMap(({ arc, fromM, toM }) => {
    const back = (arc & 1) === 1;
    const inPart = curvesOf(graph, arc >> 1).filter((one) => one.toM > fromM && one.fromM < toM);
    const along = (back ? inPart.toReversed() : inPart).map((one) => {
      const metres = back ? toM - Math.max(fromM, one.fromM) : Math.min(toM, one.toM) - fromM;
      const sideways = vehicle.accessKind === "van" ? 2.5 : 1.5;
      return { endM: doneM + metres, mps: Math.sqrt(sideways * one.radiusM) };
    });
    doneM += toM - fromM;
    return along;
  });
}

/** Row at which a curve is driven at most. */
export function curveRowByHand({ vehicle }: Costing, radiusM: number): number {
  const sideways = vehicle.accessKind === "van" ? 2.5 : 1.5;
  return Math.round(2 * 3.6 * Math.sqrt(sideways * radiusM));
}

/** Row at which a place is driven whose target speed has a row. */
export function curvedRowByHand(costing: Costing, edge: number, atM: number, row: number): number {
  const curves = curvesByHand(costing.graph, edge);
  const at = curves.find(({ toM }) => toM >= atM) ?? curves.at(-1)!;
  return Math.min(row, curveRowByHand(costing, at.radiusM));
}

import { distanceE7 } from "../../src/geo/distance.ts";
import {
  TOLL_ENTRY_BACKWARD,
  TOLL_ENTRY_FORWARD,
  type RoutingGraph,
} from "../../src/graph/routing-graph.ts";
import { type EdgeRecord, edgeRecords, graphOfRecords } from "./edge-records.ts";

/** Equal parts that each height piece is cut into, so that the cut falls between two of them. */
const FINER = 5;

/** A graph with one edge cut in two at a new node. */
export interface SplitGraph {
  readonly graph: RoutingGraph;
  readonly atM: number;
  readonly node: number;
  /** The same place on the cut graph. */
  place(edge: number, atM: number): { readonly edge: number; readonly atM: number };
}

/** Number of places where {@link splitEdge} can cut an edge. */
export function cutCount(graph: RoutingGraph, edge: number): number {
  const pieces = graph.firstHeight[edge + 1]! - graph.firstHeight[edge]! - 1;
  return pieces * FINER - 1;
}

/** Where the cut with a number (1 .. cutCount) lies. */
export function cutAtM(graph: RoutingGraph, edge: number, cut: number): number {
  return (graph.edgeLengthM[edge]! * cut) / (cutCount(graph, edge) + 1);
}

/**
 * Cuts an edge for good: the first part keeps the edge's number, the second part becomes the last
 * edge, and every column is cut at the same place. Turn bans move to the part they concern.
 */
export function splitEdge(graph: RoutingGraph, edge: number, cut: number): SplitGraph {
  const records = edgeRecords(graph);
  const whole = records[edge]!;
  const atM = cutAtM(graph, edge, cut);
  const node = graph.nodeCount;
  const added = records.length;
  const [lonE7, latE7] = pointAt(whole, atM);
  const heights = finerHeights(whole.heights);
  const firstPart: EdgeRecord = {
    ...whole,
    head: node,
    lengthM: atM,
    points: [...pointsBefore(whole, atM), [lonE7, latE7]],
    heights: heights.slice(0, cut + 1),
    spans: whole.spans
      .filter((_, i) => i === 0 || whole.spans[i - 1]!.endM < atM)
      .map((span) => ({
        ...span,
        endM: Math.min(span.endM, atM),
        tollEntry: span.endM > atM ? span.tollEntry & ~TOLL_ENTRY_BACKWARD : span.tollEntry,
      })),
    curves: whole.curves.filter((_, i) => i === 0 || whole.curves[i - 1]!.endM < atM),
    controls: whole.controls.filter((control) => control.atM < atM),
  };
  const secondPart: EdgeRecord = {
    ...whole,
    tail: node,
    lengthM: whole.lengthM - atM,
    points: [[lonE7, latE7], ...whole.points.slice(pointsBefore(whole, atM).length)],
    heights: heights.slice(cut),
    spans: whole.spans.flatMap((span, i) => {
      if (span.endM <= atM) return [];
      const begunBefore = i === 0 || whole.spans[i - 1]!.endM < atM;
      const tollEntry = begunBefore ? span.tollEntry & ~TOLL_ENTRY_FORWARD : span.tollEntry;
      return [{ ...span, endM: span.endM - atM, tollEntry }];
    }),
    curves: whole.curves
      .filter((curve, i) => curve.endM > atM || i === whole.curves.length - 1)
      .map((curve) => ({ ...curve, endM: curve.endM - atM })),
    controls: whole.controls
      .filter((control) => control.atM > atM)
      .map((control) => ({ ...control, atM: control.atM - atM })),
  };
  records[edge] = firstPart;
  records.push(secondPart);
  const extended = (column: Int32Array, value: number): Int32Array =>
    Int32Array.from([...column, value]);
  // What arrives at the head, or leaves it, is now the second part.
  const from = (arc: number): number => (arc === 2 * edge ? 2 * added : arc);
  const to = (arc: number): number => (arc === 2 * edge + 1 ? 2 * added + 1 : arc);
  return {
    atM,
    node,
    graph: graphOfRecords(records, {
      meta: graph.meta,
      nodeLonE7: extended(graph.nodeLonE7, lonE7),
      nodeLatE7: extended(graph.nodeLatE7, latE7),
      nodeComponent: extended(graph.nodeComponent, graph.nodeComponent[whole.tail]!),
      componentNodes: graph.componentNodes,
      banFrom: graph.banFrom.map(from),
      banTo: graph.banTo.map(to),
      banKinds: graph.banKinds,
      ...splitPaths(graph, edge, added),
    }),
    place: (onEdge, metres) =>
      onEdge === edge && metres > atM
        ? { edge: added, atM: metres - atM }
        : { edge: onEdge, atM: metres },
  };
}

/** A forbidden path goes over both parts; it begins on the second and ends on the first one met. */
function splitPaths(
  graph: RoutingGraph,
  edge: number,
  added: number,
): Pick<RoutingGraph, "firstBanPathArc" | "banPathArcs" | "banPathKinds"> {
  const { firstBanPathArc, banPathArcs, banPathKinds } = graph;
  const partsOf = (arc: number): number[] => {
    if (arc >> 1 !== edge) return [arc];
    return (arc & 1) === 0 ? [arc, 2 * added] : [2 * added + 1, arc];
  };
  const paths = Array.from(banPathKinds, (_, k) => {
    const arcs = [...banPathArcs.subarray(firstBanPathArc[k], firstBanPathArc[k + 1])];
    return [
      ...partsOf(arcs[0]!).slice(-1),
      ...arcs.slice(1, -1).flatMap(partsOf),
      ...partsOf(arcs.at(-1)!).slice(0, 1),
    ];
  });
  const first = [0];
  for (const path of paths) first.push(first.at(-1)! + path.length);
  return {
    firstBanPathArc: Int32Array.from(first),
    banPathArcs: Int32Array.from(paths.flat()),
    banPathKinds,
  };
}

function finerHeights(heights: readonly number[]): number[] {
  return heights.flatMap((height, i) => {
    const next = heights[i + 1];
    if (next === undefined) return [height];
    return Array.from({ length: FINER }, (_, k) => height + ((next - height) * k) / FINER);
  });
}

function pointsBefore(whole: EdgeRecord, atM: number): EdgeRecord["points"] {
  let alongM = 0;
  return whole.points.filter((place, i) => {
    const before = whole.points[i - 1];
    if (before !== undefined) alongM += distanceE7(...before, ...place);
    return alongM < atM;
  });
}

function pointAt(whole: EdgeRecord, atM: number): [number, number] {
  const before = pointsBefore(whole, atM);
  let alongM = 0;
  for (let i = 1; i < before.length; i++) alongM += distanceE7(...before[i - 1]!, ...before[i]!);
  const a = before.at(-1)!;
  const b = whole.points[before.length]!;
  const share = (atM - alongM) / distanceE7(...a, ...b);
  return [Math.round(a[0] + (b[0] - a[0]) * share), Math.round(a[1] + (b[1] - a[1]) * share)];
}

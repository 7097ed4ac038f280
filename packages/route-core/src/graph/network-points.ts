import { WAY_BRIDGE, WAY_TUNNEL } from "../osm/road-network.ts";
import type { EdgeColumns } from "./edge-columns.ts";

/** Largest distance between two height samples on an edge. */
export const POINT_SPACING_M = 40;

/**
 * Points at about equal distances along every edge, on which heights are sampled and smoothed. The
 * graph's nodes come first, so that neighbouring edges share the point at their junction; then come
 * the inner points of each edge in turn. Who is whose neighbour follows from that, so no list of
 * neighbours is kept (see point-neighbours.ts): on long roads it would be larger than the graph.
 */
export interface NetworkPoints {
  readonly count: number;
  readonly nodeCount: number;
  readonly edgeTail: Int32Array;
  readonly edgeHead: Int32Array;
  /** First inner point of each edge, and `count`. */
  readonly firstInner: Int32Array;
  /** Distance between two points of each edge. */
  readonly stepM: Float64Array;
  /** 1 where the road is on a bridge or in a tunnel: the ground's height does not apply. */
  readonly onStructure: Uint8Array;
  /** Ends of edges at node n: `ends[firstEnd[n] .. firstEnd[n + 1]]`, 2e at the tail of edge e, 2e + 1 at its head. */
  readonly firstEnd: Int32Array;
  readonly ends: Int32Array;
}

/** How points hang together, whatever lies under them. */
export type LinkedPoints = Omit<NetworkPoints, "onStructure">;

/** Pieces into which the points part an edge: one more than it has inner points. */
export function piecesOf({ firstInner }: LinkedPoints, edge: number): number {
  return firstInner[edge + 1]! - firstInner[edge]! + 1;
}

/** Point at position `piece` (0 = tail, {@link piecesOf} = head) of an edge. */
export function pointOf(points: LinkedPoints, edge: number, piece: number): number {
  if (piece === 0) return points.edgeTail[edge]!;
  const inner = points.firstInner[edge]! + piece - 1;
  return inner < points.firstInner[edge + 1]! ? inner : points.edgeHead[edge]!;
}

/**
 * Places the points.
 *
 * @param wayFlags - flags of the network's ways, for bridges and tunnels
 * @param spacingM - largest distance between two points of an edge
 */
export function placePoints(
  edges: EdgeColumns,
  wayFlags: Uint8Array,
  spacingM: number,
): NetworkPoints {
  const points = linkPoints(edges, edges.nodeLonE7.length, (edge) =>
    Math.max(1, Math.ceil(edges.edgeLengthM[edge]! / spacingM)),
  );
  return { ...points, onStructure: markStructures(edges, wayFlags, points) };
}

/**
 * Numbers the points of edges.
 *
 * @param piecesAlong - pieces into which an edge is parted, at least 1
 */
export function linkPoints(
  edges: Pick<EdgeColumns, "edgeTail" | "edgeHead" | "edgeLengthM">,
  nodeCount: number,
  piecesAlong: (edge: number) => number,
): LinkedPoints {
  const { edgeTail, edgeHead, edgeLengthM } = edges;
  const firstInner = new Int32Array(edgeTail.length + 1);
  const stepM = new Float64Array(edgeTail.length);
  let count = nodeCount;
  for (let edge = 0; edge < edgeTail.length; edge++) {
    const pieces = piecesAlong(edge);
    stepM[edge] = edgeLengthM[edge]! / pieces;
    firstInner[edge] = count;
    count += pieces - 1;
  }
  firstInner[edgeTail.length] = count;
  const ends = endsAtNodes(edges, nodeCount);
  return { count, nodeCount, edgeTail, edgeHead, firstInner, stepM, ...ends };
}

function markStructures(
  edges: EdgeColumns,
  wayFlags: Uint8Array,
  { count, nodeCount, firstInner, stepM }: LinkedPoints,
): Uint8Array {
  const { edgeTail, edgeHead, firstSpan, spanEndM, spanWay } = edges;
  const isStructure = (span: number): boolean =>
    (wayFlags[spanWay[span]!]! & (WAY_BRIDGE | WAY_TUNNEL)) !== 0;
  const onStructure = new Uint8Array(count);
  // A junction is on a structure only when every road at it is.
  onStructure.fill(1, 0, nodeCount);
  for (let edge = 0; edge < edgeTail.length; edge++) {
    const last = firstSpan[edge + 1]! - 1;
    let span = firstSpan[edge]!;
    if (!isStructure(span)) onStructure[edgeTail[edge]!] = 0;
    if (!isStructure(last)) onStructure[edgeHead[edge]!] = 0;
    const first = firstInner[edge]!;
    for (let point = first; point < firstInner[edge + 1]!; point++) {
      const atM = (point - first + 1) * stepM[edge]!;
      while (spanEndM[span]! < atM && span < last) span++;
      onStructure[point] = isStructure(span) ? 1 : 0;
    }
  }
  return onStructure;
}

function endsAtNodes(
  { edgeTail, edgeHead }: Pick<EdgeColumns, "edgeTail" | "edgeHead">,
  nodeCount: number,
): Pick<NetworkPoints, "firstEnd" | "ends"> {
  const firstEnd = new Int32Array(nodeCount + 1);
  for (const node of edgeTail) firstEnd[node + 1]!++;
  for (const node of edgeHead) firstEnd[node + 1]!++;
  for (let node = 0; node < nodeCount; node++) firstEnd[node + 1]! += firstEnd[node]!;
  const next = firstEnd.slice();
  const ends = new Int32Array(2 * edgeTail.length);
  for (let edge = 0; edge < edgeTail.length; edge++) {
    ends[next[edgeTail[edge]!]!++] = 2 * edge;
    ends[next[edgeHead[edge]!]!++] = 2 * edge + 1;
  }
  return { firstEnd, ends };
}

import { distanceE7 } from "../geo/distance.ts";
import { WAY_BRIDGE, WAY_TUNNEL } from "../osm/road-network.ts";
import type { EdgeColumns } from "./edge-columns.ts";

/** Largest distance between two height samples on an edge. */
export const POINT_SPACING_M = 40;

/**
 * Points at about equal distances along every edge, on which heights are sampled and smoothed. The
 * graph's nodes come first, so that neighbouring edges share the point at their junction.
 */
export interface NetworkPoints {
  readonly count: number;
  readonly nodeCount: number;
  /** First inner point of each edge; edge e has `pieces[e] - 1` of them. */
  readonly firstInner: Int32Array;
  readonly pieces: Int32Array;
  /** Interleaved degrees. */
  readonly lonLat: Float64Array;
  /** 1 where the road is on a bridge or in a tunnel: the ground's height does not apply. */
  readonly onStructure: Uint8Array;
  /** Neighbours of point p: `neighbour[firstNeighbour[p] .. firstNeighbour[p + 1]]`. */
  readonly firstNeighbour: Int32Array;
  readonly neighbour: Int32Array;
  readonly neighbourM: Float64Array;
}

/** Point at position `piece` (0 = tail, pieces = head) of an edge. */
export function pointOf(
  edges: Pick<EdgeColumns, "edgeTail" | "edgeHead">,
  points: Pick<NetworkPoints, "pieces" | "firstInner">,
  edge: number,
  piece: number,
): number {
  if (piece === 0) return edges.edgeTail[edge]!;
  if (piece === points.pieces[edge]) return edges.edgeHead[edge]!;
  return points.firstInner[edge]! + piece - 1;
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
  const nodeCount = edges.nodeLonE7.length;
  const edgeCount = edges.edgeTail.length;
  const firstInner = new Int32Array(edgeCount + 1);
  const pieces = new Int32Array(edgeCount);
  let count = nodeCount;
  for (let edge = 0; edge < edgeCount; edge++) {
    pieces[edge] = Math.max(1, Math.ceil(edges.edgeLengthM[edge]! / spacingM));
    firstInner[edge] = count;
    count += pieces[edge]! - 1;
  }
  firstInner[edgeCount] = count;
  const lonLat = new Float64Array(2 * count);
  const onStructure = new Uint8Array(count);
  for (let node = 0; node < nodeCount; node++) {
    lonLat[2 * node] = edges.nodeLonE7[node]! * 1e-7;
    lonLat[2 * node + 1] = edges.nodeLatE7[node]! * 1e-7;
  }
  // A junction is on a structure only when every road at it is.
  onStructure.fill(1, 0, nodeCount);
  for (let edge = 0; edge < edgeCount; edge++) {
    const first = edges.firstSpan[edge]!;
    const last = edges.firstSpan[edge + 1]! - 1;
    if (!isStructure(edges, wayFlags, first)) onStructure[edges.edgeTail[edge]!] = 0;
    if (!isStructure(edges, wayFlags, last)) onStructure[edges.edgeHead[edge]!] = 0;
    placeInner(edges, wayFlags, edge, pieces[edge]!, firstInner[edge]!, lonLat, onStructure);
  }
  return {
    count,
    nodeCount,
    firstInner,
    pieces,
    lonLat,
    onStructure,
    ...linkNeighbours(edges, pieces, firstInner, count),
  };
}

function isStructure(edges: EdgeColumns, wayFlags: Uint8Array, span: number): boolean {
  return (wayFlags[edges.spanWay[span]!]! & (WAY_BRIDGE | WAY_TUNNEL)) !== 0;
}

function placeInner(
  edges: EdgeColumns,
  wayFlags: Uint8Array,
  edge: number,
  pieces: number,
  firstInner: number,
  lonLat: Float64Array,
  onStructure: Uint8Array,
): void {
  const stepM = edges.edgeLengthM[edge]! / pieces;
  let span = edges.firstSpan[edge]!;
  let point = edges.firstPoint[edge]!;
  const lastPoint = edges.firstPoint[edge + 1]! - 1;
  let fromM = 0;
  let toM = segmentM(edges, point);
  for (let piece = 1; piece < pieces; piece++) {
    const atM = piece * stepM;
    while (toM < atM && point + 1 < lastPoint) {
      point++;
      fromM = toM;
      toM += segmentM(edges, point);
    }
    while (edges.spanEndM[span]! < atM && span + 1 < edges.firstSpan[edge + 1]!) span++;
    const share = toM > fromM ? Math.min(1, (atM - fromM) / (toM - fromM)) : 0;
    const inner = firstInner + piece - 1;
    const lonA = edges.pointLonE7[point]!;
    const latA = edges.pointLatE7[point]!;
    lonLat[2 * inner] = (lonA + (edges.pointLonE7[point + 1]! - lonA) * share) * 1e-7;
    lonLat[2 * inner + 1] = (latA + (edges.pointLatE7[point + 1]! - latA) * share) * 1e-7;
    onStructure[inner] = isStructure(edges, wayFlags, span) ? 1 : 0;
  }
}

function segmentM(edges: EdgeColumns, point: number): number {
  return distanceE7(
    edges.pointLonE7[point]!,
    edges.pointLatE7[point]!,
    edges.pointLonE7[point + 1]!,
    edges.pointLatE7[point + 1]!,
  );
}

/** Finds which points lie next to each other, and how far apart. */
export function linkNeighbours(
  edges: Pick<EdgeColumns, "edgeTail" | "edgeHead" | "edgeLengthM">,
  pieces: Int32Array,
  firstInner: Int32Array,
  count: number,
): Pick<NetworkPoints, "firstNeighbour" | "neighbour" | "neighbourM"> {
  const at = (edge: number, piece: number): number =>
    pointOf(edges, { pieces, firstInner }, edge, piece);
  const firstNeighbour = new Int32Array(count + 1);
  for (let edge = 0; edge < pieces.length; edge++) {
    for (let piece = 0; piece < pieces[edge]!; piece++) {
      firstNeighbour[at(edge, piece) + 1]!++;
      firstNeighbour[at(edge, piece + 1) + 1]!++;
    }
  }
  for (let point = 0; point < count; point++) firstNeighbour[point + 1]! += firstNeighbour[point]!;
  const next = firstNeighbour.slice();
  const neighbour = new Int32Array(firstNeighbour[count]!);
  const neighbourM = new Float64Array(neighbour.length);
  for (let edge = 0; edge < pieces.length; edge++) {
    const stepM = edges.edgeLengthM[edge]! / pieces[edge]!;
    for (let piece = 0; piece < pieces[edge]!; piece++) {
      const a = at(edge, piece);
      const b = at(edge, piece + 1);
      neighbourM[next[a]!] = stepM;
      neighbour[next[a]!++] = b;
      neighbourM[next[b]!] = stepM;
      neighbour[next[b]!++] = a;
    }
  }
  return { firstNeighbour, neighbour, neighbourM };
}

import { distanceE7 } from "../geo/distance.ts";
import type { EdgeColumns } from "./edge-columns.ts";
import type { NetworkPoints } from "./network-points.ts";

/** Positions of all points that are not on a structure, in their order: interleaved degrees. */
export function groundPositions(edges: EdgeColumns, points: NetworkPoints): Float64Array {
  const { nodeCount, onStructure } = points;
  let ground = 0;
  for (const mark of onStructure) if (mark === 0) ground++;
  const lonLat = new Float64Array(2 * ground);
  let at = 0;
  for (let node = 0; node < nodeCount; node++) {
    if (onStructure[node] === 1) continue;
    lonLat[at++] = edges.nodeLonE7[node]! * 1e-7;
    lonLat[at++] = edges.nodeLatE7[node]! * 1e-7;
  }
  for (let edge = 0; edge < edges.edgeTail.length; edge++) {
    at = addInner(edges, points, edge, lonLat, at);
  }
  return lonLat;
}

/** Adds the inner points of an edge; returns where the next position goes. */
function addInner(
  edges: EdgeColumns,
  { firstInner, stepM, onStructure }: NetworkPoints,
  edge: number,
  lonLat: Float64Array,
  from: number,
): number {
  const first = firstInner[edge]!;
  const last = edges.firstPoint[edge + 1]! - 1;
  let shape = edges.firstPoint[edge]!;
  let at = from;
  let fromM = 0;
  let toM = segmentM(edges, shape);
  for (let point = first; point < firstInner[edge + 1]!; point++) {
    const atM = (point - first + 1) * stepM[edge]!;
    while (toM < atM && shape + 1 < last) {
      shape++;
      fromM = toM;
      toM += segmentM(edges, shape);
    }
    if (onStructure[point] === 1) continue;
    const share = toM > fromM ? Math.min(1, (atM - fromM) / (toM - fromM)) : 0;
    const lonA = edges.pointLonE7[shape]!;
    const latA = edges.pointLatE7[shape]!;
    lonLat[at++] = (lonA + (edges.pointLonE7[shape + 1]! - lonA) * share) * 1e-7;
    lonLat[at++] = (latA + (edges.pointLatE7[shape + 1]! - latA) * share) * 1e-7;
  }
  return at;
}

function segmentM(edges: EdgeColumns, point: number): number {
  return distanceE7(
    edges.pointLonE7[point]!,
    edges.pointLatE7[point]!,
    edges.pointLonE7[point + 1]!,
    edges.pointLatE7[point + 1]!,
  );
}

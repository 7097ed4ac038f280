import { MIN_GRADED_EDGE_M } from "../graph/edge-pieces.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";

/**
 * Finds a height for every node that fits what arcs are costed by. Arcs too short for a grade are costed as
 * level, so the nodes that they join get one height: the mean of theirs. A node in a void gets the
 * height of the nearest known one, by number of arcs; 0 where nothing around is known.
 *
 * @param height - one per node; filled
 */
export function fillPotentialHeights(graph: RoutingGraph, height: Float64Array): void {
  const { nodeCount, edgeCount, edgeTail, edgeHead, edgeLengthM, firstHeight, heightM } = graph;
  height.fill(Number.NaN);
  const group = Int32Array.from({ length: nodeCount }, (_, node) => node);
  const rootOf = (node: number): number => {
    let root = node;
    while (group[root] !== root) {
      // Halving keeps the ways to the root short.
      group[root] = group[group[root]!]!;
      root = group[root]!;
    }
    return root;
  };
  for (let edge = 0; edge < edgeCount; edge++) {
    const tail = edgeTail[edge]!;
    const head = edgeHead[edge]!;
    // All edges at a node have the same height there, or a void.
    const tailM = heightM[firstHeight[edge]!]!;
    const headM = heightM[firstHeight[edge + 1]! - 1]!;
    if (!Number.isNaN(tailM)) height[tail] = tailM;
    if (!Number.isNaN(headM)) height[head] = headM;
    if (edgeLengthM[edge]! < MIN_GRADED_EDGE_M) group[rootOf(tail)] = rootOf(head);
  }
  const sumM = new Float64Array(nodeCount);
  const known = new Int32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    if (Number.isNaN(height[node]!)) continue;
    sumM[rootOf(node)]! += height[node]!;
    known[rootOf(node)]!++;
  }
  for (let node = 0; node < nodeCount; node++) {
    const root = rootOf(node);
    height[node] = known[root]! > 0 ? sumM[root]! / known[root]! : Number.NaN;
  }
  fillVoids(graph, height);
}

/** Spreads known heights over the arcs into the voids. */
function fillVoids({ edgeCount, edgeTail, edgeHead }: RoutingGraph, height: Float64Array): void {
  for (let grew = true; grew;) {
    const found: (readonly [node: number, heightM: number])[] = [];
    for (let edge = 0; edge < edgeCount; edge++) {
      const tailM = height[edgeTail[edge]!]!;
      const headM = height[edgeHead[edge]!]!;
      if (Number.isNaN(tailM) === Number.isNaN(headM)) continue;
      found.push(Number.isNaN(tailM) ? [edgeTail[edge]!, headM] : [edgeHead[edge]!, tailM]);
    }
    for (const [node, heightM] of found) height[node] = heightM;
    grew = found.length > 0;
  }
  for (let node = 0; node < height.length; node++) {
    if (Number.isNaN(height[node]!)) height[node] = 0;
  }
}

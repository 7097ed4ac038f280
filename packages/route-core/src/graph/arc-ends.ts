import type { RoutingGraph } from "./routing-graph.ts";

/** Nodes per arc id: arc 2e leads from the tail of edge e to its head, arc 2e + 1 back. */
export function arcEnds(graph: Pick<RoutingGraph, "edgeCount" | "edgeTail" | "edgeHead">): {
  readonly tails: Int32Array;
  readonly heads: Int32Array;
} {
  const tails = new Int32Array(2 * graph.edgeCount);
  const heads = new Int32Array(2 * graph.edgeCount);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    tails[2 * edge] = heads[2 * edge + 1] = graph.edgeTail[edge]!;
    heads[2 * edge] = tails[2 * edge + 1] = graph.edgeHead[edge]!;
  }
  return { tails, heads };
}

import type { RoutingGraph } from "./routing-graph.ts";

/** A place on an edge closer to a junction than this stands on the junction, m. */
const AT_NODE_M = 1e-3;

/**
 * The junction that a place stands on, or -1. Every click beyond a corner is projected on one: a trip
 * may then leave over any road that meets there, not only over the edge that was found first.
 */
export function nodeAt(
  graph: Pick<RoutingGraph, "edgeTail" | "edgeHead" | "edgeLengthM">,
  { edge, atM }: { readonly edge: number; readonly atM: number },
): number {
  if (atM <= AT_NODE_M) return graph.edgeTail[edge]!;
  return atM >= graph.edgeLengthM[edge]! - AT_NODE_M ? graph.edgeHead[edge]! : -1;
}

import type { RoutingGraph } from "../graph/routing-graph.ts";
import type { EdgePosition } from "../snap/edge-locator.ts";

/** The span of a position's edge that the position lies on. */
export function spanAt(graph: RoutingGraph, { edge, atM }: EdgePosition): number {
  let span = graph.firstSpan[edge]!;
  while (graph.spanEndM[span]! < atM && span + 1 < graph.firstSpan[edge + 1]!) span++;
  return span;
}

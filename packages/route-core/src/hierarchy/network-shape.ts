import { arcEnds } from "../graph/arc-ends.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";

/**
 * What an order needs to know of a road network: which nodes are joined, and roughly where they lie.
 * Costs, one-ways and parallel arcs do not matter to it.
 */
export interface NetworkShape {
  readonly nodeCount: number;
  /** Node per arc id; both directions of a road, loops and parallel arcs are allowed. */
  readonly tails: Int32Array;
  readonly heads: Int32Array;
  /** Position per node in a plane, any unit that is the same on both axes. */
  readonly x: Int32Array;
  readonly y: Int32Array;
}

/** The shape of a routing graph: arcs 2e and 2e + 1 of edge e, positions in 1e-7 degrees of latitude. */
export function networkShape(graph: RoutingGraph): NetworkShape {
  const [, south, , north] = graph.meta.bbox;
  const eastScale = Math.cos(((south + north) / 2) * (Math.PI / 180));
  return {
    nodeCount: graph.nodeCount,
    ...arcEnds(graph),
    x: Int32Array.from(graph.nodeLonE7, (lonE7) => Math.round(lonE7 * eastScale)),
    y: graph.nodeLatE7,
  };
}

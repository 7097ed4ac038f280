import type { Hierarchy } from "../hierarchy/hierarchy.ts";
import type { HierarchyWeights } from "../hierarchy/hierarchy-weights.ts";
import type { BoundsSource } from "./lower-bounds.ts";
import { PocketPotentials } from "./pocket-potentials.ts";
import type { SearchGraph } from "./search-graph.ts";

/**
 * Bounds from the potentials of a hierarchy, found for just the nodes that a search comes across.
 *
 * @param weights customised with the costs of `graph`, one metric per objective, its restricted arcs
 *   closed
 * @throws RangeError when the weights have another number of metrics
 */
export function createHierarchyBounds(
  graph: SearchGraph,
  hierarchy: Hierarchy,
  weights: HierarchyWeights,
): BoundsSource {
  if (weights.metricCount !== graph.objectiveCount) {
    throw new RangeError(`${weights.metricCount} metrics for ${graph.objectiveCount} objectives`);
  }
  const bounds = new PocketPotentials(graph, hierarchy, weights, (costs) => costs);
  return {
    boundsTo: (_, query, budget) => ({ status: bounds.begin(query, budget), bounds }),
  };
}

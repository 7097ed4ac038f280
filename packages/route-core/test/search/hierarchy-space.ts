import { buildHierarchy } from "../../src/hierarchy/build-hierarchy.ts";
import { customize } from "../../src/hierarchy/customize.ts";
import { createHierarchyBounds } from "../../src/search/hierarchy-bounds.ts";
import { createMixedBounds, customizeMixes } from "../../src/search/mixed-bounds.ts";
import { INF, type SearchGraph } from "../../src/search/search-graph.ts";
import { createSearchSpace, type SearchSpace } from "../../src/search/search-space.ts";
import type { SmallNetwork } from "./small-network.ts";

/** A space with bounds and mixed bounds from a hierarchy of three objectives. */
export function hierarchySpace({ nodeCount, arcs }: SmallNetwork, graph: SearchGraph): SearchSpace {
  const costs = Int32Array.from(arcs.flatMap((arc) => arc?.costs ?? [INF, INF, INF]));
  const closed = Uint8Array.from(arcs, (arc) => (arc?.restricted === true ? 1 : 0));
  const hierarchy = buildHierarchy(
    nodeCount,
    Int32Array.from(arcs, (arc) => arc?.tail ?? 0),
    Int32Array.from(arcs, (arc) => arc?.head ?? 0),
    Int32Array.from({ length: nodeCount }, (_, node) => node),
  );
  const weights = customize(hierarchy, { metricCount: 3, costs, closed });
  const mixes = customizeMixes(hierarchy, costs, closed);
  return createSearchSpace(graph, {
    bounds: createHierarchyBounds(graph, hierarchy, weights),
    mixed: createMixedBounds(graph, hierarchy, mixes),
  });
}

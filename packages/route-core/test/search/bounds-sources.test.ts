import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { buildHierarchy } from "../../src/hierarchy/build-hierarchy.ts";
import { customize } from "../../src/hierarchy/customize.ts";
import { epsilonSearch } from "../../src/search/epsilon-search.ts";
import { exactSearch } from "../../src/search/exact-search.ts";
import { createHierarchyBounds } from "../../src/search/hierarchy-bounds.ts";
import { createMixedBounds, customizeMixes } from "../../src/search/mixed-bounds.ts";
import { INF } from "../../src/search/search-graph.ts";
import { createSearchSpace, type SearchSpace } from "../../src/search/search-space.ts";
import { labelCorrectingFront } from "./brute-force.ts";
import { expectRealRoutes, UNLIMITED, vectorsOf } from "./results.ts";
import { graphOf, type SmallCase, smallCase } from "./small-network.ts";

const LIMITS = { maxNodes: 12, maxEdges: 40, maxCost: 30 };

/** A space on a hierarchy whose order is that of the node numbers. */
function spaceOnHierarchy({ network }: SmallCase, isMixed: boolean): SearchSpace {
  const { arcs, nodeCount } = network;
  const graph = graphOf(network);
  const hierarchy = buildHierarchy(
    nodeCount,
    Int32Array.from(arcs, (arc) => arc?.tail ?? 0),
    Int32Array.from(arcs, (arc) => arc?.head ?? 0),
    Int32Array.from({ length: nodeCount }, (_, node) => node),
  );
  const costs = Int32Array.from(arcs.flatMap((arc) => arc?.costs ?? [INF, INF, INF]));
  const closed = Uint8Array.from(arcs, (arc) => (arc?.restricted === true ? 1 : 0));
  const weights = customize(hierarchy, { metricCount: 3, costs, closed });
  const bounds = createHierarchyBounds(graph, hierarchy, weights);
  if (!isMixed) return createSearchSpace(graph, { bounds });
  const mixes = customizeMixes(hierarchy, costs, closed);
  return createSearchSpace(graph, { bounds, mixed: createMixedBounds(graph, hierarchy, mixes) });
}

describe.each([false, true])("bounds of a hierarchy, mixed ones: %s", (isMixed) => {
  it("give the exact front", () => {
    fc.assert(
      fc.property(smallCase(LIMITS), (made) => {
        const result = exactSearch(spaceOnHierarchy(made, isMixed), made.query, UNLIMITED);
        expect(vectorsOf(result)).toEqual(labelCorrectingFront(made));
        expectRealRoutes(made, result);
      }),
      { numRuns: 300 },
    );
  });

  it("keep the promise of an epsilon", () => {
    fc.assert(
      fc.property(smallCase(LIMITS), (made) => {
        const space = spaceOnHierarchy(made, isMixed);
        const found = vectorsOf(epsilonSearch(space, made.query, 0.25, UNLIMITED));
        const isCovered = (point: readonly number[]): boolean =>
          found.some((route) => route.every((cost, k) => cost * 4 <= point[k]! * 5));
        expect(labelCorrectingFront(made).filter((point) => !isCovered(point))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

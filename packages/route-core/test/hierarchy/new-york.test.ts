import { createSeededRandom } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { customize } from "../../src/hierarchy/customize.ts";
import { LazyPotentials } from "../../src/hierarchy/lazy-potentials.ts";
import { ShortestPaths } from "../../src/hierarchy/shortest-paths.ts";
import { hasNewYork, readNewYork } from "../new-york.ts";
import { hierarchyOf } from "./arc-graphs.ts";
import { createDijkstra } from "./dijkstra.ts";

const SOURCES = 40;
const TARGETS = 250;

describe.skipIf(!hasNewYork)("the hierarchy of DIMACS New York", () => {
  const graph = hasNewYork ? { ...readNewYork(), metricCount: 3 } : undefined!;
  const hierarchy = hasNewYork ? hierarchyOf(graph) : undefined!;

  it("has fewer arcs than a good published order makes", () => {
    expect(graph.tails.length).toBe(730_100);
    expect(hierarchy.arcCount).toBeLessThan(1_430_675);
  });

  it(
    "gives the distances of 10,000 random pairs in three metrics, as Dijkstra does",
    { timeout: 240_000 },
    () => {
      const random = createSeededRandom(1);
      const node = (): number => random.integer(0, graph.nodeCount - 1);
      const weights = customize(hierarchy, { ...graph, keepPaths: true, perfect: true });
      const bounds = customize(hierarchy, graph);
      const potentials = new LazyPotentials(hierarchy, bounds, "from-ends");
      const searches = [0, 1, 2].map((metric) => new ShortestPaths(hierarchy, weights, metric));
      const dijkstra = createDijkstra(graph);
      const sums = { dijkstra: [0, 0, 0], queries: [0, 0, 0], potentials: [0, 0, 0] };
      for (let s = 0; s < SOURCES; s++) {
        const source = node();
        const targets = Array.from({ length: TARGETS }, node);
        potentials.begin([{ node: source, costs: [0, 0, 0] }]);
        for (let metric = 0; metric < 3; metric++) {
          const distance = dijkstra(source, metric);
          const search = searches[metric]!;
          for (const target of targets) {
            sums.dijkstra[metric]! += distance[target]!;
            sums.queries[metric]! += search.distance(source, target);
            sums.potentials[metric]! += potentials.values[potentials.at(target) + metric]!;
          }
          // The last path of each source, arc by arc.
          let at = source;
          let cost = 0;
          for (const arc of search.path()) {
            if (graph.tails[arc] !== at) throw new Error(`arc ${arc} does not leave ${at}`);
            at = graph.heads[arc]!;
            cost += graph.costs[arc * 3 + metric]!;
          }
          expect([at, cost]).toEqual([targets.at(-1), distance[targets.at(-1)!]]);
        }
      }
      expect(sums.queries).toEqual(sums.dijkstra);
      expect(sums.potentials).toEqual(sums.dijkstra);
    },
  );
});

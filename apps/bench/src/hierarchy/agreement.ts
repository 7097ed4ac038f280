import type { Random } from "@gradeway/quality-gates";
import {
  type Hierarchy,
  type HierarchyWeights,
  INF,
  LazyPotentials,
  ShortestPaths,
} from "@gradeway/route-core/hierarchy";

import { METRICS, type MeasuredNetwork } from "./measured-network.ts";
import { createOneToAll } from "./plain-search.ts";

/** How far two methods agree. */
export interface Agreement {
  /** Pairs of nodes, each compared in every metric. */
  readonly pairs: number;
  /** Distances that differ from Dijkstra's, by a query or by potentials. */
  readonly differences: number;
  /** Pairs without a path in some metric. */
  readonly unreachable: number;
}

/** Compares queries and potentials with Dijkstra on random pairs, several targets per source. */
export function compareWithDijkstra(
  network: MeasuredNetwork,
  hierarchy: Hierarchy,
  weights: HierarchyWeights,
  random: Random,
  sources: number,
  targetsPerSource: number,
): Agreement {
  const draw = (): number => network.nodes[Math.floor(random() * network.nodes.length)]!;
  const potentials = new LazyPotentials(hierarchy, weights, "from-ends");
  let differences = 0;
  let unreachable = 0;
  const trips = Array.from({ length: sources }, () => ({
    source: draw(),
    targets: Array.from({ length: targetsPerSource }, draw),
  }));
  for (let metric = 0; metric < METRICS; metric++) {
    const oneToAll = createOneToAll(network, metric);
    const paths = new ShortestPaths(hierarchy, weights, metric);
    for (const { source, targets } of trips) {
      const wanted = oneToAll(source);
      potentials.begin([{ node: source, costs: [0, 0, 0] }]);
      for (const target of targets) {
        if (paths.distance(source, target) !== wanted[target]) differences++;
        if (potentials.values[potentials.at(target) + metric] !== wanted[target]) differences++;
        if (wanted[target] === INF) unreachable++;
      }
    }
  }
  return { pairs: sources * targetsPerSource, differences, unreachable };
}

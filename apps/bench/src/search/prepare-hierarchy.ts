import type { Random } from "@gradeway/quality-gates";
import {
  buildHierarchy,
  customize,
  type Hierarchy,
  nestedDissection,
  ShortestPaths,
} from "@gradeway/route-core/hierarchy";

import { distributionOf } from "../distribution.ts";
import type { QueryTimes } from "../hierarchy/measure-queries.ts";
import { METRICS, type MeasuredNetwork } from "../hierarchy/measured-network.ts";
import { createOneToAll } from "../hierarchy/plain-search.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { timed, timedRuns, type Timing } from "../timed.ts";

const DIJKSTRA_RUNS = 7;
const BUILD_RUNS = 3;
const DISTANCES = 2000;

/** What a network costs once, before any costs are known. */
export interface Preparation {
  /** From one node to all, in the first metric: the unit of the others; the median. */
  readonly dijkstra: Timing;
  readonly order: Timing;
  readonly build: Timing;
  readonly hierarchyArcs: number;
}

/** Builds the hierarchy of a network, with times. */
export function prepareHierarchy(
  network: MeasuredNetwork,
  random: Random,
  progress: (text: string) => void,
): { readonly hierarchy: Hierarchy; readonly preparation: Preparation } {
  const { shape } = network;
  progress("Dijkstra");
  const oneToAll = createOneToAll(network, 0);
  for (let run = 0; run < DIJKSTRA_RUNS; run++) oneToAll(draw(network, random));
  const { timing: dijkstra } = timedRuns(DIJKSTRA_RUNS, () => oneToAll(draw(network, random)));
  progress("order");
  const order = timed(() => nestedDissection(shape));
  progress("hierarchy");
  const { result: hierarchy, timing: build } = timedRuns(BUILD_RUNS, () =>
    buildHierarchy(shape.nodeCount, shape.tails, shape.heads, order.result),
  );
  const { arcCount: hierarchyArcs } = hierarchy;
  return { hierarchy, preparation: { dijkstra, order: order.timing, build, hierarchyArcs } };
}

/** Distances in the first metric on perfect weights, random pairs, warm. */
export function measureDistances(
  network: MeasuredNetwork,
  hierarchy: Hierarchy,
  random: Random,
): QueryTimes {
  const costs = network.costs.filter((_, at) => at % METRICS === 0);
  const weights = customize(hierarchy, {
    metricCount: 1,
    costs,
    closed: network.closed,
    perfect: true,
  });
  const paths = new ShortestPaths(hierarchy, weights);
  const ask = (): number => {
    const from = draw(network, random);
    const to = draw(network, random);
    const startedAtMs = monotonicMs();
    paths.distance(from, to);
    return 1000 * (monotonicMs() - startedAtMs);
  };
  for (let k = 0; k < DISTANCES; k++) ask();
  const { result, timing } = timed(() => Array.from({ length: DISTANCES }, ask));
  return {
    title: "distance",
    timesUs: distributionOf(result),
    meanCpuUs: (1000 * timing.cpuMs) / DISTANCES,
    handled: { count: 0, of: "" },
  };
}

function draw({ nodes }: MeasuredNetwork, random: Random): number {
  return nodes[Math.floor(random() * nodes.length)]!;
}

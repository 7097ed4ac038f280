import type { Random } from "@gradeway/quality-gates";
import {
  costMatrix,
  type Hierarchy,
  type HierarchyEnd,
  type HierarchyWeights,
  LazyPotentials,
  Reach,
  ShortestPaths,
} from "@gradeway/route-core/hierarchy";

import { type Distribution, distributionOf } from "../distribution.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { timed } from "../timed.ts";
import { createBoundedSearch, createOneToAll } from "./plain-search.ts";
import { METRICS, type MeasuredNetwork } from "./measured-network.ts";

const NO_COSTS = [0, 0, 0];
const MATRIX_TARGETS = 1000;
const REACH_SAMPLES = 9;

/** What is measured on a finished hierarchy. */
export interface QuerySubject {
  readonly network: MeasuredNetwork;
  readonly hierarchy: Hierarchy;
  /** First metric only. */
  readonly one: HierarchyWeights;
  /** The same, perfect and with paths. */
  readonly perfect: HierarchyWeights;
  /** All metrics. */
  readonly three: HierarchyWeights;
  readonly random: Random;
}

/** One kind of query. */
export interface QueryTimes {
  readonly title: string;
  readonly timesUs: Distribution;
  /** Mean CPU time; the machine's other work is not in it. */
  readonly meanCpuUs: number;
  /** What a query handled in the mean, for example arcs of a path. */
  readonly handled: { readonly count: number; readonly of: string };
}

/** Measures every kind of query, warm, each on random trips. */
export function measureQueries(subject: QuerySubject, pairs: number): QueryTimes[] {
  const { network, hierarchy, one, perfect, three, random } = subject;
  const draw = (): number => network.nodes[Math.floor(random() * network.nodes.length)]!;
  const few = Math.max(1, Math.round(pairs / 25));
  const basicPaths = new ShortestPaths(hierarchy, one);
  const paths = new ShortestPaths(hierarchy, perfect);
  const potentials = new LazyPotentials(hierarchy, three);
  const outward = new LazyPotentials(hierarchy, three, "from-ends");
  const aStar = createBoundedSearch(network, 0);
  const reach = new Reach(hierarchy, perfect);
  const limit = reachOfTenth(network, Array.from({ length: REACH_SAMPLES }, draw));
  const endAt = (node: number): HierarchyEnd => ({ node, costs: NO_COSTS });
  const targets = Int32Array.from({ length: MATRIX_TARGETS }, draw);
  return [
    measure("distance, basic", pairs, "", () => {
      const [from, to] = [draw(), draw()];
      return () => {
        basicPaths.distance(from, to);
        return 0;
      };
    }),
    measure("distance", pairs, "", () => {
      const [from, to] = [draw(), draw()];
      return () => {
        paths.distance(from, to);
        return 0;
      };
    }),
    measure("distance and path", few, "arcs", () => {
      const [from, to] = [draw(), draw()];
      return () => {
        paths.distance(from, to);
        return paths.path().length;
      };
    }),
    measure("potentials: begin", few, "", () => {
      const ends = [endAt(draw())];
      return () => {
        potentials.begin(ends);
        return 0;
      };
    }),
    measure("A* on potentials", few, "nodes touched", () => {
      const [from, to] = [draw(), draw()];
      const bound = (node: number): number => potentials.values[potentials.at(node)]!;
      return () => {
        potentials.begin([endAt(to)]);
        return aStar(from, to, bound).touched;
      };
    }),
    measure(`1 to ${MATRIX_TARGETS}, ${METRICS} metrics`, few, "", () => {
      const starts = [endAt(draw())];
      return () => {
        costMatrix(outward, starts, targets);
        return 0;
      };
    }),
    measure("isochrone", few, "nodes", () => {
      const starts = [endAt(draw())];
      return () => {
        reach.run(starts, limit);
        return reach.count;
      };
    }),
  ];
}

/**
 * @param prepare draws a query; what it returns is timed, and answers how much it handled
 */
function measure(
  title: string,
  count: number,
  of: string,
  prepare: () => () => number,
): QueryTimes {
  for (let k = 0; k < count / 5; k++) prepare()();
  let handled = 0;
  const { result, timing } = timed(() =>
    Array.from({ length: count }, () => {
      const run = prepare();
      const startedAtMs = monotonicMs();
      handled += run();
      return 1000 * (monotonicMs() - startedAtMs);
    }),
  );
  return {
    title,
    timesUs: distributionOf(result),
    meanCpuUs: (1000 * timing.cpuMs) / count,
    handled: { count: handled / count, of },
  };
}

/** The cost within which a tenth of the network lies, for the median of some nodes. */
function reachOfTenth(network: MeasuredNetwork, sources: readonly number[]): number {
  const oneToAll = createOneToAll(network, 0);
  const tenths = sources.map((source) => {
    const distances = oneToAll(source);
    const sorted = Int32Array.from(network.nodes, (node) => distances[node]!).sort();
    return sorted[Math.floor(sorted.length / 10)]!;
  });
  return distributionOf(tenths).p50;
}

import { customize, type Hierarchy } from "@gradeway/route-core/hierarchy";
import {
  anytimeSearch,
  createHierarchyBounds,
  createMixedBounds,
  createSearchSpace,
  customizeMixes,
  epsilonSearch,
  exactSearch,
  type ProvenResult,
  type SearchBudget,
  type SearchGraph,
  type SearchResult,
  type SearchSpace,
} from "@gradeway/route-core/search";

import { METRICS, type MeasuredNetwork } from "../hierarchy/measured-network.ts";
import { cpuMs } from "../cpu-time.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { medianOf, timed, type Timing } from "../timed.ts";
import { nodeQuery } from "./plain-graph.ts";

/** What a search may hold: labels, queue and fronts. */
const MOST_BYTES = 8 * 2 ** 30;
const CUSTOMIZE_RUNS = 3;

/** One front from node to node, bounds included. */
export interface TimedFront {
  readonly timing: Timing;
  readonly result: SearchResult;
}

/**
 * Searches a front, bounds included.
 *
 * @param epsilon 0 = exact
 * @param limitMs of processor time, so that other work on the machine does not count
 */
export type FrontSolver = (
  source: number,
  target: number,
  epsilon: number,
  limitMs: number,
) => TimedFront;

/** What an anytime search came to before its deadline. */
export interface TimedAnytime {
  readonly timing: Timing;
  readonly result: ProvenResult;
  /** The front that was proven first, and the processor time until then; null = none was handed out. */
  readonly first: { readonly epsilon: number; readonly cpuMs: number } | null;
}

/** A solver on a hierarchy, and what it took to customise the hierarchy for it. */
export interface HierarchySolver {
  readonly solve: FrontSolver;
  /** The product's way under a deadline: see `anytimeSearch`. */
  readonly solveAnytime: (source: number, target: number, limitMs: number) => TimedAnytime;
  /** Bounds of the objectives; the median. */
  readonly customize: Timing;
  /** Of the bounds of the objectives. */
  readonly weightsBytes: number;
  /** Mixed bounds; zero where there are none. */
  readonly customizeMixes: Timing;
}

/** Bounds from a hierarchy; mixed ones for objectives that are at odds. */
export function createHierarchySolver(
  graph: SearchGraph,
  network: MeasuredNetwork,
  hierarchy: Hierarchy,
  isMixed: boolean,
): HierarchySolver {
  const { costs, closed } = network;
  const runs = Array.from({ length: CUSTOMIZE_RUNS }, () =>
    timed(() => customize(hierarchy, { metricCount: METRICS, costs, closed })),
  );
  const bounds = createHierarchyBounds(graph, hierarchy, runs[0]!.result);
  const mixes = isMixed ? timed(() => customizeMixes(hierarchy, costs, closed)) : undefined;
  const space =
    mixes === undefined
      ? createSearchSpace(graph, { bounds })
      : createSearchSpace(graph, {
          bounds,
          mixed: createMixedBounds(graph, hierarchy, mixes.result),
        });
  return {
    solve: solverOf(space),
    solveAnytime: (source, target, limitMs) => {
      const budget = budgetOf(limitMs);
      const startedAtMs = cpuMs();
      let first: TimedAnytime["first"] = null;
      const onImprovement = ({ epsilon }: ProvenResult): void => {
        if (epsilon !== null) first ??= { epsilon, cpuMs: cpuMs() - startedAtMs };
      };
      const query = nodeQuery(source, target);
      const found = timed(() => anytimeSearch(space, query, budget, { onImprovement }));
      return { ...found, first };
    },
    weightsBytes: runs[0]!.result.memory.byteLength,
    customize: medianOf(runs.map(({ timing }) => timing)),
    customizeMixes: mixes?.timing ?? { wallMs: 0, cpuMs: 0 },
  };
}

/** Bounds from a whole backward search per objective. */
export function createBackwardSolver(graph: SearchGraph): FrontSolver {
  return solverOf(createSearchSpace(graph));
}

function solverOf(space: SearchSpace): FrontSolver {
  return (source, target, epsilon, limitMs) => {
    const query = nodeQuery(source, target);
    const budget = budgetOf(limitMs);
    return timed(() =>
      epsilon === 0
        ? exactSearch(space, query, budget)
        : epsilonSearch(space, query, epsilon, budget),
    );
  };
}

/** Asking for processor time is dear, so it is not done before as much time has passed on the wall. */
function budgetOf(limitMs: number): SearchBudget {
  const startedAtMs = monotonicMs();
  const cpuAtMs = cpuMs();
  return {
    now: () => (monotonicMs() - startedAtMs < limitMs ? 0 : cpuMs() - cpuAtMs),
    deadlineAtMs: limitMs,
    maxBytes: MOST_BYTES,
  };
}

import type { FrontPair, Yardstick } from "@gradeway/peers";
import { mulberry32 } from "@gradeway/quality-gates";
import type { Hierarchy } from "@gradeway/route-core/hierarchy";

import type { QueryTimes } from "../hierarchy/measure-queries.ts";
import type { MeasuredNetwork } from "../hierarchy/measured-network.ts";
import { peakRssMb } from "../peak-memory.ts";
import type { Timing } from "../timed.ts";
import { type CheckedTrip, type EpsilonFronts, measureEpsilon } from "./epsilon-fronts.ts";
import {
  differingSizes,
  type ExactPair,
  type ExactTotals,
  solveExactly,
  totalsOf,
} from "./exact-pairs.ts";
import { withFreightCosts } from "./freight-costs.ts";
import { createHierarchySolver, type FrontSolver } from "./front-solver.ts";
import { plainSearchGraph } from "./plain-graph.ts";
import { measureDistances, type Preparation, prepareHierarchy } from "./prepare-hierarchy.ts";

/** Pairs of the table that have to be solved, and are compared with the yardstick. */
const COMPARED_PAIRS = 40;
const EXACT_LIMIT_S = 120;
/** Exact freight fronts to compare with: every second pair, as far as the limit goes. */
const CHECK_EVERY = 2;
const CHECK_LIMIT_MS = 20_000;
const EPSILONS = [0.05, 0.01];

/** What to measure and with what. */
export interface DimacsOptions {
  readonly network: MeasuredNetwork;
  readonly pairs: readonly FrontPair[];
  readonly yardstick: Yardstick | undefined;
  /** Why there is no yardstick. */
  readonly missing: string | undefined;
  readonly seed: number;
  readonly progress: (text: string) => void;
}

/** A finished measurement. */
export interface DimacsResult {
  readonly network: { readonly name: string; readonly nodes: number; readonly arcs: number };
  readonly seed: number;
  readonly preparation: Preparation;
  readonly customize: Timing;
  readonly customizeMixes: Timing;
  readonly distances: QueryTimes;
  readonly exact: readonly ExactPair[];
  /** Over the compared pairs. */
  readonly totals: ExactTotals;
  readonly differing: readonly string[];
  /** Why there is no ratio to the yardstick. */
  readonly missing: string | undefined;
  readonly fronts: readonly EpsilonFronts[];
  readonly peakRssMb: number;
}

/** Measures preparation, exact fronts beside the yardstick, and fronts within an epsilon. */
export async function runDimacs(options: DimacsOptions): Promise<DimacsResult> {
  const { network, pairs, yardstick, missing, seed, progress } = options;
  const random = mulberry32(seed);
  const { hierarchy, preparation } = prepareHierarchy(network, random, progress);
  progress("distances");
  const distances = measureDistances(network, hierarchy, random);
  const graph = plainSearchGraph(network);
  const solver = createHierarchySolver(graph, network, hierarchy, true);
  const exact = await solveExactly(solver.solve, yardstick, pairs, EXACT_LIMIT_S, progress);
  const compared = exact.slice(0, COMPARED_PAIRS);
  const trips = compared.map(({ pair, epsilon, costs }) => ({
    source: pair.source - 1,
    target: pair.target - 1,
    exactCosts: epsilon === 0 ? costs : undefined,
  }));
  const fronts = [
    ...frontsOf(solver.solve, network, trips, progress),
    ...freightFronts(network, hierarchy, trips, seed, progress),
  ];
  return {
    network: { name: network.name, nodes: graph.nodeCount, arcs: network.shape.tails.length },
    seed,
    preparation,
    customize: solver.customize,
    customizeMixes: solver.customizeMixes,
    distances,
    exact,
    totals: totalsOf(compared),
    differing: differingSizes(exact),
    missing,
    fronts,
    peakRssMb: await peakRssMb(),
  };
}

function freightFronts(
  network: MeasuredNetwork,
  hierarchy: Hierarchy,
  trips: readonly CheckedTrip[],
  seed: number,
  progress: (text: string) => void,
): EpsilonFronts[] {
  const freight = withFreightCosts(network, seed);
  const graph = plainSearchGraph(freight);
  // Money and CO2e are hardly at odds, so mixed bounds tell nothing new.
  const { solve } = createHierarchySolver(graph, freight, hierarchy, false);
  const checked = trips.map(({ source, target }, place) => {
    if (place % CHECK_EVERY !== 0) return { source, target, exactCosts: undefined };
    progress(`exact freight front ${place + 1}`);
    const { result } = solve(source, target, 0, CHECK_LIMIT_MS);
    return { source, target, exactCosts: result.status === "complete" ? result.costs : undefined };
  });
  return frontsOf(solve, freight, checked, progress);
}

function frontsOf(
  solve: FrontSolver,
  { metricNames }: MeasuredNetwork,
  trips: readonly CheckedTrip[],
  progress: (text: string) => void,
): EpsilonFronts[] {
  const title = metricNames.join(", ");
  return EPSILONS.map((epsilon) => {
    progress(`${title}: ${epsilon * 100} %`);
    return measureEpsilon(solve, title, epsilon, trips, EXACT_LIMIT_S * 1000);
  });
}

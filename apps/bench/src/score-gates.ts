import {
  type AskedRegion,
  dominanceScore,
  frontAgreement,
  type Gate,
} from "@gradeway/quality-gates";
import { createRoutePlanner, type ParetoAnswer, type PlannedRoute } from "@gradeway/route-core";

import { solveExactly, solveWithinOnePercent } from "./kernel-solvers.ts";
import { monotonicMs } from "./monotonic-clock.ts";
import { noRouteCode } from "./no-route.ts";
import { randomPairs } from "./random-pairs.ts";
import { openRegion } from "./region-under-test.ts";

/** Seed of every score. */
export const SCORE_SEED = 20_260_212;
const DOMINANCE_TRIALS = 500;
const REGION_TRIPS = 60;

/** The gates of `score`, with the product's kernels and planner behind their ports. */
export function scoreGates(regionDirectory: string): Gate[] {
  return [
    dominanceScore({
      trials: DOMINANCE_TRIALS,
      seed: SCORE_SEED,
      solve: solveExactly,
      epsilonSolve: solveWithinOnePercent,
    }),
    frontAgreement({ open: () => openAskedRegion(regionDirectory) }),
  ];
}

async function openAskedRegion(directory: string): Promise<AskedRegion> {
  const { region, graph, facts } = await openRegion(directory);
  const planner = createRoutePlanner(region, { now: monotonicMs });
  const pairs = randomPairs(graph, REGION_TRIPS, SCORE_SEED);
  return {
    trips: pairs.length,
    facts: { region: facts.name, synthetic: facts.synthetic, graphSha256: facts.graphSha256 },
    async ask(trip) {
      const request = { ...pairs[trip]!, geometry: "none" as const };
      try {
        return {
          exact: costsOf(planner.planPareto(request)),
          near: costsOf(planner.planPareto({ ...request, epsilon: 0.01 })),
          quickest: planner.planRoute(request).route.searchCosts,
        };
      } catch (error) {
        if (noRouteCode(error) === undefined) throw error;
        return undefined;
      }
    },
  };
}

function costsOf({ routes }: ParetoAnswer): PlannedRoute["searchCosts"][] {
  return routes.map(({ searchCosts }) => searchCosts);
}

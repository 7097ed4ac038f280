import { withBodies } from "@gradeway/api";
import {
  createRoutePlanner,
  evaluateFront,
  type EvaluablePlan,
  type ParetoAnswer,
  type PlanRequest,
  type RegionData,
  type RoutePlanner,
  type RoutingGraph,
} from "@gradeway/route-core";

import { heightsAlong } from "../choice/evaluated-routes.ts";
import { INVENTED_HILLS } from "../invented-hills.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { noRouteCode } from "../no-route.ts";
import { randomPairs, type TripPair } from "../random-pairs.ts";
import type { ServingPlanner } from "../region-app.ts";

/** Fronts that stand for those of all pairs. */
export const RECORDED_FRONTS = 16;
const RECORDING_SEED = 1;

/**
 * A planner without a road search: a few fronts of the region, recorded beforehand, stand for those of
 * every pair, which one by a hash of its ends. The models are the product's own: heights are sampled
 * and refined, routes driven, priced, compared, chosen and written out for each pair.
 *
 * @throws {ReasonError} those of the planner that records
 */
export function createReplayPlanner(region: RegionData, graph: RoutingGraph): ServingPlanner {
  const recorder = createRoutePlanner(region, { now: monotonicMs });
  const fronts = recordFronts(recorder, graph);
  const notRecorded = (): Promise<never> =>
    Promise.reject(new TypeError("Only fronts are recorded."));
  return withBodies({
    summary: recorder.summary,
    async planPareto(request) {
      const plan = fronts[hashOf(request) % fronts.length]!;
      const heights = await heightsAlong(plan.courses, plan.smoothingM, INVENTED_HILLS);
      return evaluateFront(plan, request, heights);
    },
    planFinalists: (request: PlanRequest) =>
      Promise.resolve(fronts[hashOf(request) % fronts.length]!),
    planRoute: notRecorded,
    planFinalist: notRecorded,
  });
}

function recordFronts(planner: RoutePlanner, graph: RoutingGraph): EvaluablePlan<ParetoAnswer>[] {
  const fronts: EvaluablePlan<ParetoAnswer>[] = [];
  for (const trip of randomPairs(graph, 4 * RECORDED_FRONTS, RECORDING_SEED)) {
    if (fronts.length === RECORDED_FRONTS) break;
    try {
      fronts.push(planner.planFinalists({ ...trip, epsilon: 0.01 }));
    } catch (error) {
      if (noRouteCode(error) === undefined) throw error;
    }
  }
  if (fronts.length === 0) throw new RangeError("no trip of the region has a route to record");
  return fronts;
}

/** FNV-1a over the ends in units of 1e-7 degrees. */
function hashOf({ origin, destination }: TripPair): number {
  let hash = 0x811c9dc5;
  for (const degrees of [...origin, ...destination]) {
    hash = Math.imul(hash ^ Math.round(degrees * 1e7), 0x01000193);
  }
  return hash >>> 0;
}

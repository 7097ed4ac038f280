import { reasonText } from "@gradeway/quality-gates";
import {
  type ElevationSampler,
  evaluateBest,
  type EvaluablePlan,
  type ParetoAnswer,
  type PlanHeights,
  type PlannedRoute,
  type RouteAnswer,
} from "@gradeway/route-core";

import { heightsAlong } from "../choice/evaluated-routes.ts";
import { startTiming, type Timing } from "../timed.ts";

/** One route that was found, made into an option: heights sampled, driven, priced, written out. */
export interface BuiltOption {
  /** Sampling and refining the heights. */
  readonly terrain: Timing;
  /** All of it. */
  readonly whole: Timing;
}

/** Options of one trip. */
export interface BuiltOptions {
  readonly built: readonly BuiltOption[];
  /** Why each route that was found has come to nothing. */
  readonly dropped: readonly string[];
}

/**
 * Builds an option of every route of a plan, each alone and from nothing. A route whose figures are no
 * figures is dropped like one that cannot be driven.
 */
export async function buildOptions(
  plan: EvaluablePlan<ParetoAnswer>,
  ground: ElevationSampler,
): Promise<BuiltOptions> {
  const built: BuiltOption[] = [];
  const dropped: string[] = [];
  const { answer, smoothingM } = plan;
  const { routes, front: _front, recommended: _recommended, ...common } = answer;
  for (const [index, route] of routes.entries()) {
    const courses = [plan.courses[index]!];
    const one: EvaluablePlan<RouteAnswer> = {
      ...plan,
      answer: { ...common, route },
      courses,
      overlaps: [[1]],
    };
    const read = startTiming();
    try {
      const heights: PlanHeights = await heightsAlong(courses, smoothingM, ground);
      const terrain = read();
      const option = evaluateBest(one, REQUEST_OF_OPTION, heights).route;
      const whole = read();
      const fault = faultOf(option);
      if (fault === undefined) built.push({ terrain, whole });
      else dropped.push(`${route.id}: ${fault}`);
    } catch (error) {
      dropped.push(`${route.id}: ${reasonText(error)}`);
    }
  }
  return { built, dropped };
}

/** All that an answer can hold. The ends are in the plan already. */
const REQUEST_OF_OPTION = {
  origin: [0, 0],
  destination: [0, 0],
  geometry: "geojson",
  annotations: ["elevation"],
} as const;

function faultOf({ durationS, distanceM, cost, co2eKg }: PlannedRoute): string | undefined {
  const figures = { durationS, distanceM, cost: cost.amount, co2eKg: co2eKg.total };
  const wrong = Object.entries(figures).find(([, value]) => !(value > 0 && value < Infinity));
  return wrong === undefined ? undefined : `${wrong[0]} is ${wrong[1]}`;
}

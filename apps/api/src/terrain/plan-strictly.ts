import { createWarning, ReasonError } from "@gradeway/reason-codes";
import type {
  EvaluablePlan,
  ParetoAnswer,
  PlanHeights,
  PlanRequest,
  RouteAnswer,
} from "@gradeway/route-core";
import type { TerrainDiagnostics } from "@gradeway/terrain-tiles";

import { DEFAULT_DEADLINE_MS } from "../schemas/plan-request.ts";
import { sampleCourses } from "./sample-courses.ts";
import type { ServedTerrain } from "./served-terrain.ts";
import { whileClientWaits } from "./terrain-answer.ts";

/** A strict request with the ways to answer it. */
export interface StrictTrip<Answer extends ParetoAnswer | RouteAnswer> {
  readonly request: PlanRequest;
  readonly terrain: ServedTerrain | undefined;
  /** Ends planning and sampling, for example because the client left. */
  readonly signal?: AbortSignal;
  /** Plans on the heights of the region. */
  plan(): Promise<Answer>;
  planFinalists(): Promise<EvaluablePlan<Answer>>;
  evaluate(plan: EvaluablePlan<Answer>, request: PlanRequest, heights: PlanHeights): Answer;
}

/** An answer with what happened to the tiles; nothing where none were asked for. */
export interface StrictAnswer<Answer> {
  readonly answer: Answer;
  readonly terrain: TerrainDiagnostics | undefined;
}

/**
 * Answers a strict request: the routes that the search found are driven again on heights that are
 * sampled now. The deadline holds for both. Without a live source the request is refused, or, where
 * the settings do not demand one, answered on the heights of the region with a warning.
 *
 * @throws {ReasonError} terrain_dem_url_missing before anything is searched, those of the planner,
 *   what keeps a tile away, terrain_dem_coverage_insufficient, planner_stopped
 */
export async function planStrictly<Answer extends ParetoAnswer | RouteAnswer>(
  trip: StrictTrip<Answer>,
): Promise<StrictAnswer<Answer>> {
  const { request, terrain, signal } = trip;
  if (terrain === undefined) {
    const problem = "A strict request needs a live elevation source, and there is none.";
    throw new ReasonError("terrain_dem_url_missing", problem, {});
  }
  const deadlineAtMs = terrain.now() + (request.deadlineMs ?? DEFAULT_DEADLINE_MS);
  const run = terrain.live.begin({ strict: true, deadlineAtMs, signal });
  if (!terrain.hasSource) {
    const answer = await trip.plan();
    const warnings = [createWarning("terrain_live_unavailable"), ...answer.warnings];
    return { answer: { ...answer, warnings }, terrain: undefined };
  }
  const plan = await trip.planFinalists();
  const heights = await whileClientWaits(signal, () =>
    sampleCourses(run, plan.courses, plan.smoothingM, signal),
  );
  return { answer: trip.evaluate(plan, request, heights), terrain: run.diagnostics() };
}

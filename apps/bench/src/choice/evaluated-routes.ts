import { evaluateBest, evaluateFront } from "@gradeway/route-core";
import type {
  CourseProfile,
  ElevationSampler,
  PlanHeights,
  PlannedRoute,
  PlanRequest,
  RouteCourse,
  RoutePlanner,
} from "@gradeway/route-core";
import { gradesOf, refineProfile, sampleProfiles } from "@gradeway/terrain-tiles";

import type { Vector } from "./choice-quality.ts";

/** Every route driven in the evaluation tier, whatever the search thought of it. */
export async function evaluatedRoutes(
  planner: RoutePlanner,
  request: PlanRequest,
  maxRoutes: number,
  ground: ElevationSampler,
): Promise<Vector[]> {
  const every = planner.planEveryRoute(request, maxRoutes);
  const plan = planner.planFinalist(request);
  const { profiles, ...heights } = await heightsAlong(every.courses, every.smoothingM, ground);
  return every.routes.map((route, index) => {
    const courses = [every.courses[index]!];
    const one = { ...plan, answer: { ...plan.answer, route }, courses };
    const alone = { ...heights, profiles: [profiles[index]!] };
    return vectorOf(evaluateBest(one, request, alone).route);
  });
}

/** What a strict request shows. */
export async function evaluatedShown(
  planner: RoutePlanner,
  request: PlanRequest,
  ground: ElevationSampler,
): Promise<Vector[]> {
  const plan = planner.planFinalists(request);
  const heights = await heightsAlong(plan.courses, plan.smoothingM, ground);
  return evaluateFront(plan, request, heights).routes.map(vectorOf);
}

function vectorOf({ durationS, cost, co2eKg }: PlannedRoute): Vector {
  return [durationS, cost.amount, co2eKg.total];
}

/** As a strict request samples them. */
export async function heightsAlong(
  courses: readonly RouteCourse[],
  smoothingM: number,
  ground: ElevationSampler,
): Promise<PlanHeights> {
  const lines = courses.map(({ lonLat, structures }) => ({ coordinates: lonLat, structures }));
  const sampled = await sampleProfiles(ground, lines);
  return {
    source: ground.source.name,
    attribution: ground.source.attribution,
    tilesSha256: "",
    missingTiles: [],
    warnings: [],
    profiles: sampled.map((profile): CourseProfile => {
      const { distanceM, elevationM } = refineProfile(profile, { smoothingM });
      const gradeRatio = new Float64Array(distanceM.length - 1);
      gradesOf(distanceM, elevationM, gradeRatio);
      return { distanceM, elevationM, gradeRatio };
    }),
  };
}

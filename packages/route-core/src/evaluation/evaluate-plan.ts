import { ReasonError, type Warning } from "@gradeway/reason-codes";

import type { LonLat } from "../geo/lon-lat.ts";
import { REQUIRED_COVERAGE_RATIO } from "../graph/sample-heights.ts";
import { WH_PER_KWH } from "../costing/energy-model.ts";
import { routesInRange } from "../planner/battery-range.ts";
import { driverSchedule } from "../planner/driver-times.ts";
import { exceededLimits, voidWarnings } from "../planner/answer-warnings.ts";
import { reportEmissions } from "../planner/report-emissions.ts";
import {
  type ElevationAnnotation,
  type EvaluablePlan,
  type ParetoAnswer,
  type PlannedRoute,
  type PlanRequest,
  type RouteAnswer,
  type RouteTag,
} from "../planner/plan-types.ts";
import { legFigures, presentGeometry, waypointTimes } from "../planner/present-route.ts";
import { coverageOf, roundTo, routeFigures, tripValues } from "../planner/route-figures.ts";
import type { DriverSchedule } from "./driver-hours.ts";
import { settledParts, settleFront } from "../planner/settle-front.ts";
import { createCourseDriver } from "./course-driver.ts";
import { evaluateCourse, type EvaluatedCourse } from "./evaluate-course.ts";
import type { CourseProfile, RouteCourse } from "./route-course.ts";
import { courseDeviation, tierDeviation } from "./tier-deviation.ts";

/** Heights that were sampled for the routes of a plan. */
export interface PlanHeights {
  readonly source: string;
  /** Credit that the heights ask for. */
  readonly attribution: string;
  /** Hash over the ids and bytes of the tiles that were used. */
  readonly tilesSha256: string;
  /** Tiles that the source does not have, as "z/x/y". */
  readonly missingTiles: readonly string[];
  /** What weakens the heights. */
  readonly warnings: readonly Warning[];
  /** One per course of the plan, in the same order, smoothed as the plan says. */
  readonly profiles: readonly CourseProfile[];
}

type Answer = ParetoAnswer | RouteAnswer;

/**
 * Drives the finalists of a front on other heights, and compares, tags and recommends them again by
 * what they take then. Points that were not driven again stay in the front and are marked.
 *
 * @throws {ReasonError} terrain_dem_coverage_insufficient, vehicle_range_exceeded
 */
export function evaluateFront(
  plan: EvaluablePlan<ParetoAnswer>,
  request: PlanRequest,
  heights: PlanHeights,
): ParetoAnswer {
  const { answer, courses, rates } = plan;
  const { objectives, points, routeIds } = answer.front;
  const evaluated = evaluateCourses(plan, heights);
  const inRange = routesInRange(evaluated, plan.battery);
  const front = {
    objectives,
    values: inRange.map((index) => {
      const one = evaluated[index]!;
      return tripValues(one.consumption, rates, scheduleOf(plan, request, one));
    }),
    others: points.filter((_, index) => routeIds[index] === null),
    ...(plan.battery === undefined ? {} : { outOfRange: courses.length - inRange.length }),
  };
  const settled = settleFront(front, {
    maxRoutes: request.maxRoutes ?? Infinity,
    maxOverlapRatio: request.maxOverlapRatio ?? 1,
    overlap: (a, b) => plan.overlaps[inRange[a]!]![inRange[b]!]!,
  });
  const { choice } = settled;
  const kept = settled.kept.map((at) => inRange[at]!);
  const routes = choice.shown.map((at) =>
    presentEvaluated(plan, request, heights, answer.routes[kept[at]!]!, {
      course: courses[kept[at]!]!,
      profile: heights.profiles[kept[at]!]!,
      evaluated: evaluated[kept[at]!]!,
      tags: choice.tags[at]!,
    }),
  );
  const shown = new Set(choice.shown.map((at) => kept[at]!));
  return {
    ...answer,
    ...evaluatedParts(plan, request, heights, evaluated, routes),
    ...settledParts(front, settled, ({ tier, index }) =>
      tier === "evaluated" && shown.has(inRange[index]!)
        ? answer.routes[inRange[index]!]!.id
        : null,
    ),
    routes,
    recommended: answer.routes[kept[choice.knee]!]!.id,
  };
}

/**
 * Drives the single best route on other heights.
 *
 * @throws {ReasonError} terrain_dem_coverage_insufficient, vehicle_range_exceeded
 */
export function evaluateBest(
  plan: EvaluablePlan<RouteAnswer>,
  request: PlanRequest,
  heights: PlanHeights,
): RouteAnswer {
  const evaluated = evaluateCourses(plan, heights);
  routesInRange(evaluated, plan.battery);
  const route = presentEvaluated(plan, request, heights, plan.answer.route, {
    course: plan.courses[0]!,
    profile: heights.profiles[0]!,
    evaluated: evaluated[0]!,
    tags: [],
  });
  return { ...plan.answer, ...evaluatedParts(plan, request, heights, evaluated, [route]), route };
}

/** Drives every course; no leg of them may be known for too little of its length. */
function evaluateCourses(
  { courses, vehicle, battery }: EvaluablePlan<Answer>,
  { profiles, missingTiles }: PlanHeights,
): EvaluatedCourse[] {
  const drive = createCourseDriver(vehicle);
  const headroomWh = (battery?.headroomKwh ?? Infinity) * WH_PER_KWH;
  const evaluated = courses.map((course, index) =>
    evaluateCourse(course, drive, profiles[index]!, headroomWh),
  );
  const worst = leastKnownLeg(evaluated);
  if (worst.ratio >= REQUIRED_COVERAGE_RATIO) return evaluated;
  const hasLegs = evaluated[worst.route]!.legs.length > 1;
  const where = hasLegs ? `leg ${worst.leg} of a route` : "a route";
  const percent = (100 * worst.ratio).toFixed(1);
  throw new ReasonError(
    "terrain_dem_coverage_insufficient",
    `Elevation is known for ${percent} % of ${where}; ${100 * REQUIRED_COVERAGE_RATIO} % are required.`,
    {
      requiredRatio: REQUIRED_COVERAGE_RATIO,
      observedRatio: worst.ratio,
      missingTiles,
      ...(hasLegs ? { leg: worst.leg } : {}),
    },
  );
}

/** The leg of which least is known, counted from 1. */
function leastKnownLeg(evaluated: readonly EvaluatedCourse[]) {
  let worst = { ratio: Infinity, route: 0, leg: 1 };
  for (const [route, { legs }] of evaluated.entries()) {
    for (const [index, leg] of legs.entries()) {
      const ratio = coverageOf(leg);
      if (ratio < worst.ratio) worst = { ratio, route, leg: index + 1 };
    }
  }
  return worst;
}

/** Parts of an answer that change when its routes are evaluated. */
function evaluatedParts(
  { answer, courses, rates, smoothingM }: EvaluablePlan<Answer>,
  { constraints = {} }: PlanRequest,
  { source, attribution, tilesSha256, warnings }: PlanHeights,
  evaluated: readonly EvaluatedCourse[],
  shown: readonly PlannedRoute[],
): Pick<Answer, "certificate" | "warnings" | "provenance"> {
  const { certificate, provenance } = answer;
  return {
    certificate: { ...certificate, tierDeviation: tierDeviation(courses, evaluated, rates) },
    warnings: [
      ...exceededLimits(constraints, shown),
      ...warnings,
      ...voidWarnings(evaluated.map(({ consumption }) => consumption.voidMetres)),
      ...answer.warnings,
    ],
    provenance: {
      ...provenance,
      liveElevation: { source, tilesSha256, smoothingM: roundTo(smoothingM, 2) },
      attribution: [...new Set([...provenance.attribution, attribution])],
    },
  };
}

function scheduleOf(
  { vehicle }: EvaluablePlan<Answer>,
  request: PlanRequest,
  { consumption, legs }: EvaluatedCourse,
): DriverSchedule {
  return driverSchedule(request, vehicle.vehicle, consumption.seconds, waypointTimes(legs));
}

function presentEvaluated(
  plan: EvaluablePlan<Answer>,
  request: PlanRequest,
  { source }: PlanHeights,
  searched: PlannedRoute,
  driven: {
    readonly course: RouteCourse;
    readonly profile: CourseProfile;
    readonly evaluated: EvaluatedCourse;
    readonly tags: readonly RouteTag[];
  },
): PlannedRoute {
  const { course, profile, evaluated, tags } = driven;
  const { rates } = plan;
  const tolls = searched.cost.lines.filter(({ item }) => item === "toll");
  const { consumption, legs } = evaluated;
  const schedule = scheduleOf(plan, request, evaluated);
  const figures = routeFigures(consumption, evaluated, rates, tolls, source, schedule);
  const base: PlannedRoute = {
    ...searched,
    ...figures,
    ...(legs.length > 1 ? { legs: legs.map(legFigures) } : {}),
    iso14083: reportEmissions({
      ...searched.iso14083,
      co2eKg: figures.co2eKg,
      distanceM: figures.distanceM,
      origin: request.origin,
      destination: request.destination,
    }),
    terrain: { ...figures.terrain, live: true },
    tierDeviation: courseDeviation(course, evaluated, rates),
    geometry: presentGeometry(positionsOf(course), request.geometry ?? "geojson"),
    tags,
  };
  if (request.annotations?.includes("elevation") !== true) return base;
  return { ...base, annotations: { elevation: elevationOf(profile) } };
}

function positionsOf({ lonLat }: RouteCourse): LonLat[] {
  const positions: LonLat[] = [];
  for (let at = 0; at < lonLat.length; at += 2) positions.push([lonLat[at]!, lonLat[at + 1]!]);
  return positions;
}

function elevationOf({ distanceM, elevationM }: CourseProfile): ElevationAnnotation {
  return {
    distanceM: Array.from(distanceM, (metres) => roundTo(metres, 1)),
    elevationM: Array.from(elevationM, (metres) =>
      Number.isNaN(metres) ? null : roundTo(metres, 1),
    ),
  };
}

import type { Consumption } from "../costing/arc-consumption.ts";
import type { Costing } from "../costing/costing.ts";
import type { LoadedVehicle } from "../costing/longitudinal.ts";
import { type CourseDriver, createCourseDriver } from "../evaluation/course-driver.ts";
import { driveLegs } from "../evaluation/drive-legs.ts";
import { stepsOfCourse } from "../evaluation/steps-of-course.ts";
import { createCurveMemory, type CurveReader } from "../graph/edge-curves.ts";
import { bakedProfile } from "./baked-profile.ts";
import { courseOfRoute } from "./course-of-route.ts";
import type { DrivenRoute } from "./present-route.ts";

/** A route after its evaluation; `consumption` is the evaluated one. */
export interface EvaluatedRoute extends DrivenRoute {
  /** What the search tier counted. */
  readonly searched: Consumption;
  /** The most that was drawn on balance at any place; see `Driven`. */
  readonly deepest: number;
}

/**
 * Drives routes again with their speed carried along, each leg from rest to rest.
 *
 * @param isInTime - asked before each route
 * @param headroomWh - what a battery takes back before it is full; default: all that comes
 * @returns undefined when the time did not suffice for all of them
 */
export type EvaluateRoutes = (
  costing: Costing,
  routes: readonly DrivenRoute[],
  isInTime: () => boolean,
  headroomWh?: number,
) => readonly EvaluatedRoute[] | undefined;

/**
 * Creates what evaluates routes on the heights of the graph. What a loaded vehicle does is tabulated
 * once for as long as its costing is kept.
 */
export function createRouteEvaluation(): EvaluateRoutes {
  const drivers = new WeakMap<LoadedVehicle, CourseDriver>();
  return (costing, routes, isInTime, headroomWh = Infinity) => {
    const drive = drivers.get(costing.loaded) ?? createCourseDriver(costing.loaded);
    drivers.set(costing.loaded, drive);
    const curvesOf = createCurveMemory(costing.graph);
    const evaluated: EvaluatedRoute[] = [];
    for (const route of routes) {
      if (!isInTime()) return undefined;
      evaluated.push(evaluateRoute(costing, route, drive, headroomWh, curvesOf));
    }
    return evaluated;
  };
}

function evaluateRoute(
  costing: Costing,
  route: DrivenRoute,
  drive: CourseDriver,
  headroomWh: number,
  curvesOf: CurveReader,
): EvaluatedRoute {
  const { consumption: searched, legs } = route;
  const steps = legs.map((parts) => {
    // Only its speeds and stops are driven; where it lies does not matter.
    const course = courseOfRoute(costing, [parts], [], searched, curvesOf);
    return stepsOfCourse(course, bakedProfile(costing.graph, parts));
  });
  const { seconds, energy, deepest, legSeconds } = driveLegs(steps, drive, headroomWh);
  return { ...route, searched, legSeconds, deepest, consumption: { ...searched, seconds, energy } };
}

import { createWarning, type Warning } from "@gradeway/reason-codes";

import type { Costing } from "../costing/costing.ts";
import { GRAINS } from "../costing/grains.ts";
import { createCurveMemory } from "../graph/edge-curves.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import type { ProvenResult } from "../search/search-result.ts";
import type { EdgePosition } from "../snap/edge-locator.ts";
import { drivenVehicle } from "./answer-facts.ts";
import type { Shown } from "./answer-json.ts";
import {
  bakedTerrainWarnings,
  driverWarnings,
  regionWarnings,
  tollWarnings,
} from "./answer-warnings.ts";
import type { BatteryState } from "./battery-state.ts";
import { chooseRoutes } from "./choose-routes.ts";
import { courseOfRoute } from "./course-of-route.ts";
import { driverSchedule } from "./driver-times.ts";
import { EdgeCourses } from "./edge-courses.ts";
import { createEmptyRunner, type EmptyRunner } from "./empty-running.ts";
import {
  MAX_FINALISTS,
  OBJECTIVES,
  type Certificate,
  type EvaluablePlan,
  type EveryRoute,
  type Finalist,
  type ParetoAnswer,
  type PlanDiagnostics,
  type PlannedRoute,
  type PlanRequest,
  type RouteAnswer,
  type RouteFacts,
  type RouteTag,
  type SnapReport,
} from "./plan-types.ts";
import { type DrivenRoute, presentRoute } from "./present-route.ts";
import { createRouteOverlap } from "./route-overlap.ts";
import type { RegionData } from "./region-data.ts";
import { tripValues } from "./route-figures.ts";
import { coordinatesOf } from "./route-parts.ts";
import type { TripSearch } from "./search-trip.ts";
import { spanAt } from "./span-at.ts";

/** A finished search with the routes that it found. */
export interface SearchedTrip {
  readonly costing: Costing;
  readonly trip: TripSearch;
  /** Driven in the search tier, in the order of the front. */
  readonly driven: readonly DrivenRoute[];
  readonly startedAtMs: number;
  readonly deadlineAtMs: number;
  readonly searchMs: number;
  /** Called now and then while an answer is written; throws when the request was cancelled. */
  readonly poll: () => void;
  /** See {@link Certificate.raisedArcs}. */
  readonly raisedArcs?: number;
  /** What the battery can give; absent for a diesel vehicle. */
  readonly battery?: BatteryState;
}

/** Writes searches out as answers. */
export interface AnswerWriter {
  front(searched: SearchedTrip, request: PlanRequest): Shown<ParetoAnswer>;
  /** The front's most telling routes, without geometry, and their courses. */
  finalists(searched: SearchedTrip, request: PlanRequest): EvaluablePlan<ParetoAnswer>;
  /** All routes that were found, without geometry, and their courses. */
  every(searched: SearchedTrip, request: PlanRequest): EveryRoute;
  best(searched: SearchedTrip, request: PlanRequest): Shown<RouteAnswer>;
  /** Some routes of a search, which may have been evaluated. */
  routes(
    searched: SearchedTrip,
    request: PlanRequest,
    driven: readonly DrivenRoute[],
    tags: readonly (readonly RouteTag[])[],
  ): readonly PlannedRoute[];
  /** All of an answer that does not depend on which routes are shown. */
  facts(searched: SearchedTrip, request: PlanRequest): RouteFacts;
  finalist(searched: SearchedTrip, request: PlanRequest): Finalist;
}

/** Creates the writer of a region's answers. */
export function createAnswerWriter(
  region: RegionData,
  graph: RoutingGraph,
  now: () => number,
): AnswerWriter {
  const bakedWarnings = ({ driven }: SearchedTrip): Warning[] =>
    bakedTerrainWarnings(graph.meta, driven);
  /** The routes will be evaluated on other heights, but they were found with the graph's. */
  const searchWarnings = (): Warning[] =>
    graph.meta.elevation.coverageRatio > 0 ? [] : [createWarning("search_without_elevation")];

  function common(
    searched: SearchedTrip,
    request: PlanRequest,
    terrainWarnings: readonly Warning[],
  ): RouteFacts {
    const { costing, trip, driven, searchMs, startedAtMs } = searched;
    const isCustom = !region.vehicles.includes(costing.vehicle);
    const { rates } = costing;
    const diagnostics: PlanDiagnostics = {
      searchMs,
      totalMs: now() - startedAtMs,
      labels: trip.result.labels,
      pops: trip.result.pops,
      frontSize: driven.length,
    };
    return {
      certificate: {
        ...certificateOf(trip.result),
        ...(searched.raisedArcs === undefined ? {} : { raisedArcs: searched.raisedArcs }),
      },
      snapped: {
        origin: snapReport(graph, trip.origin),
        destination: snapReport(graph, trip.destination),
        ...(trip.waypoints === undefined
          ? {}
          : { waypoints: trip.waypoints.map((position) => snapReport(graph, position)) }),
      },
      warnings: [
        ...trip.warnings,
        ...terrainWarnings,
        ...tollWarnings(driven),
        ...driverWarnings(driven, request, costing.vehicle),
        ...(isCustom
          ? [createWarning("custom_vehicle_rates", { basedOn: costing.vehicle.id })]
          : []),
        ...regionWarnings(region, graph.meta, costing.vehicle),
      ],
      provenance: {
        ...region.provenance,
        vehicle: drivenVehicle(costing.vehicle),
        ...(isCustom ? { customVehicle: costing.vehicle } : {}),
        ...(searched.battery === undefined ? {} : { battery: searched.battery }),
        ...(costing.weather === undefined ? {} : { weather: costing.weather }),
        ...(rates.carbon === undefined ? {} : { carbonPrice: rates.carbon }),
      },
      diagnostics,
    };
  }

  const writeRoutes: AnswerWriter["routes"] = ({ costing, poll }, request, driven, tags) => {
    const courses = new EdgeCourses(graph);
    const empty = emptyRunnerOf(costing, request);
    return driven.map((route, at) => {
      poll();
      return presentRoute(costing, courses, route, request, tags[at]!, empty);
    });
  };

  function writeFront(
    searched: SearchedTrip,
    request: PlanRequest,
    terrainWarnings: readonly Warning[],
  ): Shown<ParetoAnswer> {
    const { costing, driven } = searched;
    const objectives = request.objectives ?? OBJECTIVES;
    const costs = driven.map((route) => route.searchCosts);
    const choice = chooseRoutes(costs, objectives, {
      maxRoutes: request.maxRoutes ?? Infinity,
      maxOverlapRatio: request.maxOverlapRatio ?? 1,
      overlap: createRouteOverlap(driven.map(({ parts }) => parts)),
      poll: searched.poll,
    });
    const routes = writeRoutes(
      searched,
      request,
      choice.shown.map((index) => driven[index]!),
      choice.shown.map((index) => choice.tags[index]!),
    );
    const routeIds = driven.map((_, index) => {
      const position = choice.shown.indexOf(index);
      return position < 0 ? null : routes[position]!.id;
    });
    const answer: ParetoAnswer = {
      routes,
      recommended: routeIds[choice.knee]!,
      front: {
        size: driven.length,
        objectives,
        points: driven.map(({ consumption }) =>
          tripValues(
            consumption,
            costing.rates,
            driverSchedule(request, costing.vehicle, consumption.seconds),
          ),
        ),
        routeIds,
      },
      ...common(searched, request, terrainWarnings),
    };
    return { answer, shown: choice.shown.map((index) => driven[index]!) };
  }

  function writeBest(
    searched: SearchedTrip,
    request: PlanRequest,
    terrainWarnings: readonly Warning[],
  ): Shown<RouteAnswer> {
    const shown = searched.driven.slice(0, 1);
    const [route] = writeRoutes(searched, request, shown, [[]]);
    return { answer: { route: route!, ...common(searched, request, terrainWarnings) }, shown };
  }

  function evaluable<Answer extends ParetoAnswer | RouteAnswer>(
    searched: SearchedTrip,
    answer: Answer,
    shown: readonly DrivenRoute[],
  ): EvaluablePlan<Answer> {
    const overlap = createRouteOverlap(shown.map(({ parts }) => parts));
    return {
      answer,
      overlaps: shown.map((_, a) => shown.map((__, b) => overlap(a, b))),
      ...coursesOf(searched, shown),
    };
  }

  function coursesOf({ costing, battery }: SearchedTrip, routes: readonly DrivenRoute[]) {
    const courses = new EdgeCourses(graph);
    const curvesOf = createCurveMemory(graph);
    return {
      courses: routes.map(({ legs, parts, consumption }) =>
        courseOfRoute(costing, legs, coordinatesOf(graph, courses, parts), consumption, curvesOf),
      ),
      vehicle: costing.loaded,
      rates: costing.rates,
      ...(battery === undefined ? {} : { battery }),
      smoothingM: graph.meta.elevation.smoothingStdDevM,
    };
  }

  return {
    front: (searched, request) => writeFront(searched, request, bakedWarnings(searched)),
    finalists(searched, request) {
      const { maxOverlapRatio: _, ...plain } = withoutCourse(request);
      const chosen = { ...plain, maxRoutes: MAX_FINALISTS };
      const { answer, shown } = writeFront(searched, chosen, searchWarnings());
      return evaluable(searched, answer, shown);
    },
    every(searched, request) {
      const { driven } = searched;
      const tags = driven.map(() => []);
      return {
        routes: writeRoutes(searched, withoutCourse(request), driven, tags),
        ...coursesOf(searched, driven),
      };
    },
    best: (searched, request) => writeBest(searched, request, bakedWarnings(searched)),
    routes: writeRoutes,
    facts: (searched, request) => common(searched, request, bakedWarnings(searched)),
    finalist(searched, request) {
      const { answer, shown } = writeBest(searched, withoutCourse(request), searchWarnings());
      return { ...evaluable(searched, answer, shown), parts: shown[0]!.parts };
    },
  };
}

function emptyRunnerOf(
  costing: Costing,
  { emptyRunningShare = 0 }: PlanRequest,
): EmptyRunner | undefined {
  return emptyRunningShare > 0 ? createEmptyRunner(costing, emptyRunningShare) : undefined;
}

/** A request whose routes are written out without geometry and profile. */
export function withoutCourse({ annotations: _, ...request }: PlanRequest): PlanRequest {
  return { ...request, geometry: "none" };
}

function snapReport(graph: RoutingGraph, position: EdgePosition): SnapReport {
  return {
    lonLat: position.lonLat,
    distanceM: Math.round(position.distanceM * 10) / 10,
    osmWayId: graph.spanWayId[spanAt(graph, position)]!,
  };
}

function certificateOf({ status, epsilon }: ProvenResult): Certificate {
  const proven = epsilon === 0 ? "exact" : "epsilon";
  return {
    kind: epsilon === null ? "heuristic" : proven,
    epsilon,
    complete: status === "complete",
    scope: "search_costs",
    grains: GRAINS,
    tierDeviation: null,
  };
}

import { createWarning, type Warning } from "@gradeway/reason-codes";

import { co2eKgOf, GRAINS, moneyOf } from "../costing/objective-costs.ts";
import { decodeGraph } from "../graph/graph-codec.ts";
import { bestPath } from "../search/best-path.ts";
import { epsilonSearch } from "../search/epsilon-search.ts";
import { exactSearch } from "../search/exact-search.ts";
import type { LowerBounds } from "../search/lower-bounds.ts";
import type { SearchBudget } from "../search/search-budget.ts";
import type { SearchQuery } from "../search/search-query.ts";
import { emptyResult } from "../search/search-result.ts";
import { createEdgeLocator, type EdgePosition } from "../snap/edge-locator.ts";
import { chooseRoutes } from "./choose-routes.ts";
import { createCostingCache, type PreparedCosting } from "./costing-cache.ts";
import { EdgeCourses } from "./edge-courses.ts";
import {
  OBJECTIVES,
  type Certificate,
  type ParetoAnswer,
  type PlanDiagnostics,
  type PlanRequest,
  type RegionSummary,
  type RoutePlanner,
  type SearchControl,
  type SnapReport,
} from "./plan-types.ts";
import { driveRoute, presentRoute, roundTo, type DrivenRoute } from "./present-route.ts";
import type { RegionData } from "./region-data.ts";
import { partsOfPath } from "./route-parts.ts";
import { searchTrip, type TripSearch } from "./search-trip.ts";

/** Labels, queue and fronts of one search may use this much memory. */
const MAX_SEARCH_BYTES = 1024 ** 3;

/** What a planner needs from outside. */
export interface PlannerOptions {
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number;
  readonly maxSearchBytes?: number;
}

/**
 * Creates a planner over a loaded region. The planner owns its scratch memory and serves one
 * request at a time; threads each create their own over the same graph memory.
 *
 * @throws {ReasonError} asset_version_unsupported, asset_invalid
 */
export function createRoutePlanner(region: RegionData, options: PlannerOptions): RoutePlanner {
  const graph = decodeGraph(region.graph);
  const locator = createEdgeLocator(graph);
  const costings = createCostingCache(region, graph);
  const summary: RegionSummary = {
    name: region.name,
    synthetic: region.synthetic,
    bbox: graph.meta.bbox,
    currency: region.rates.currency,
    nodeCount: graph.nodeCount,
    edgeCount: graph.edgeCount,
    attribution: region.provenance.attribution,
    vehicles: region.vehicles.map(({ id, name, maxPayloadKg }) => ({ id, name, maxPayloadKg })),
  };

  /** Searches a trip and adds up the routes found. */
  const run = (
    request: PlanRequest,
    control: SearchControl | undefined,
    kernel: (prepared: PreparedCosting, budget: SearchBudget) => Parameters<typeof searchTrip>[5],
  ) => {
    const startedAtMs = options.now();
    const prepared = costings.prepare(request);
    const budget: SearchBudget = {
      now: options.now,
      deadlineAtMs: startedAtMs + (request.deadlineMs ?? Infinity),
      maxBytes: options.maxSearchBytes ?? MAX_SEARCH_BYTES,
      ...(control?.cancelSlot === undefined ? {} : { cancelSlot: control.cancelSlot }),
    };
    const searchedAtMs = options.now();
    const search = kernel(prepared, budget);
    const trip = searchTrip(locator, prepared, request, budget, startedAtMs, search);
    const searchMs = options.now() - searchedAtMs;
    const driven = drivenRoutes(prepared, trip);
    return { startedAtMs, prepared, trip, driven, searchMs };
  };

  const common = (
    { trip, driven, searchMs, startedAtMs }: ReturnType<typeof run>,
    request: PlanRequest,
  ) => {
    const diagnostics: PlanDiagnostics = {
      searchMs,
      totalMs: options.now() - startedAtMs,
      labels: trip.result.labels,
      pops: trip.result.pops,
      frontSize: driven.length,
    };
    return {
      certificate: certificateOf(request.epsilon ?? 0),
      snapped: { origin: snapReport(trip.origin), destination: snapReport(trip.destination) },
      warnings: [...trip.warnings, ...routeWarnings(driven), ...regionWarnings()],
      provenance: region.provenance,
      diagnostics,
    };
  };

  const snapReport = (position: EdgePosition): SnapReport => ({
    lonLat: position.lonLat,
    distanceM: Math.round(position.distanceM * 10) / 10,
    osmWayId: graph.spanWayId[spanAt(position)]!,
  });

  const spanAt = ({ edge, atM }: EdgePosition): number => {
    let span = graph.firstSpan[edge]!;
    while (graph.spanEndM[span]! < atM && span + 1 < graph.firstSpan[edge + 1]!) span++;
    return span;
  };

  const regionWarnings = (): Warning[] => {
    const warnings: Warning[] = [];
    const { counts } = graph.meta;
    if (counts.unsupportedRestrictions > 0) {
      const details = { relations: counts.unsupportedRestrictions };
      warnings.push(createWarning("turn_restriction_ignored", details));
    }
    if (counts.conditionalWays > 0) {
      warnings.push(createWarning("conditional_access_ignored", { ways: counts.conditionalWays }));
    }
    if (counts.unreadableLimits > 0) {
      warnings.push(createWarning("road_limit_unreadable", { ways: counts.unreadableLimits }));
    }
    if (region.synthetic) warnings.push(createWarning("data_synthetic"));
    if (region.assumptions.length > 0) {
      warnings.push(createWarning("data_assumed", { rows: region.assumptions }));
    }
    return warnings;
  };

  const routeWarnings = (driven: readonly DrivenRoute[]): Warning[] => {
    const warnings: Warning[] = [];
    if (graph.meta.elevation.coverageRatio === 0)
      warnings.push(createWarning("terrain_not_available"));
    else if (driven.some((route) => route.consumption.voidMetres > 0)) {
      const voidM = Math.max(...driven.map((route) => route.consumption.voidMetres));
      warnings.push(createWarning("terrain_void_on_route", { longestVoidM: Math.round(voidM) }));
    }
    if (driven.some((route) => route.consumption.tollUnresolved)) {
      warnings.push(createWarning("toll_tariff_unresolved"));
    }
    return warnings;
  };

  return {
    summary,
    planPareto(request, control) {
      const epsilon = request.epsilon ?? 0;
      const searched = run(request, control, (prepared, budget) => (query) => {
        return epsilon === 0
          ? exactSearch(prepared.space, query, budget)
          : epsilonSearch(prepared.space, query, epsilon, budget);
      });
      const { driven, prepared } = searched;
      const objectives = request.objectives ?? OBJECTIVES;
      const costs = driven.map((route) => route.searchCosts);
      const choice = chooseRoutes(costs, objectives, request.maxRoutes ?? Infinity);
      const courses = new EdgeCourses(graph);
      const routes = choice.shown.map((index) =>
        presentRoute(prepared.costing, courses, driven[index]!, request, choice.tags[index]!),
      );
      const routeIds = driven.map((_, index) => {
        const position = choice.shown.indexOf(index);
        return position < 0 ? null : routes[position]!.id;
      });
      const front: ParetoAnswer["front"] = {
        size: driven.length,
        objectives,
        points: driven.map((route) => frontPoint(prepared, route)),
        routeIds,
      };
      return { routes, recommended: routeIds[choice.knee]!, front, ...common(searched, request) };
    },
    planRoute(request, control) {
      // Weights say what counts, whatever objectives span a front.
      const whole = { ...request, objectives: OBJECTIVES };
      const searched = run(whole, control, (prepared, budget) => (query) => {
        const { bounds, status } = prepared.space.boundsFor(query, budget);
        if (status !== "complete") return emptyResult(status, OBJECTIVES.length);
        const ideal = idealCosts(query.starts, bounds);
        const vector = relativeWeights(request.weights ?? { time: 1 }, ideal);
        return bestPath(prepared.space, query, vector, budget, bounds);
      });
      const route = presentRoute(
        searched.prepared.costing,
        new EdgeCourses(graph),
        searched.driven[0]!,
        request,
        [],
      );
      return { route, ...common(searched, { ...request, epsilon: 0 }) };
    },
  };
}

/** Weights per search unit: relative to each objective's best value, the largest one being 1. */
function relativeWeights(
  weights: NonNullable<PlanRequest["weights"]>,
  ideal: readonly number[],
): [number, number, number] {
  const largest = Math.max(...OBJECTIVES.map((objective) => weights[objective] ?? 0));
  const relative = OBJECTIVES.map((objective, k) => {
    const weight = largest > 0 ? (weights[objective] ?? 0) / largest : 0;
    return ideal[k]! > 0 ? weight / ideal[k]! : weight;
  });
  return [relative[0]!, relative[1]!, relative[2]!];
}

/** Lowest possible value of each objective for a query: what weights are relative to. */
function idealCosts(starts: SearchQuery["starts"], bounds: LowerBounds): number[] {
  const rest = new Int32Array(OBJECTIVES.length);
  const ideal = OBJECTIVES.map(() => Infinity);
  for (const { node, costs } of starts) {
    bounds.write(node, rest, 0);
    for (const [k, cost] of costs.entries()) ideal[k] = Math.min(ideal[k]!, cost + rest[k]!);
  }
  return ideal;
}

function drivenRoutes(prepared: PreparedCosting, trip: TripSearch): DrivenRoute[] {
  const { costing } = prepared;
  return trip.result.paths.map((path, index) => {
    const at = 3 * index;
    const { costs } = trip.result;
    const searchCosts = [costs[at]!, costs[at + 1]!, costs[at + 2]!] as const;
    return driveRoute(
      costing,
      partsOfPath(costing, trip.origin, trip.destination, path),
      searchCosts,
    );
  });
}

function frontPoint(prepared: PreparedCosting, route: DrivenRoute): [number, number, number] {
  const { rates } = prepared.costing;
  const { consumption } = route;
  return [
    roundTo(consumption.seconds, 2),
    roundTo(moneyOf(consumption, rates), 4),
    roundTo(co2eKgOf(consumption, rates), 4),
  ];
}

function certificateOf(epsilon: number): Certificate {
  return {
    kind: epsilon === 0 ? "exact" : "epsilon",
    epsilon,
    complete: true,
    scope: "search_costs",
    grains: GRAINS,
    tierDeviation: null,
  };
}

import { ReasonError } from "@gradeway/reason-codes";

import type { Costing } from "../costing/costing.ts";
import { decodeGraph } from "../graph/graph-codec.ts";
import { bestPath } from "../search/best-path.ts";
import { epsilonSearch } from "../search/epsilon-search.ts";
import { exactSearch } from "../search/exact-search.ts";
import type { LowerBounds } from "../search/lower-bounds.ts";
import type { SearchBudget } from "../search/search-budget.ts";
import type { SearchQuery } from "../search/search-query.ts";
import { emptyResult, type SearchResult } from "../search/search-result.ts";
import { createEdgeLocator } from "../snap/edge-locator.ts";
import { createRoadAvoider } from "./avoided-roads.ts";
import { createCostingCache, type PreparedCosting } from "./costing-cache.ts";
import { frontOver, limitedObjectives, limitedSearch } from "./limited-search.ts";
import {
  type Objective,
  OBJECTIVES,
  type PlanRequest,
  type RegionSummary,
  type RoutePlanner,
  type SearchControl,
} from "./plan-types.ts";
import { driveRoute, type DrivenRoute } from "./present-route.ts";
import type { RegionData } from "./region-data.ts";
import { idealCosts, relativeWeights } from "./relative-weights.ts";
import { partsOfPath } from "./route-parts.ts";
import { searchTrip, type TripSearch } from "./search-trip.ts";
import type { Wanted } from "./via-search.ts";
import { searchViaTrip } from "./via-trip.ts";
import { createAnswerWriter, type SearchedTrip } from "./write-answer.ts";

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
  const avoider = createRoadAvoider(graph, locator);
  const costings = createCostingCache(region, graph);
  const writer = createAnswerWriter(region, graph, options.now);
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
    wanted: Wanted,
    kernel: (prepared: PreparedCosting, budget: SearchBudget) => Parameters<typeof searchTrip>[5],
  ): SearchedTrip => {
    const startedAtMs = options.now();
    const prepared = costings.prepare(request);
    const budget: SearchBudget = {
      now: options.now,
      deadlineAtMs: startedAtMs + (request.deadlineMs ?? Infinity),
      maxBytes: options.maxSearchBytes ?? MAX_SEARCH_BYTES,
      ...(control?.cancelSlot === undefined ? {} : { cancelSlot: control.cancelSlot }),
    };
    const searchedAtMs = options.now();
    const avoided = request.avoid === undefined ? undefined : avoider.find(request.avoid);
    const asked = [locator, prepared, request, budget, startedAtMs] as const;
    const trip =
      (request.waypoints ?? []).length > 0
        ? searchViaTrip(...asked, wanted, avoided)
        : searchTrip(...asked, kernel(prepared, budget), avoided);
    const searchMs = options.now() - searchedAtMs;
    const driven = drivenRoutes(prepared.costing, trip);
    return { costing: prepared.costing, trip, driven, startedAtMs, searchMs };
  };

  const searchFront = (request: PlanRequest, control: SearchControl | undefined): SearchedTrip => {
    const { epsilon = 0, objectives = OBJECTIVES, constraints } = request;
    const limited = limitedObjectives(constraints ?? {});
    const counted = OBJECTIVES.filter((one) => objectives.includes(one) || limited.includes(one));
    const searched = run(
      { ...request, objectives: counted },
      control,
      "front",
      ({ space }, budget) => {
        const search = (query: SearchQuery, bounds?: LowerBounds): SearchResult => {
          const found =
            epsilon === 0
              ? exactSearch(space, query, budget, bounds)
              : epsilonSearch(space, query, epsilon, budget, bounds);
          // A merged label may be given up although a route just keeps the limits.
          const isSure = epsilon === 0 || query.limits === undefined || !found.unreachable;
          return isSure ? found : exactSearch(space, query, budget, bounds);
        };
        if (constraints === undefined || limited.length === 0) return search;
        return limitedSearch(space, constraints, budget, search);
      },
    );
    return counted.length === objectives.length ? searched : over(searched, objectives);
  };

  const searchBest = (request: PlanRequest, control: SearchControl | undefined): SearchedTrip => {
    // Weights say what counts, whatever objectives span a front.
    const whole = { ...request, objectives: OBJECTIVES };
    return run(whole, control, "best", ({ space }, budget) => {
      const search = (query: SearchQuery, bounds: LowerBounds): SearchResult => {
        const ideal = idealCosts(query.starts, bounds);
        const vector = relativeWeights(request.weights ?? { time: 1 }, ideal);
        return bestPath(space, query, vector, budget, bounds);
      };
      const { constraints } = request;
      if (constraints !== undefined && limitedObjectives(constraints).length > 0) {
        return limitedSearch(space, constraints, budget, search);
      }
      return (query) => {
        const { bounds, status } = space.boundsFor(query, budget);
        return status === "complete"
          ? search(query, bounds)
          : emptyResult(status, OBJECTIVES.length);
      };
    });
  };

  return {
    summary,
    planPareto: (request, control) => writer.front(searchFront(request, control), request),
    planRoute: (request, control) => writer.best(searchBest(request, control), request),
    planFinalists(request, control) {
      refuseWaypoints(request);
      return writer.finalists(searchFront(request, control), request);
    },
    planFinalist(request, control) {
      refuseWaypoints(request);
      return writer.finalist(searchBest(request, control), request);
    },
  };
}

/** A course does not know where its legs end. */
function refuseWaypoints({ waypoints = [] }: PlanRequest): void {
  if (waypoints.length === 0) return;
  throw new ReasonError(
    "request_feature_unavailable",
    "Trips with waypoints are not evaluated on other heights yet; plan them without strict.",
    { field: "waypoints" },
  );
}

/** A search of a front that fewer objectives span than were counted. */
function over(searched: SearchedTrip, objectives: readonly Objective[]): SearchedTrip {
  const { trip, costing } = searched;
  const narrowed = { ...trip, result: frontOver(trip.result, objectives) };
  return { ...searched, trip: narrowed, driven: drivenRoutes(costing, narrowed) };
}

function drivenRoutes(costing: Costing, trip: TripSearch): DrivenRoute[] {
  const { origin, destination, legsOf, result } = trip;
  return result.paths.map((path, index) => {
    const at = 3 * index;
    const searchCosts = [result.costs[at]!, result.costs[at + 1]!, result.costs[at + 2]!] as const;
    const legs = legsOf?.(path) ?? [partsOfPath(costing, origin, destination, path)];
    return driveRoute(costing, legs, searchCosts);
  });
}

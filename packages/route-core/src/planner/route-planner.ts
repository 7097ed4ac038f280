import type { Costing } from "../costing/costing.ts";
import { decodeGraph } from "../graph/graph-codec.ts";
import { bestPath } from "../search/best-path.ts";
import { everyPath } from "../search/every-path.ts";
import type { LowerBounds } from "../search/lower-bounds.ts";
import type { SearchBudget } from "../search/search-budget.ts";
import type { SearchQuery } from "../search/search-query.ts";
import { emptyResult } from "../search/search-result.ts";
import { createEdgeLocator } from "../snap/edge-locator.ts";
import { createCostingCache, type PreparedCosting } from "./costing-cache.ts";
import { frontKernel } from "./front-kernel.ts";
import { openHierarchy } from "./open-hierarchy.ts";
import {
  OBJECTIVES,
  type PlanRequest,
  type RegionSummary,
  type RoutePlanner,
  type SearchControl,
} from "./plan-types.ts";
import { driveRoute, type DrivenRoute } from "./present-route.ts";
import type { RegionData } from "./region-data.ts";
import { partsOfPath } from "./route-parts.ts";
import { type Kernel, searchTrip, type TripSearch } from "./search-trip.ts";
import { createAnswerWriter, type SearchedTrip } from "./write-answer.ts";

/** Labels, queue and fronts of one search may use this much memory. */
const MAX_SEARCH_BYTES = 1024 ** 3;

/** What a kernel is made from. */
interface StartedTrip {
  readonly prepared: PreparedCosting;
  readonly budget: SearchBudget;
  /** Adds up the routes of a search. */
  readonly written: (trip: TripSearch) => SearchedTrip;
}

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
 * @throws {ReasonError} asset_version_unsupported, asset_invalid, hierarchy_graph_mismatch
 */
export function createRoutePlanner(region: RegionData, options: PlannerOptions): RoutePlanner {
  const graph = decodeGraph(region.graph);
  const locator = createEdgeLocator(graph);
  const hierarchy =
    region.hierarchy === undefined ? undefined : openHierarchy(region.hierarchy, region.graph);
  const costings = createCostingCache(region, graph, hierarchy);
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
    kernel: (started: StartedTrip) => Kernel,
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
    const written = (trip: TripSearch): SearchedTrip => ({
      costing: prepared.costing,
      trip,
      searchMs: options.now() - searchedAtMs,
      driven: drivenRoutes(prepared.costing, trip),
      startedAtMs,
    });
    const search = kernel({ prepared, budget, written });
    return written(searchTrip(locator, prepared, request, budget, startedAtMs, search));
  };

  const searchFront = (
    request: PlanRequest,
    control: SearchControl | undefined,
    onImprovement?: (searched: SearchedTrip) => void,
  ): SearchedTrip => {
    return run(request, control, ({ prepared: { space }, budget, written }) =>
      frontKernel(request, space, budget, (trip) => onImprovement?.(written(trip))),
    );
  };

  const searchEvery = (request: PlanRequest, maxRoutes: number): SearchedTrip =>
    run(request, undefined, ({ prepared, budget }) => (query) => ({
      ...everyPath(prepared.space, query, maxRoutes, budget),
      epsilon: 0,
    }));

  const searchBest = (request: PlanRequest, control: SearchControl | undefined): SearchedTrip => {
    // Weights say what counts, whatever objectives span a front.
    const whole = { ...request, objectives: OBJECTIVES };
    return run(whole, control, ({ prepared: { space }, budget }) => (query) => {
      const { bounds, status } = space.boundsFor(query, budget);
      if (status !== "complete") {
        return { ...emptyResult(status, OBJECTIVES.length), epsilon: null };
      }
      const ideal = idealCosts(query.starts, bounds);
      const vector = relativeWeights(request.weights ?? { time: 1 }, ideal);
      return { ...bestPath(space, query, vector, budget, bounds), epsilon: 0 };
    });
  };

  return {
    summary,
    planPareto(request, control) {
      const hear = control?.onImprovement;
      const onImprovement =
        hear === undefined
          ? undefined
          : (searched: SearchedTrip): void => hear(writer.front(searched, request));
      return writer.front(searchFront(request, control, onImprovement), request);
    },
    planRoute: (request, control) => writer.best(searchBest(request, control), request),
    planFinalists: (request, control) => writer.finalists(searchFront(request, control), request),
    planEveryRoute: (request, most) => writer.every(searchEvery(request, most), request),
    planFinalist: (request, control) => writer.finalist(searchBest(request, control), request),
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

function drivenRoutes(costing: Costing, trip: TripSearch): DrivenRoute[] {
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

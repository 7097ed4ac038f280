import { isReasonError, ReasonError } from "@gradeway/reason-codes";

import { decodeGraph } from "../graph/graph-codec.ts";
import type { CostingMemory } from "../costing-store/costing-memory.ts";
import { everyPath } from "../search/every-path.ts";
import { isCancelled, type SearchBudget, stopReason } from "../search/search-budget.ts";
import { createEdgeLocator } from "../snap/edge-locator.ts";
import { createAnswerJson, type Shown } from "./answer-json.ts";
import { createRoadAvoider } from "./avoided-roads.ts";
import { bestKernel } from "./best-kernel.ts";
import { createCostingCache } from "./costing-cache.ts";
import { drivenRoutes } from "./driven-routes.ts";
import { frontKernel } from "./front-kernel.ts";
import { countedObjectives } from "./limited-search.ts";
import { openHierarchy } from "./open-hierarchy.ts";
import {
  OBJECTIVES,
  type ParetoAnswer,
  type PlanRequest,
  type RegionSummary,
  type RoutePlanner,
  type SearchControl,
} from "./plan-types.ts";
import { createPreparation, type PreparedCosting } from "./prepare-costing.ts";
import { type RangeGuard, rangeGuard } from "./range-guard.ts";
import { ownCostingMemory } from "./region-costings.ts";
import type { RegionData } from "./region-data.ts";
import { type Kernel, requireFinished, searchTrip, type TripSearch } from "./search-trip.ts";
import { tripShift } from "./trip-shift.ts";
import type { Wanted } from "./via-search.ts";
import { searchViaTrip } from "./via-trip.ts";
import { createAnswerWriter, type SearchedTrip, withoutCourse } from "./write-answer.ts";
import { createEvaluatedWriter } from "./write-evaluated.ts";

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
  /**
   * Whether the finalists of a plan that is not strict are driven again in the evaluation tier, on the
   * heights of the graph. Default false: all figures are those of the search tier.
   */
  readonly evaluates?: boolean;
  /**
   * Memory for customised weights, at least those of one vehicle and payload; default: those of four.
   * The least recently used ones go first.
   */
  readonly weightsMaxBytes?: number | undefined;
  /** Memory of `createCostingMemory` that planners on several threads share, instead of its own. */
  readonly sharedCostings?: {
    readonly memory: CostingMemory;
    /** Names this planner among those that share the memory; not 0. See `releaseMember`. */
    readonly token: number;
  };
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
  const avoider = createRoadAvoider(graph, locator);
  const hierarchy =
    region.hierarchy === undefined ? undefined : openHierarchy(region.hierarchy, region.graph);
  const costings = createCostingCache({
    region,
    prepare: createPreparation(graph, hierarchy),
    ...(options.sharedCostings ?? {
      memory: ownCostingMemory(graph, hierarchy, options.weightsMaxBytes),
      token: 1,
    }),
  });
  const writer = createAnswerWriter(region, graph, options.now);
  const json = createAnswerJson(graph);
  const evaluator =
    options.evaluates === true ? createEvaluatedWriter(writer, options.now) : writer;
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

  /** Searches a trip and adds up the routes found that the battery lasts for. */
  const run = (
    request: PlanRequest,
    control: Pick<SearchControl, "cancelSlot"> | undefined,
    wanted: Wanted,
    kernel: (started: StartedTrip) => Kernel,
    guard: RangeGuard | undefined,
    onImprovement?: (searched: SearchedTrip) => void,
  ): SearchedTrip => {
    const startedAtMs = options.now();
    // The weights of a best route say what counts, whatever objectives span a front.
    const objectives = wanted === "front" ? countedObjectives(request) : OBJECTIVES;
    const budget: SearchBudget = {
      now: options.now,
      deadlineAtMs: startedAtMs + (request.deadlineMs ?? Infinity),
      maxBytes: options.maxSearchBytes ?? MAX_SEARCH_BYTES,
      ...(control?.cancelSlot === undefined ? {} : { cancelSlot: control.cancelSlot }),
    };
    const prepared = costings.prepare({ ...request, objectives }, () => {
      const stopped = stopReason(budget);
      if (stopped !== undefined) requireFinished(stopped, budget, startedAtMs);
    });
    const poll = (): void => {
      if (isCancelled(budget)) requireFinished("cancelled", budget, startedAtMs);
    };
    const searchedAtMs = options.now();
    const written = (trip: TripSearch): SearchedTrip => {
      const searched: SearchedTrip = {
        costing: prepared.costing,
        trip,
        searchMs: options.now() - searchedAtMs,
        driven: drivenRoutes(prepared, trip, poll),
        startedAtMs,
        deadlineAtMs: budget.deadlineAtMs,
        poll,
        ...(prepared.raisedArcs === undefined ? {} : { raisedArcs: prepared.raisedArcs }),
        ...(guard === undefined ? {} : { battery: guard.battery }),
      };
      return guard === undefined ? searched : guard.keep(searched);
    };
    const avoided = request.avoid === undefined ? undefined : avoider.find(request.avoid);
    const asked = [locator, prepared, request, budget, startedAtMs] as const;
    if ((request.waypoints ?? []).length === 0) {
      const search = kernel({ prepared, budget, written });
      return written(searchTrip(...asked, search, avoided));
    }
    const hear = (trip: TripSearch): void => hearInRange(() => onImprovement?.(written(trip)));
    return written(searchViaTrip(...asked, wanted, hear, avoided));
  };

  /** Runs a search within the range of the vehicle. */
  const inRange = (
    request: PlanRequest,
    search: (request: PlanRequest, guard: RangeGuard | undefined) => SearchedTrip,
  ): SearchedTrip => {
    const guard = rangeGuard(region, request);
    if (guard === undefined) return search(request, guard);
    try {
      return search(guard.request, guard);
    } catch (error) {
      throw guard.explain(error);
    }
  };

  const searchFront = (
    asked: PlanRequest,
    control: Pick<SearchControl, "cancelSlot"> | undefined,
    onImprovement?: (searched: SearchedTrip) => void,
  ): SearchedTrip =>
    inRange(asked, (request, guard) =>
      run(
        request,
        control,
        "front",
        ({ prepared, budget, written }) =>
          frontKernel(
            request,
            prepared.space,
            budget,
            ({ origin, destination }) => tripShift(prepared, origin, destination),
            (trip) => hearInRange(() => onImprovement?.(written(trip))),
          ),
        guard,
        onImprovement,
      ),
    );

  const searchEvery = (asked: PlanRequest, maxRoutes: number): SearchedTrip =>
    inRange(asked, (request, guard) =>
      run(
        request,
        undefined,
        "front",
        ({ prepared, budget }) =>
          (query) => ({ ...everyPath(prepared.space, query, maxRoutes, budget), epsilon: 0 }),
        guard,
      ),
    );

  const searchBest = (
    asked: PlanRequest,
    control: Pick<SearchControl, "cancelSlot"> | undefined,
  ): SearchedTrip =>
    inRange(asked, (request, guard) =>
      run(
        request,
        control,
        "best",
        ({ prepared, budget }) => bestKernel(request, prepared, budget, guard),
        guard,
      ),
    );

  /** Does a whole request, and then lets go of the costing it was planned with. */
  const leased = <T>(work: () => T): T => {
    try {
      return work();
    } finally {
      costings.release();
    }
  };

  /** Plans a front, and hands out each that is proven as the given function has it. */
  const front = <T>(
    request: PlanRequest,
    control: SearchControl<T> | undefined,
    as: (front: Shown<ParetoAnswer>, searched: SearchedTrip) => T,
  ): T => {
    const { onImprovement: hear, ...stop } = control ?? {};
    const onImprovement =
      hear === undefined
        ? undefined
        : (searched: SearchedTrip): void => hear(as(writer.front(searched, request), searched));
    return leased(() => {
      const searched = searchFront(request, stop, onImprovement);
      return as(evaluator.front(searched, request), searched);
    });
  };

  return {
    summary,
    planPareto: (request, control) => front(request, control, ({ answer }) => answer),
    planRoute: (request, control) =>
      leased(() => evaluator.best(searchBest(request, control), request).answer),
    writePareto: (request, dress, control) =>
      front(withoutCourse(request), control, (shown, { poll }) =>
        json.front(shown, request, dress, poll),
      ),
    writeRoute: (request, dress, control) =>
      leased(() => {
        const searched = searchBest(request, control);
        return json.best(evaluator.best(searched, withoutCourse(request)), request, dress);
      }),
    planFinalists: (request, control) =>
      leased(() => writer.finalists(searchFront(request, control), request)),
    planEveryRoute(request, most) {
      refuseWaypoints(request);
      return leased(() => writer.every(searchEvery(request, most), request));
    },
    planFinalist: (request, control) =>
      leased(() => writer.finalist(searchBest(request, control), request)),
  };
}

/** Trips with waypoints are put together from fronts of their legs, without what is dominated there. */
function refuseWaypoints({ waypoints = [] }: PlanRequest): void {
  if (waypoints.length === 0) return;
  throw new ReasonError(
    "request_feature_unavailable",
    "Not every route of a trip with waypoints can be listed; leave them out.",
    { field: "waypoints" },
  );
}

/** A coarse front may lie out of range although the next one does not. */
function hearInRange(hear: () => void): void {
  try {
    hear();
  } catch (error) {
    if (!isReasonError(error, "vehicle_range_exceeded")) throw error;
  }
}

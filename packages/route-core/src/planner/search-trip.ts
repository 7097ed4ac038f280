import { createWarning, ReasonError, type Warning } from "@gradeway/reason-codes";

import type { Costing } from "../costing/costing.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import type { SearchBudget } from "../search/search-budget.ts";
import type { SearchQuery } from "../search/search-query.ts";
import type { SearchResult, SearchStatus } from "../search/search-result.ts";
import type { EdgeLocator, EdgePosition } from "../snap/edge-locator.ts";
import { isUsable, SNAP_RADIUS_M, snapPoint } from "../snap/snap-ends.ts";
import type { PreparedCosting } from "./costing-cache.ts";
import { OBJECTIVES, type PlanRequest } from "./plan-types.ts";
import { tripQuery } from "./trip-query.ts";

/** A strong component below this share of the largest one is a fragment of the network. */
const FRAGMENT_SHARE = 0.01;

/** A finished search with the ends it ran between. */
export interface TripSearch {
  readonly origin: EdgePosition;
  readonly destination: EdgePosition;
  readonly result: SearchResult;
  readonly warnings: readonly Warning[];
}

/** Runs one kernel on a query. */
export type Kernel = (query: SearchQuery) => SearchResult;

/**
 * Snaps both ends and searches between them. Where no road connects them and an end lies on an
 * isolated fragment (an island of a few nodes at the border of an extract, say), that end is moved
 * to the nearest well-connected road with a warning; in strict mode it is refused.
 *
 * @throws {ReasonError} routing_graph_coverage_gap, routing_graph_disconnected_od, and those of a
 *   search that was stopped
 */
export function searchTrip(
  locator: EdgeLocator,
  prepared: PreparedCosting,
  request: PlanRequest,
  budget: SearchBudget,
  startedAtMs: number,
  kernel: Kernel,
): TripSearch {
  const { costing } = prepared;
  const attempt = (origin: EdgePosition, destination: EdgePosition): SearchResult => {
    const query = tripQuery(
      costing,
      prepared.space.graph,
      prepared.isMain,
      origin,
      destination,
      prepared.objectiveMask,
    );
    const result = kernel(query);
    requireFinished(result.status, budget, startedAtMs);
    return result;
  };
  const origin = snapPoint(locator, costing, "origin", request.origin);
  const destination = snapPoint(locator, costing, "destination", request.destination);
  const first = attempt(origin, destination);
  if (!first.unreachable) return { origin, destination, result: first, warnings: [] };
  if (request.strict !== true) {
    const warnings: Warning[] = [];
    const move = (which: "origin" | "destination", position: EdgePosition): EdgePosition => {
      const moved = moveOffFragment(locator, costing, request[which], position);
      if (moved === undefined) return position;
      const movedM = Math.round(moved.distanceM);
      warnings.push(createWarning("snap_moved_off_fragment", { point: which, distanceM: movedM }));
      return moved;
    };
    const movedOrigin = move("origin", origin);
    const movedDestination = move("destination", destination);
    if (warnings.length > 0) {
      const second = attempt(movedOrigin, movedDestination);
      if (!second.unreachable) {
        return { origin: movedOrigin, destination: movedDestination, result: second, warnings };
      }
    }
  }
  throw disconnected(costing.graph, origin, destination);
}

function requireFinished(status: SearchStatus, budget: SearchBudget, startedAtMs: number): void {
  if (status === "complete") return;
  if (status === "deadline") {
    const deadlineMs = Math.round(budget.deadlineAtMs - startedAtMs);
    const elapsedMs = Math.round(budget.now() - startedAtMs);
    throw new ReasonError(
      "route_compute_timeout",
      `The search was stopped after ${elapsedMs} ms; its deadline was ${deadlineMs} ms.`,
      { deadlineMs, elapsedMs },
    );
  }
  if (status === "cancelled")
    throw new ReasonError("planner_stopped", "The search was cancelled.", {});
  if (status === "memory") {
    const limitBytes = budget.maxBytes;
    throw new ReasonError("search_budget_exceeded", "The search needs too much memory.", {
      limitBytes,
    });
  }
  const objective = OBJECTIVES.join(" or ");
  throw new ReasonError("search_cost_overflow", "The trip costs more than a search can count.", {
    objective,
  });
}

/** The nearest usable road of the largest component, when the position is on a fragment. */
function moveOffFragment(
  locator: EdgeLocator,
  costing: Costing,
  point: PlanRequest["origin"],
  position: EdgePosition,
): EdgePosition | undefined {
  const { graph } = costing;
  const { nodeComponent, componentNodes, edgeTail, edgeHead } = graph;
  const largest = largestComponent(graph);
  const isFragment = (edge: number): boolean =>
    Math.max(
      componentNodes[nodeComponent[edgeTail[edge]!]!]!,
      componentNodes[nodeComponent[edgeHead[edge]!]!]!,
    ) <
    FRAGMENT_SHARE * componentNodes[largest]!;
  if (!isFragment(position.edge)) return undefined;
  return locator.nearest(
    point,
    SNAP_RADIUS_M,
    (edge) =>
      nodeComponent[edgeTail[edge]!] === largest &&
      nodeComponent[edgeHead[edge]!] === largest &&
      isUsable(costing, edge),
  );
}

function largestComponent(graph: RoutingGraph): number {
  let largest = 0;
  for (let component = 1; component < graph.componentNodes.length; component++) {
    if (graph.componentNodes[component]! > graph.componentNodes[largest]!) largest = component;
  }
  return largest;
}

function disconnected(
  graph: RoutingGraph,
  origin: EdgePosition,
  destination: EdgePosition,
): ReasonError<"routing_graph_disconnected_od"> {
  const nodesAround = (position: EdgePosition): number =>
    graph.componentNodes[graph.nodeComponent[graph.edgeTail[position.edge]!]!]!;
  const originComponentNodes = nodesAround(origin);
  const destinationComponentNodes = nodesAround(destination);
  return new ReasonError(
    "routing_graph_disconnected_od",
    `No road leads from the origin (in a connected part of ${originComponentNodes} junctions) ` +
      `to the destination (${destinationComponentNodes} junctions) for this vehicle.`,
    { originComponentNodes, destinationComponentNodes },
  );
}

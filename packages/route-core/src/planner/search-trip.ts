import { createWarning, ReasonError, type Warning } from "@gradeway/reason-codes";

import { ACCESS_NONE } from "../osm/way-access.ts";
import type { SearchBudget } from "../search/search-budget.ts";
import type { SearchQuery } from "../search/search-query.ts";
import type { ProvenResult } from "../search/search-result.ts";
import type { EdgeLocator, EdgePosition } from "../snap/edge-locator.ts";
import { isUsable, SNAP_RADIUS_M, snapPoint } from "../snap/snap-ends.ts";
import type { PreparedCosting } from "./costing-cache.ts";
import { OBJECTIVES, type PlanRequest } from "./plan-types.ts";
import { tripQuery } from "./trip-query.ts";

/** A strong component below this share of the largest one is a fragment of the network. */
const FRAGMENT_SHARE = 0.1;

/** Where a search runs from and to. */
export interface TripEnds {
  readonly origin: EdgePosition;
  readonly destination: EdgePosition;
  /** Which of them were moved. */
  readonly warnings: readonly Warning[];
}

/** A finished search with the ends it ran between. */
export interface TripSearch extends TripEnds {
  readonly result: ProvenResult;
}

/** Runs one kernel on a query. */
export type Kernel = (query: SearchQuery, ends: TripEnds) => ProvenResult;

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
  const attempt = (ends: TripEnds): TripSearch => {
    const { origin, destination } = ends;
    const query = tripQuery(
      costing,
      prepared.space.graph,
      prepared.network,
      origin,
      destination,
      prepared.objectiveMask,
    );
    const result = kernel(query, ends);
    if (!isPresentable(request, result)) requireFinished(result, budget, startedAtMs);
    return { ...ends, result };
  };
  const origin = snapPoint(locator, costing, "origin", request.origin);
  const destination = snapPoint(locator, costing, "destination", request.destination);
  const first = attempt({ origin, destination, warnings: [] });
  if (!first.result.unreachable) return first;
  if (request.strict !== true) {
    const movedOrigin = moveOffFragment(locator, prepared, request, "origin", origin);
    const movedDestination = moveOffFragment(
      locator,
      prepared,
      request,
      "destination",
      destination,
    );
    const choices = [
      [origin, movedDestination],
      [movedOrigin, destination],
      [movedOrigin, movedDestination],
    ] as const;
    for (const [from, to] of choices) {
      if (from === undefined || to === undefined) continue;
      const warnings: Warning[] = [];
      if (from !== origin) warnings.push(moveWarning("origin", from));
      if (to !== destination) warnings.push(moveWarning("destination", to));
      const trip = attempt({ origin: from, destination: to, warnings });
      if (!trip.result.unreachable) return trip;
    }
  }
  throw disconnected(prepared, origin, destination);
}

function moveWarning(point: "origin" | "destination", moved: EdgePosition): Warning {
  const distanceM = Math.round(moved.distanceM);
  return createWarning("snap_moved_off_fragment", { point, distanceM });
}

/** Whether an anytime search that was ended early has something to show. */
function isPresentable(request: PlanRequest, { status, paths }: ProvenResult): boolean {
  return request.anytime === true && status !== "cancelled" && paths.length > 0;
}

function requireFinished(
  { status }: ProvenResult,
  budget: SearchBudget,
  startedAtMs: number,
): void {
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
  if (status === "memory" || status === "labels") {
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

/**
 * The nearest road of the vehicle's main network, when the position can only be left (origin) or
 * reached (destination) through a small part of the network.
 */
function moveOffFragment(
  locator: EdgeLocator,
  { costing, network }: PreparedCosting,
  request: PlanRequest,
  which: "origin" | "destination",
  position: EdgePosition,
): EdgePosition | undefined {
  const { edgeTail, edgeHead } = costing.graph;
  const { nodeComponent, componentNodes, main } = network;
  let size = 0;
  for (const arc of [2 * position.edge, 2 * position.edge + 1]) {
    if (costing.access.arcLevel[arc] === ACCESS_NONE) continue;
    const outward = which === "origin" ? (arc & 1) === 0 : (arc & 1) === 1;
    const node = outward ? edgeHead[position.edge]! : edgeTail[position.edge]!;
    size = Math.max(size, componentNodes[nodeComponent[node]!]!);
  }
  if (size >= FRAGMENT_SHARE * componentNodes[main]!) return undefined;
  const isOnMain = (edge: number): boolean =>
    nodeComponent[edgeTail[edge]!] === main &&
    nodeComponent[edgeHead[edge]!] === main &&
    isUsable(costing, edge);
  return locator.nearest(request[which], SNAP_RADIUS_M, isOnMain);
}

function disconnected(
  { costing, network }: PreparedCosting,
  origin: EdgePosition,
  destination: EdgePosition,
): ReasonError<"routing_graph_disconnected_od"> {
  const nodesAround = (position: EdgePosition): number =>
    network.componentNodes[network.nodeComponent[costing.graph.edgeTail[position.edge]!]!]!;
  const originComponentNodes = nodesAround(origin);
  const destinationComponentNodes = nodesAround(destination);
  return new ReasonError(
    "routing_graph_disconnected_od",
    `No road leads from the origin (in a connected part of ${originComponentNodes} junctions) ` +
      `to the destination (${destinationComponentNodes} junctions) for this vehicle.`,
    { originComponentNodes, destinationComponentNodes },
  );
}

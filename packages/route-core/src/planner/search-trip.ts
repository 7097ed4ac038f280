import { createWarning, ReasonError, type Warning } from "@gradeway/reason-codes";

import type { LonLat } from "../geo/lon-lat.ts";
import { ACCESS_NONE } from "../osm/way-access.ts";
import { bestPath } from "../search/best-path.ts";
import type { SearchBudget } from "../search/search-budget.ts";
import type { SearchQuery } from "../search/search-query.ts";
import type { ProvenResult, SearchStatus } from "../search/search-result.ts";
import type { EdgeLocator, EdgePosition } from "../snap/edge-locator.ts";
import { isUsable, SNAP_RADIUS_M, snapPoint, type TripPoint } from "../snap/snap-ends.ts";
import type { AvoidedRoads } from "./avoided-roads.ts";
import type { PreparedCosting } from "./prepare-costing.ts";
import { type Objective, OBJECTIVES, type PlanRequest } from "./plan-types.ts";
import { spanAt } from "./span-at.ts";
import type { ArcPart } from "./arc-part.ts";
import { objectivesTooDear } from "./too-dear.ts";
import { isEndAvoided, tripQuery } from "./trip-query.ts";

/** A strong component below this share of the largest one is a fragment of the network. */
const FRAGMENT_SHARE = 0.1;

/** Where a search runs from and to. */
export interface TripEnds {
  readonly origin: EdgePosition;
  readonly destination: EdgePosition;
  /** Between the ends, in the order in which they are passed. */
  readonly waypoints?: readonly EdgePosition[];
  /** Which of them were moved. */
  readonly warnings: readonly Warning[];
}

/** A finished search with the ends it ran between. */
export interface TripSearch extends TripEnds {
  /** What is driven on each leg of a route of the result; absent where there is but one leg. */
  readonly legsOf?: (path: Int32Array) => readonly (readonly ArcPart[])[];
  readonly result: ProvenResult;
}

/** Runs one kernel on a query. */
export type Kernel = (query: SearchQuery, ends: TripEnds) => ProvenResult;

/**
 * Snaps both ends and searches between them. Where no road connects them and an end lies on an
 * isolated fragment (an island of a few nodes at the border of an extract, say), that end is moved
 * to the nearest well-connected road with a warning; in strict mode it is refused.
 *
 * @throws {ReasonError} routing_graph_coverage_gap, routing_graph_disconnected_od, end_avoided,
 *   no_route_candidates where roads are avoided, and those of a search that was stopped
 */
export function searchTrip(
  locator: EdgeLocator,
  prepared: PreparedCosting,
  request: PlanRequest,
  budget: SearchBudget,
  startedAtMs: number,
  kernel: Kernel,
  avoided?: AvoidedRoads,
): TripSearch {
  const { costing } = prepared;
  const queryOf = (
    origin: EdgePosition,
    destination: EdgePosition,
    without?: AvoidedRoads,
  ): SearchQuery =>
    tripQuery(
      costing,
      prepared.space.graph,
      prepared.network,
      origin,
      destination,
      prepared.objectiveMask,
      without,
    );
  const attempt = (ends: TripEnds): TripSearch => {
    const query = queryOf(ends.origin, ends.destination, avoided);
    const result = kernel(query, ends);
    if (!isPresentable(request, result)) {
      requireFinished(result.status, budget, startedAtMs, () =>
        objectivesTooDear(prepared.space, query, budget),
      );
    }
    return { ...ends, result };
  };
  const origin = snapPoint(locator, costing, "origin", request.origin);
  const destination = snapPoint(locator, costing, "destination", request.destination);
  const first = attempt({ origin, destination, warnings: [] });
  if (!first.result.unreachable) return first;
  if (avoided !== undefined) {
    requireFreeEnd(prepared, avoided, "origin", origin);
    requireFreeEnd(prepared, avoided, "destination", destination);
    const query = queryOf(origin, destination);
    const free = bestPath(prepared.space, query, [1, 1, 1], budget);
    requireFinished(free.status, budget, startedAtMs);
    if (!free.unreachable) throw nothingLeft(avoided);
  }
  if (request.strict !== true) {
    const movedOrigin = moveOffFragment(locator, prepared, request.origin, "origin", origin);
    const movedDestination = moveOffFragment(
      locator,
      prepared,
      request.destination,
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

/** @throws {ReasonError} end_avoided when every way to or from a place is avoided */
export function requireFreeEnd(
  { costing, space }: PreparedCosting,
  avoided: AvoidedRoads,
  point: TripPoint,
  position: EdgePosition,
): void {
  const which = point === "origin" ? "origin" : "destination";
  if (!isEndAvoided(costing, space.graph, avoided, position, which)) return;
  const osmWayId = costing.graph.spanWayId[spanAt(costing.graph, position)]!;
  throw new ReasonError(
    "end_avoided",
    `The ${point} lies on a road that the request avoids (way ${osmWayId}).`,
    { point, lonLat: [position.lonLat[0], position.lonLat[1]], osmWayId },
  );
}

/** The refusal of a trip that only what it avoids keeps from being made. */
export function nothingLeft({ edgeCount }: AvoidedRoads): ReasonError<"no_route_candidates"> {
  return new ReasonError(
    "no_route_candidates",
    `Every route leads over roads that the request avoids; it avoids ${edgeCount} road edges.`,
    { field: "avoid" },
  );
}

/** The warning that a place was moved. */
export function moveWarning(point: TripPoint, moved: EdgePosition): Warning {
  const distanceM = Math.round(moved.distanceM);
  return createWarning("snap_moved_off_fragment", { point, distanceM });
}

/** Whether an anytime search that was ended early has something to show. */
export function isPresentable(request: PlanRequest, { status, paths }: ProvenResult): boolean {
  return request.anytime === true && status !== "cancelled" && paths.length > 0;
}

/**
 * @param tooDear which objectives overflowed, where that is known; asked only when a search did
 * @throws {ReasonError} unless the status is `complete`
 */
export function requireFinished(
  status: SearchStatus,
  budget: SearchBudget,
  startedAtMs: number,
  tooDear: () => readonly Objective[] = () => [],
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
  const named = tooDear().join(" and ");
  const problem = `The trip costs more ${named === "" ? "" : `${named} `}than a search can count.`;
  throw new ReasonError("search_cost_overflow", problem, {
    objective: named === "" ? OBJECTIVES.join(" or ") : named,
  });
}

/**
 * The nearest road of the vehicle's main network, when the position can only be left (origin) or
 * reached (destination) through a small part of the network.
 */
export function moveOffFragment(
  locator: EdgeLocator,
  { costing, network }: PreparedCosting,
  point: LonLat,
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
  return locator.nearest(point, SNAP_RADIUS_M, isOnMain);
}

/** The refusal of a trip between places that no road connects. */
export function disconnected(
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

import type { SearchBudget } from "../search/search-budget.ts";
import type { SearchResult } from "../search/search-result.ts";
import type { EdgeLocator, EdgePosition } from "../snap/edge-locator.ts";
import { snapPoint, type TripPoint } from "../snap/snap-ends.ts";
import type { AvoidedRoads } from "./avoided-roads.ts";
import type { PreparedCosting } from "./costing-cache.ts";
import { legsOfChain } from "./leg-chains.ts";
import type { PlanRequest } from "./plan-types.ts";
import { partsOfPath } from "./route-parts.ts";
import {
  disconnected,
  moveOffFragment,
  moveWarning,
  nothingLeft,
  requireFinished,
  requireFreeEnd,
  type TripSearch,
} from "./search-trip.ts";
import { ViaTrip, type Wanted } from "./via-search.ts";

/**
 * Searches a trip with waypoints as a whole: one front over all legs, and limits on their sum.
 *
 * @throws {ReasonError} as `searchTrip` does, and epsilon_infeasible
 */
export function searchViaTrip(
  locator: EdgeLocator,
  prepared: PreparedCosting,
  request: PlanRequest,
  budget: SearchBudget,
  startedAtMs: number,
  wanted: Wanted,
  avoided?: AvoidedRoads,
): TripSearch {
  const { costing } = prepared;
  const { origin, destination, waypoints = [] } = request;
  const points = [origin, ...waypoints, destination];
  const names = points.map((_, k): TripPoint => {
    if (k === 0) return "origin";
    return k < points.length - 1 ? `waypoint ${k}` : "destination";
  });
  const search = (positions: readonly EdgePosition[], without?: AvoidedRoads): Searched => {
    const trip = new ViaTrip(prepared, request, budget, positions, without);
    const result = trip.search(wanted);
    requireFinished(result.status, budget, startedAtMs);
    return { positions, trip, result };
  };
  const snapped = points.map((point, k) => snapPoint(locator, costing, names[k]!, point));
  let found = search(snapped, avoided);
  if (found.result.unreachable && avoided !== undefined) {
    for (const [k, position] of snapped.entries()) {
      requireFreeEnd(prepared, avoided, names[k]!, position);
    }
    const free = new ViaTrip(prepared, request, budget, snapped, undefined).best([1, 1, 1]);
    requireFinished(free.status, budget, startedAtMs);
    if (!free.unreachable) throw nothingLeft(avoided);
  }
  if (found.result.unreachable && request.strict !== true) {
    const moved = snapped.map((position, k) => {
      const off = (which: "origin" | "destination"): EdgePosition | undefined =>
        moveOffFragment(locator, prepared, points[k]!, which, position);
      // A waypoint is reached and left.
      const isLeft = k < points.length - 1 ? off("origin") : undefined;
      return isLeft ?? (k > 0 ? off("destination") : undefined) ?? position;
    });
    if (moved.some((position, k) => position !== snapped[k])) found = search(moved, avoided);
  }
  const { positions, trip, result } = found;
  if (result.unreachable) throw disconnected(prepared, snapped[0]!, snapped.at(-1)!);
  return {
    origin: positions[0]!,
    destination: positions.at(-1)!,
    waypoints: positions.slice(1, -1),
    result,
    warnings: positions.flatMap((position, k) =>
      position === snapped[k] ? [] : [moveWarning(names[k]!, position)],
    ),
    legsOf: (path) =>
      legsOfChain(trip.chainOf(path)).map((leg) =>
        partsOfPath(costing, leg.from.position, leg.to.position, leg.path),
      ),
  };
}

interface Searched {
  readonly positions: readonly EdgePosition[];
  readonly trip: ViaTrip;
  readonly result: SearchResult;
}

import type { SearchBudget } from "../search/search-budget.ts";
import type { ProvenResult } from "../search/search-result.ts";
import type { EdgeLocator, EdgePosition } from "../snap/edge-locator.ts";
import { snapPoint, type TripPoint } from "../snap/snap-ends.ts";
import type { AvoidedRoads } from "./avoided-roads.ts";
import type { PreparedCosting } from "./prepare-costing.ts";
import { searchingBudget } from "./front-kernel.ts";
import { legsOfChain } from "./leg-chains.ts";
import { frontOver } from "./limited-search.ts";
import { OBJECTIVES, type PlanRequest } from "./plan-types.ts";
import { partsOfPath, type WholeParts } from "./route-parts.ts";
import {
  disconnected,
  isPresentable,
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
 * @param onImprovement hears of each front of an anytime request that is proven before the last
 * @throws {ReasonError} as `searchTrip` does, and epsilon_infeasible
 */
export function searchViaTrip(
  locator: EdgeLocator,
  prepared: PreparedCosting,
  request: PlanRequest,
  budget: SearchBudget,
  startedAtMs: number,
  wanted: Wanted,
  onImprovement: (trip: TripSearch) => void,
  avoided?: AvoidedRoads,
): TripSearch {
  const { costing } = prepared;
  const { origin, destination, waypoints = [] } = request;
  const points = [origin, ...waypoints, destination];
  const names = points.map((_, k): TripPoint => {
    if (k === 0) return "origin";
    return k < points.length - 1 ? `waypoint ${k}` : "destination";
  });
  const snapped = points.map((point, k) => snapPoint(locator, costing, names[k]!, point));
  const early = wanted === "front" ? searchingBudget(request, budget) : budget;
  const search = (positions: readonly EdgePosition[]): TripSearch => {
    const trip = new ViaTrip(prepared, request, early, positions, avoided);
    const wholes: WholeParts = new Map();
    const tripOf = (front: ProvenResult): TripSearch => ({
      origin: positions[0]!,
      destination: positions.at(-1)!,
      waypoints: positions.slice(1, -1),
      result: wanted === "front" ? frontOver(front, request.objectives ?? OBJECTIVES) : front,
      warnings: positions.flatMap((position, k) =>
        position === snapped[k] ? [] : [moveWarning(names[k]!, position)],
      ),
      legsOf: (path) =>
        legsOfChain(trip.chainOf(path)).map((leg) =>
          partsOfPath(costing, leg.from.position, leg.to.position, leg.path, wholes),
        ),
    });
    const result = trip.search(wanted, (front) => onImprovement(tripOf(front)));
    if (!isPresentable(request, result)) {
      requireFinished(result.status, budget, startedAtMs, () => trip.tooDear());
    }
    return tripOf(result);
  };
  let found = search(snapped);
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
    if (moved.some((position, k) => position !== snapped[k])) found = search(moved);
  }
  if (found.result.unreachable) throw disconnected(prepared, snapped[0]!, snapped.at(-1)!);
  return found;
}

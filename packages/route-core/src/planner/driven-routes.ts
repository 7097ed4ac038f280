import type { PreparedCosting } from "./prepare-costing.ts";
import { driveRoute, type DrivenRoute } from "./present-route.ts";
import { partsOfPath, type WholeParts } from "./route-parts.ts";
import type { TripSearch } from "./search-trip.ts";
import { tripShift } from "./trip-shift.ts";

/**
 * Adds up what the routes of a search take, in the search tier.
 *
 * @param poll - called before each route
 */
export function drivenRoutes(
  prepared: PreparedCosting,
  trip: TripSearch,
  poll: () => void,
): DrivenRoute[] {
  const { origin, destination, legsOf, result } = trip;
  const { costing } = prepared;
  const shift = tripShift(prepared, origin, destination);
  const wholes: WholeParts = new Map();
  return result.paths.map((path, index) => {
    poll();
    const costOf = (k: number): number => result.costs[3 * index + k]! - shift[k]!;
    const searchCosts = [costOf(0), costOf(1), costOf(2)] as const;
    const legs = legsOf?.(path) ?? [partsOfPath(costing, origin, destination, path, wholes)];
    return driveRoute(costing, legs, searchCosts);
  });
}

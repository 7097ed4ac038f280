import type { PlannerPool } from "@gradeway/api";

import { noRouteCode } from "../no-route.ts";
import type { TripPair } from "../random-pairs.ts";

/** Random trips apart: those that have a route, and how many have none. */
export interface TripsWithRoute {
  readonly trips: readonly TripPair[];
  readonly withoutRoute: number;
}

/**
 * Leaves out trips between parts of a network that no road joins: nobody is late with them.
 *
 * @throws {ReasonError} whatever else a trip fails with
 */
export async function tripsWithRoute(
  pool: PlannerPool,
  drawn: readonly TripPair[],
): Promise<TripsWithRoute> {
  const trips: TripPair[] = [];
  for (const trip of drawn) {
    try {
      await pool.planRoute({ ...trip, geometry: "none" });
      trips.push(trip);
    } catch (error) {
      if (noRouteCode(error) === undefined) throw error;
    }
  }
  return { trips, withoutRoute: drawn.length - trips.length };
}

import type { RoutingGraph } from "@gradeway/route-core";

import { randomPairs, type TripPair } from "../random-pairs.ts";

/** Random trips per one that is kept. */
const DRAWN = 10;

/** The longest of ten times as many random trips, in the order in which they were drawn. */
export function hardTrips(graph: RoutingGraph, count: number, seed: number): TripPair[] {
  const drawn = randomPairs(graph, DRAWN * count, seed);
  const least = drawn.map(spanOf).sort((a, b) => b - a)[count - 1]!;
  return drawn.filter((trip) => spanOf(trip) >= least).slice(0, count);
}

/** Straight distance in degrees of latitude: enough to put trips of one region in order. */
function spanOf({ origin, destination }: TripPair): number {
  const lon = (destination[0] - origin[0]) * Math.cos((origin[1] * Math.PI) / 180);
  return Math.hypot(lon, destination[1] - origin[1]);
}

import { openRegion, type RegionBundle } from "@gradeway/model-assets";
import { createRoutePlanner, decodeGraph, type RoutingGraph } from "@gradeway/route-core";

import { monotonicMs } from "../monotonic-clock.ts";
import { noRouteCode } from "../no-route.ts";
import { randomPairs, type TripPair } from "../random-pairs.ts";

/** A region as the scores look at it. */
export interface ScoredRegion {
  readonly bundle: RegionBundle;
  readonly graph: RoutingGraph;
  /** Trips that have a route. */
  readonly trips: readonly TripPair[];
}

const TRIPS = 12;
/** Trips that are drawn for each that is wanted: some have no route. */
const DRAWN_PER_TRIP = 3;

/**
 * Opens a region once, when it is first asked for; every gate that needs it gets the same one, or the
 * same error.
 */
export function createRegionOpener(directory: string, seed: number): () => Promise<ScoredRegion> {
  let opened: Promise<ScoredRegion> | undefined;
  return () => (opened ??= open(directory, seed));
}

async function open(directory: string, seed: number): Promise<ScoredRegion> {
  const bundle = await openRegion(directory);
  const graph = decodeGraph(bundle.region.graph);
  const planner = createRoutePlanner(bundle.region, { now: monotonicMs });
  const trips: TripPair[] = [];
  for (const trip of randomPairs(graph, TRIPS * DRAWN_PER_TRIP, seed)) {
    if (trips.length === TRIPS) break;
    try {
      planner.planRoute({ ...trip, geometry: "none" });
      trips.push(trip);
    } catch (error) {
      if (noRouteCode(error) === undefined) throw error;
    }
  }
  return { bundle, graph, trips };
}

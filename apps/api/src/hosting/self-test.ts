import { isReasonError, ReasonError } from "@gradeway/reason-codes";
import type { LonLat, PlanRequest, RoutingGraph } from "@gradeway/route-core";

import type { PlannerPort } from "../app-deps.ts";

/** What a planner is tested with. */
export interface SelfTestOptions {
  readonly planner: Pick<PlannerPort, "planRoute">;
  readonly trips: readonly Pick<PlanRequest, "origin" | "destination">[];
  /** Hash of the manifest that answers must name. */
  readonly manifestSha256: string;
}

/** Time for one trip of the test; a region that takes longer is of no use. */
const DEADLINE_MS = 30_000;

/**
 * Plans trips until one succeeds. Not every pair of places is connected, but a region on which no
 * trip can be planned must not be served.
 *
 * @throws {ReasonError} region_self_test_failed
 */
export async function testPlanner(options: SelfTestOptions): Promise<void> {
  const { planner, trips, manifestSha256 } = options;
  let cause: unknown;
  for (const trip of trips) {
    try {
      const { provenance } = await planner.planRoute({ ...trip, deadlineMs: DEADLINE_MS });
      const observed = provenance.region.manifestSha256;
      if (observed === manifestSha256) return;
      throw failed(`its answers name the manifest ${observed} instead of ${manifestSha256}`);
    } catch (error) {
      if (!isReasonError(error) || error.reasonCode === "region_self_test_failed") throw error;
      cause = error;
    }
  }
  const why = cause instanceof Error ? `: ${cause.message}` : "";
  throw failed(`none of ${trips.length} trips could be planned${why}`, cause);
}

/** Trips between nodes of the largest connected part of a network, far apart in their numbers. */
export function selfTestTrips(
  graph: RoutingGraph,
  count = 8,
): { readonly origin: LonLat; readonly destination: LonLat }[] {
  const { nodeComponent, componentNodes, nodeLonE7, nodeLatE7 } = graph;
  let largest = 0;
  for (let part = 1; part < componentNodes.length; part++) {
    if (componentNodes[part]! > componentNodes[largest]!) largest = part;
  }
  const nodes: number[] = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    if (nodeComponent[node] === largest) nodes.push(node);
  }
  const at = (index: number): LonLat => {
    const node = nodes[index]!;
    return [nodeLonE7[node]! / 1e7, nodeLatE7[node]! / 1e7];
  };
  const half = Math.floor(nodes.length / 2);
  const trips = Math.min(count, half);
  return Array.from({ length: trips }, (_, trip) => {
    const index = Math.floor((trip * half) / trips);
    return { origin: at(index), destination: at(index + half) };
  });
}

function failed(problem: string, cause?: unknown): ReasonError<"region_self_test_failed"> {
  return new ReasonError(
    "region_self_test_failed",
    `The region is not fit to be served: ${problem}`,
    { problem },
    { cause },
  );
}

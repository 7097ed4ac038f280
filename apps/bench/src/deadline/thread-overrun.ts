import { isReasonError } from "@gradeway/reason-codes";
import {
  createRoutePlanner,
  type PlanRequest,
  type RegionData,
  type RoutePlanner,
} from "@gradeway/route-core";

import { noRouteCode } from "../no-route.ts";

/** Trips that are planned before anything is measured. */
const WARM_UP_TRIPS = 10;

/** Processor time of the calling thread, ms. */
function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/**
 * How late a planner is by its own processor time, one request at a time: what its code alone is late,
 * however busy the machine. Only requests that the deadline ended count.
 */
export function threadOverrun(
  region: RegionData,
  requests: readonly (PlanRequest & { readonly deadlineMs: number })[],
): number[] {
  const planner = createRoutePlanner(region, { now: threadCpuMs, evaluates: true });
  const overrunMs: number[] = [];
  // Weights and code are ready before anything counts.
  for (const request of requests.slice(0, WARM_UP_TRIPS)) {
    isEnded(planner, { ...request, epsilon: 0.05, deadlineMs: Infinity });
  }
  for (const request of requests) {
    const dueAtMs = threadCpuMs() + request.deadlineMs;
    if (isEnded(planner, request)) overrunMs.push(threadCpuMs() - dueAtMs);
  }
  return overrunMs;
}

/** Whether the deadline ended the request. */
function isEnded(planner: RoutePlanner, request: PlanRequest): boolean {
  try {
    return !planner.planPareto(request).certificate.complete;
  } catch (error) {
    if (isReasonError(error, "route_compute_timeout")) return true;
    if (noRouteCode(error) === undefined) throw error;
    return false;
  }
}

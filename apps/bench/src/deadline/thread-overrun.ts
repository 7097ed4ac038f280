import { createRoutePlanner, type PlanRequest, type RegionData } from "@gradeway/route-core";
import { isReasonError } from "@gradeway/reason-codes";

import { noRouteCode } from "../no-route.ts";

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
  const planner = createRoutePlanner(region, { now: threadCpuMs });
  const overrunMs: number[] = [];
  planner.planRoute(requests[0]!);
  for (const request of requests) {
    const dueAtMs = threadCpuMs() + request.deadlineMs;
    let isLate = false;
    try {
      isLate = !planner.planPareto(request).certificate.complete;
    } catch (error) {
      isLate = isReasonError(error, "route_compute_timeout");
      if (!isLate && noRouteCode(error) === undefined) throw error;
    }
    if (isLate) overrunMs.push(threadCpuMs() - dueAtMs);
  }
  return overrunMs;
}

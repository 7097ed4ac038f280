import type { PlannerPool } from "@gradeway/api";
import { isReasonError } from "@gradeway/reason-codes";
import type { PlanRequest } from "@gradeway/route-core";

import { noRouteCode } from "../no-route.ts";

/** What requests with a deadline came to that could not be finished in time. */
export interface LateRequests {
  readonly sent: number;
  /** Time from the deadline to the answer or refusal, ms, of each one that the deadline ended. */
  readonly overrunMs: readonly number[];
  /** Finished before the deadline: they say nothing about it. */
  readonly inTime: number;
  readonly withoutRoute: number;
  /** Epsilon of the fronts that were given instead of a refusal; null where nothing was proven. */
  readonly epsilons: readonly (number | null)[];
}

/** Sends requests so that every thread of a pool has one all the time. */
export async function loadPool(
  pool: PlannerPool,
  requests: readonly (PlanRequest & { readonly deadlineMs: number })[],
  now: () => number,
): Promise<LateRequests> {
  const overrunMs: number[] = [];
  const epsilons: (number | null)[] = [];
  let inTime = 0;
  let withoutRoute = 0;
  let next = 0;
  const client = async (): Promise<void> => {
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      const dueAtMs = now() + request.deadlineMs;
      try {
        const { certificate } = await pool.planPareto(request);
        if (certificate.complete) inTime++;
        else {
          overrunMs.push(now() - dueAtMs);
          epsilons.push(certificate.epsilon);
        }
      } catch (error) {
        if (isReasonError(error, "route_compute_timeout")) overrunMs.push(now() - dueAtMs);
        else if (noRouteCode(error) === undefined) throw error;
        else withoutRoute++;
      }
    }
  };
  await Promise.all(Array.from({ length: pool.threads }, client));
  return { sent: requests.length, overrunMs, inTime, withoutRoute, epsilons };
}

import { setTimeout as pause } from "node:timers/promises";

import type { PlannerPool } from "@gradeway/api";
import { isReasonError } from "@gradeway/reason-codes";
import type { PlanRequest } from "@gradeway/route-core";

/** What happens to the only thread of a pool when the request on it is cancelled. */
export interface CancelledRequests {
  /** From the cancelling to the answer of a request that waited, less what that takes warm. */
  readonly freedMs: readonly number[];
  /** Planning time of that request, by the thread's own clock. */
  readonly nextMs: readonly number[];
  /** The same request on the same thread, after one that was finished. */
  readonly warmMs: readonly number[];
  /** Finished before they could be cancelled. */
  readonly tooFast: number;
}

/**
 * Cancels a hard request again and again, each time at another moment of its work.
 *
 * @param pool of one thread
 * @param latestMs the latest moment to cancel at, from its beginning
 */
export async function cancelRequests(
  pool: PlannerPool,
  hard: readonly PlanRequest[],
  easy: PlanRequest,
  latestMs: number,
  now: () => number,
): Promise<CancelledRequests> {
  const freedMs: number[] = [];
  const nextMs: number[] = [];
  const warmMs: number[] = [];
  let tooFast = 0;
  const planEasy = async (): Promise<{ readonly waitedMs: number; readonly plannedMs: number }> => {
    const startedAtMs = now();
    const { diagnostics } = await pool.planPareto(easy);
    return { waitedMs: now() - startedAtMs, plannedMs: diagnostics.totalMs };
  };
  await planEasy();
  for (const [round, request] of hard.entries()) {
    // As far from its last turn as the one after the cancelled request, but nothing was cancelled.
    await pool.planPareto({ ...request, epsilon: 0.2 });
    const warm = await planEasy();
    const client = new AbortController();
    const running = pool.planPareto(request, { signal: client.signal }).then(
      () => true,
      (error: unknown) => {
        if (isReasonError(error, "planner_stopped")) return false;
        throw error;
      },
    );
    await pause((latestMs * (round + 1)) / hard.length);
    client.abort();
    const next = await planEasy();
    if (await running) {
      tooFast++;
      continue;
    }
    warmMs.push(warm.plannedMs);
    nextMs.push(next.plannedMs);
    freedMs.push(Math.max(0, next.waitedMs - warm.waitedMs));
  }
  return { freedMs, nextMs, warmMs, tooFast };
}

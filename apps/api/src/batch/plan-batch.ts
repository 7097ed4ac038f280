import { isReasonError, noRouteCode, type ReasonCode, ReasonError } from "@gradeway/reason-codes";
import type { PlanRequest } from "@gradeway/route-core";

import type { Problem } from "../http/problem.ts";
import { DEFAULT_DEADLINE_MS } from "../schemas/plan-request.ts";
import { inOrder } from "./in-order.ts";
import { createSlots, type Slots } from "./slots.ts";

/** Pairs that may be finished before the one that is written next. */
const PAIRS_AHEAD = 64;

/** What came of one pair. A route that does not exist is a right answer, not an error. */
export type PairResult = {
  /** Place of the pair in the request, from 0. */
  readonly index: number;
  /** Time from its turn to its result; only where the batch is diagnosed. */
  readonly elapsedMs?: number;
} &
  /** JSON in UTF-8. */
  (
    | { readonly status: "ok"; readonly answer: Uint8Array }
    | { readonly status: "noRoute" | "error"; readonly problem: Problem }
  );

/** How many pairs came to what. */
export interface BatchSummary {
  readonly pairs: number;
  readonly ok: number;
  readonly noRoute: number;
  readonly error: number;
  /** Pairs without an answer by reason code. */
  readonly reasonCodes: Readonly<Partial<Record<ReasonCode, number>>>;
}

/** A batch and what plans it. */
export interface BatchWork {
  readonly pairs: readonly (PlanRequest | ReasonError)[];
  readonly batchDeadlineMs: number;
  /** Pairs of this batch that may be under way at the same time. */
  readonly concurrency: number;
  /** Room that all batches share. */
  readonly slots: Slots;
  /** Ends what is under way, and keeps what has not begun from beginning. */
  readonly signal: AbortSignal;
  /** The answer of a pair, as it is sent. */
  readonly plan: (request: PlanRequest, signal: AbortSignal) => Promise<Uint8Array>;
  readonly describeError: (error: unknown) => Problem;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
  readonly isDiagnosed: boolean;
}

/**
 * Plans the pairs of a batch and gives what came of each in the order of the request. A pair fails on
 * its own. Once the client has left nothing more is begun, and the results end.
 *
 * @returns The summary of all pairs.
 */
export async function* planBatch(work: BatchWork): AsyncGenerator<PairResult, BatchSummary> {
  const { pairs, signal, now } = work;
  const dueAtMs = now() + work.batchDeadlineMs;
  // A batch waits in line with no more pairs than can be under way, so that others get their turn.
  const own = createSlots(work.concurrency);
  const counts = { ok: 0, noRoute: 0, error: 0 };
  const reasonCodes: Partial<Record<ReasonCode, number>> = {};
  const results = inOrder({
    count: pairs.length,
    ahead: PAIRS_AHEAD,
    run: (index) => own.use(() => work.slots.use(() => planPair(work, index, dueAtMs))),
  });
  for await (const result of results) {
    if (signal.aborted) break;
    counts[result.status]++;
    if (result.status !== "ok") {
      const { reasonCode } = result.problem;
      reasonCodes[reasonCode] = (reasonCodes[reasonCode] ?? 0) + 1;
    }
    yield result;
  }
  return { pairs: pairs.length, ...counts, reasonCodes };
}

async function planPair(work: BatchWork, index: number, dueAtMs: number): Promise<PairResult> {
  const { now, isDiagnosed } = work;
  const startedAtMs = now();
  const timed = (): { readonly elapsedMs?: number } =>
    isDiagnosed ? { elapsedMs: now() - startedAtMs } : {};
  try {
    const request = timelyRequest(work, index, dueAtMs);
    const answer = await work.plan(request, work.signal);
    return { index, status: "ok", ...timed(), answer };
  } catch (error) {
    const status = noRouteCode(error) === undefined ? "error" : "noRoute";
    return { index, status, ...timed(), problem: work.describeError(error) };
  }
}

/**
 * A pair with what is left of the batch's deadline where that is less than its own.
 *
 * @throws {ReasonError} why the pair cannot be planned; planner_stopped, route_compute_timeout
 */
function timelyRequest(work: BatchWork, index: number, dueAtMs: number): PlanRequest {
  const pair = work.pairs[index]!;
  if (isReasonError(pair)) throw pair;
  if (work.signal.aborted) throw new ReasonError("planner_stopped", "The client left.", {});
  const leftMs = Math.floor(dueAtMs - work.now());
  if (leftMs < 1) {
    const deadlineMs = work.batchDeadlineMs;
    throw new ReasonError(
      "route_compute_timeout",
      "The deadline of the batch passed before it was the pair's turn.",
      { deadlineMs, elapsedMs: deadlineMs - leftMs },
    );
  }
  return { ...pair, deadlineMs: Math.min(pair.deadlineMs ?? DEFAULT_DEADLINE_MS, leftMs) };
}

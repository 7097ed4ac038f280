import { createHash } from "node:crypto";

import { isReasonError } from "@gradeway/reason-codes";
import { droppedFrom, reasonText, type WholeAnswer } from "@gradeway/quality-gates";

import type { TripPair } from "../random-pairs.ts";

/** What came of one pair. */
export interface PairOutcome {
  /** Absent where there was no region to draw it from. */
  readonly pair?: TripPair;
  /** `noRoute` is a right answer: the trip does not exist for this vehicle. */
  readonly status: "ok" | "noRoute" | "error";
  /** Of a pair without an answer; null where the failure has none. */
  readonly reasonCode?: string | null;
  readonly problem?: string;
  /** From its turn to its result. */
  readonly elapsedMs?: number;
  readonly routes?: number;
  /** What the answer lacks of its front, one line each. */
  readonly dropped?: readonly string[];
  /** Of the answer without its diagnostics. */
  readonly answerSha256?: string;
}

/** One result of `POST /batch/pareto`, as far as it is read here. */
interface BatchResult {
  readonly status: PairOutcome["status"];
  readonly elapsedMs: number;
  readonly answer?: WholeAnswer & { readonly diagnostics: unknown };
  readonly problem?: { readonly reasonCode: string; readonly detail: string };
}

/** An answer to a batch, with its last byte. */
export interface BatchAnswer {
  readonly isOk: boolean;
  readonly chunks: readonly Uint8Array[];
}

/**
 * Reads what a server answered to a batch. A refusal of the whole batch is an error of every pair,
 * and so is an answer that does not fit the request.
 */
export function readOutcomes(
  { isOk, chunks }: BatchAnswer,
  pairs: readonly TripPair[],
): PairOutcome[] {
  const body = JSON.parse(Buffer.concat(chunks).toString()) as {
    readonly results?: readonly BatchResult[];
    readonly reasonCode?: string;
    readonly detail?: string;
  };
  const { results } = body;
  if (!isOk || results?.length !== pairs.length) {
    const problem = body.detail ?? `${results?.length} results for ${pairs.length} pairs`;
    const reasonCode = body.reasonCode ?? null;
    return pairs.map((pair) => ({ pair, status: "error", reasonCode, problem }));
  }
  return pairs.map((pair, index) => {
    const { status, elapsedMs, answer, problem } = results[index]!;
    if (status === "ok") {
      const { diagnostics: _, ...figures } = answer!;
      const answerSha256 = createHash("sha256").update(JSON.stringify(figures)).digest("hex");
      const dropped = droppedFrom(figures);
      return { pair, status, elapsedMs, routes: figures.routes.length, dropped, answerSha256 };
    }
    return {
      pair,
      status,
      elapsedMs,
      reasonCode: problem!.reasonCode,
      problem: problem!.detail,
    };
  });
}

/** The outcome of every pair when nothing could be asked: no region, no server. */
export function allFailed(error: unknown, pairs: readonly (TripPair | undefined)[]): PairOutcome[] {
  const reasonCode = isReasonError(error) ? error.reasonCode : null;
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : undefined;
  const problem =
    cause === undefined || isReasonError(error) ? reasonText(error) : reasonText(cause);
  return pairs.map((pair) => ({
    ...(pair === undefined ? {} : { pair }),
    status: "error",
    reasonCode,
    problem,
  }));
}

/** Pairs without an answer by reason code. */
export function codeCounts(
  outcomes: readonly PairOutcome[],
  status: "noRoute" | "error",
): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) {
    if (outcome.status !== status) continue;
    const code = outcome.reasonCode ?? "no reason code";
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

import { ReasonError, isReasonError } from "@gradeway/reason-codes";
import pRetry from "p-retry";

import type { OriginBreaker } from "./circuit-breaker.ts";
import { orAborted } from "../single-flight.ts";
import { PassingFailure } from "./passing-failure.ts";
import { parseRetryAfter } from "./retry-after.ts";

/** What is done about attempts that fail. */
export interface RetryPolicy {
  /** How often a failed attempt is repeated. */
  readonly retries: number;
  /** Pause in milliseconds before the first repetition, at least; doubles each time. */
  readonly retryDelayMs: number;
  /** Longest wait in milliseconds that an origin may ask for; a longer one is a failure at once. */
  readonly maxRetryAfterMs: number;
  /** Clock in milliseconds since 1970: Retry-After may name a date. */
  readonly nowMs: () => number;
}

/** A pause before the next attempt. */
export interface RetryPause {
  /** Time of the next attempt, by the clock of the policy. */
  readonly untilMs: number;
  /** The part of it in milliseconds that the origin asked for. */
  readonly askedMs: number;
  readonly problem: string;
  readonly status: number | undefined;
}

/** Learns what happens while a tile is fetched. */
export interface FetchObserver {
  /** An attempt is sent: the first, the second and so on, of the same request. */
  attempt(number: number): void;
  /** An attempt failed and another one will follow. */
  pause(pause: RetryPause): void;
}

/** What one caller asks for. */
export interface RetryRequest {
  /** "z/x/y". */
  readonly tile: string;
  readonly signal?: AbortSignal | undefined;
  /** Time by the clock of the policy after which no attempt may begin. */
  readonly deadlineAtMs?: number | undefined;
  readonly observer?: FetchObserver | undefined;
}

/**
 * Runs attempts inside a circuit breaker until one gives an answer.
 *
 * The pauses grow and are random; a wait that the origin asks for comes on top of them, so that the
 * callers it sent away do not all come back in the same moment.
 *
 * @throws {ReasonError} `terrain_fetch_failed` when the attempts are used up, or at once when the
 *   next one would come after the deadline or too late; any other ReasonError of an attempt
 */
export async function runWithRetries<T>(
  attempt: () => Promise<T>,
  breaker: OriginBreaker,
  policy: RetryPolicy,
  request: RetryRequest,
): Promise<T> {
  const { retries, retryDelayMs, maxRetryAfterMs, nowMs } = policy;
  const { tile, signal, deadlineAtMs = Number.POSITIVE_INFINITY, observer } = request;
  let attempts = 0;
  const counted = (): Promise<T> => {
    attempts += 1;
    observer?.attempt(attempts);
    return attempt();
  };
  try {
    // The breaker is inside, so that it counts attempts and can end a row of repetitions. A probe of
    // it goes on when the caller leaves.
    return await pRetry(() => orAborted(breaker.run(counted), signal), {
      retries,
      minTimeout: retryDelayMs,
      randomize: true,
      shouldRetry: ({ error }) => error instanceof PassingFailure,
      async onFailedAttempt({ error, retriesLeft, retryDelay }) {
        if (!(error instanceof PassingFailure) || retriesLeft === 0) return;
        const { message: problem, status } = error;
        const now = nowMs();
        const waitMs = parseRetryAfter(error.retryAfter, now) ?? 0;
        const untilMs = now + waitMs + retryDelay;
        if (waitMs > maxRetryAfterMs || untilMs > deadlineAtMs) {
          throw fetchFailed(tile, attempts, { problem: tooLate(problem, waitMs), status }, error);
        }
        observer?.pause({ untilMs, askedMs: waitMs, problem, status });
        if (waitMs > 0) await pause(waitMs, signal);
      },
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof PassingFailure) {
      throw fetchFailed(tile, attempts, { problem: error.message, status: error.status }, error);
    }
    throw withAttempts(error, attempts);
  }
}

/** Builds the error of a tile that could not be fetched. */
export function fetchFailed(
  tile: string,
  attempts: number,
  { problem, status }: Pick<RetryPause, "problem" | "status">,
  cause?: unknown,
): ReasonError<"terrain_fetch_failed"> {
  const times = attempts === 1 ? "one attempt" : `${attempts} attempts`;
  return new ReasonError(
    "terrain_fetch_failed",
    `The elevation tile ${tile} could not be fetched in ${times}: ${problem}.`,
    { tile, attempts, problem, ...(status === undefined ? {} : { status }) },
    { cause },
  );
}

/** Says that the next attempt would come too late. */
export function tooLate(problem: string, askedMs: number): string {
  const wait = askedMs > 0 ? `, which asks for ${Math.ceil(askedMs / 1000)} s of patience,` : "";
  return `${problem}${wait} and there is no time left to try again`;
}

/** A final answer may come only after attempts that failed. */
function withAttempts(error: unknown, attempts: number): unknown {
  if (!isReasonError(error, "terrain_fetch_failed") || error.details.attempts === attempts) {
    return error;
  }
  return new ReasonError(
    error.reasonCode,
    error.message,
    { ...error.details, attempts },
    { cause: error.cause },
  );
}

function pause(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(timer);
      const reason: unknown = signal?.reason;
      // The reason belongs to the caller and is handed back as it is.
      reject(reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", leave);
      resolve();
    }, waitMs);
    if (signal?.aborted === true) leave();
    else signal?.addEventListener("abort", leave, { once: true });
  });
}

import { isReasonError, ReasonError } from "@gradeway/reason-codes";
import {
  createOriginBreaker,
  type Fetch,
  type OriginBreaker,
  PassingFailure,
  runWithRetries,
} from "@gradeway/terrain-tiles";

/** Options of {@link createHttpClient}. */
export interface HttpClientOptions {
  /** Sends requests and decides which hosts it reaches; see `createSafeFetch`. */
  readonly fetch: Fetch;
  /** How often a failed attempt is repeated. Default 2, which makes three attempts. */
  readonly retries?: number;
  /** Pause in milliseconds before the first repetition, at least; doubles each time. Default 250. */
  readonly retryDelayMs?: number;
  /** Longest wait in seconds that the origin may ask for with Retry-After. Default 60. */
  readonly maxRetryAfterS?: number;
  /** Time in milliseconds for which an origin may be silent. Default 30,000. */
  readonly timeoutMs?: number;
  /** Consecutive failed attempts that open the circuit of an origin. Default 8. */
  readonly breakerFailures?: number;
  /** Time in seconds for which an open circuit refuses. Default 30. */
  readonly breakerCoolDownS?: number;
  /** Clock in milliseconds since 1970. Default: the platform's. */
  readonly nowMs?: () => number;
}

/** Sends requests with the resilience of the tile library. */
export interface HttpClient {
  readonly fetch: Fetch;
  readonly timeoutMs: number;
  readonly nowMs: () => number;
  /**
   * Runs attempts at an address until one gives an answer. An attempt that throws a
   * `PassingFailure` is repeated.
   *
   * @throws {ReasonError} asset_fetch_failed, asset_source_resting, asset_host_not_allowed, and what
   *   an attempt throws
   */
  run<T>(url: URL, attempt: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** Creates a client with one circuit breaker per origin. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { fetch, retries = 2, retryDelayMs = 250, maxRetryAfterS = 60 } = options;
  const { timeoutMs = 30_000, breakerFailures = 8, breakerCoolDownS = 30 } = options;
  const { nowMs = () => Date.now() } = options;
  const policy = { retries, retryDelayMs, maxRetryAfterMs: maxRetryAfterS * 1000, nowMs };
  const breakers = new Map<string, OriginBreaker>();
  const breakerOf = (origin: string): OriginBreaker => {
    const known = breakers.get(origin);
    if (known !== undefined) return known;
    const breaker = createOriginBreaker({
      origin,
      failures: breakerFailures,
      coolDownS: breakerCoolDownS,
      nowMs,
    });
    breakers.set(origin, breaker);
    return breaker;
  };
  return {
    fetch,
    timeoutMs,
    nowMs,
    async run(url, attempt, signal) {
      const location = publicAddress(url);
      const guarded = async () => {
        try {
          return await attempt();
        } catch (error) {
          signal?.throwIfAborted();
          if (error instanceof ReasonError || error instanceof PassingFailure) throw error;
          const problem = `the connection failed: ${rootMessage(error)}`;
          throw new PassingFailure(problem, undefined, { cause: error });
        }
      };
      try {
        const request = { tile: location, signal };
        return await runWithRetries(guarded, breakerOf(url.host), policy, request);
      } catch (error) {
        throw asAssetError(error, location);
      }
    },
  };
}

/** Gives up on an origin that has been silent for too long. */
export interface SilenceTimer {
  readonly signal: AbortSignal;
  /** Something came: the time begins anew. */
  heard(): void;
  stop(): void;
}

/** Creates a running timer whose signal also fires with the caller's. */
export function createSilenceTimer(timeoutMs: number, signal?: AbortSignal): SilenceTimer {
  const silence = new AbortController();
  const timer = setTimeout(() => {
    silence.abort(new Error(`the origin was silent for ${timeoutMs} ms`));
  }, timeoutMs);
  return {
    signal: signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]),
    heard: () => timer.refresh(),
    stop: () => clearTimeout(timer),
  };
}

/** An address without credentials, query and fragment, so that no secret reaches a message. */
export function publicAddress(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

/**
 * What an answer that is no success means.
 *
 * @returns a `PassingFailure` when trying again may help: 408, 429, 5xx
 */
export function refusalOf({ status, headers }: Response, url: URL): Error {
  const problem = `the origin answered with status ${status}`;
  if (status === 408 || status === 429 || status >= 500) {
    return new PassingFailure(problem, status, {
      retryAfter: headers.get("retry-after") ?? undefined,
    });
  }
  return fetchFailed(publicAddress(url), 1, problem, status);
}

/** Builds the error of a file that could not be fetched. */
export function fetchFailed(
  location: string,
  attempts: number,
  problem: string,
  status?: number,
  cause?: unknown,
): ReasonError<"asset_fetch_failed"> {
  const times = attempts === 1 ? "one attempt" : `${attempts} attempts`;
  return new ReasonError(
    "asset_fetch_failed",
    `${location} could not be fetched in ${times}: ${problem}.`,
    { location, attempts, problem, ...(status === undefined ? {} : { status }) },
    { cause },
  );
}

/** The tile library speaks of tiles. */
function asAssetError(error: unknown, location: string): unknown {
  if (isReasonError(error, "terrain_fetch_failed")) {
    const { attempts, problem, status } = error.details;
    return fetchFailed(location, attempts, problem, status, error.cause);
  }
  if (isReasonError(error, "terrain_circuit_open")) {
    const { origin, retryAfterS } = error.details;
    const message = `${origin} failed repeatedly; it is left alone for ${retryAfterS} s.`;
    return new ReasonError("asset_source_resting", message, { origin, retryAfterS });
  }
  if (isReasonError(error, "terrain_host_not_allowed")) {
    const { host } = error.details;
    const message = `Files of a region may not be fetched from "${host}".`;
    return new ReasonError("asset_host_not_allowed", message, { host }, { cause: error });
  }
  return error;
}

/** The platform says "fetch failed" and hides what happened in the cause. */
function rootMessage(error: unknown): string {
  let current = error;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  return current instanceof Error ? current.message : String(current);
}

import { ReasonError } from "@gradeway/reason-codes";

import { createOriginBreaker } from "../resilience/circuit-breaker.ts";
import { PassingFailure } from "../resilience/passing-failure.ts";
import { type RetryPolicy, runWithRetries } from "../resilience/retrying.ts";
import type { Fetch } from "./fetch-tile.ts";
import { changedError, type RangeReader, unavailable } from "./range-reader.ts";

/** Settings of {@link createHttpRangeReader}. */
export interface HttpRangeReaderOptions extends RetryPolicy {
  /** Sends requests, follows redirects and decides which hosts they reach. */
  readonly fetch: Fetch;
  /** Time in milliseconds for one attempt with its body. */
  readonly timeoutMs: number;
  /** Consecutive failed attempts that open the circuit. */
  readonly breakerFailures: number;
  /** Time in seconds for which an open circuit refuses. */
  readonly breakerCoolDownS: number;
}

/**
 * Creates a reader over a file on a web server that answers range requests. A server that would
 * send the whole file is refused, and so is a file that changes in between.
 */
export function createHttpRangeReader(url: URL, options: HttpRangeReaderOptions): RangeReader {
  const { fetch, timeoutMs, breakerFailures, breakerCoolDownS, nowMs } = options;
  // Without its query, which may hold a signature.
  const location = `${url.origin}${url.pathname}`;
  const breaker = createOriginBreaker({
    origin: url.host,
    failures: breakerFailures,
    coolDownS: breakerCoolDownS,
    nowMs,
  });
  let version: string | undefined;

  async function attempt(offset: number, length: number, signal?: AbortSignal) {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url.href, {
        headers: {
          range: `bytes=${offset}-${offset + length - 1}`,
          // Ranges of a compressed body would be other bytes.
          "accept-encoding": "identity",
        },
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
      if (response.status !== 206) return await withoutRange(response, location);
      const range = parseContentRange(response.headers.get("content-range"));
      if (range?.start !== offset || range.end >= offset + length) {
        await response.body?.cancel();
        throw unavailable(location, "The server answers with another range than it was asked for.");
      }
      const { etag, lastModified } = validators(response);
      const found = `${range.total} ${etag} ${lastModified}`;
      version ??= found;
      if (version !== found) {
        await response.body?.cancel();
        throw changedError(location);
      }
      return await readExactly(response, range.end + 1 - offset);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof ReasonError || error instanceof PassingFailure) throw error;
      const problem = timeout.aborted
        ? `no complete answer within ${timeoutMs} ms`
        : `the connection failed: ${rootMessage(error)}`;
      throw new PassingFailure(problem, undefined, { cause: error });
    }
  }

  return {
    location,
    read: async (offset, length, signal) =>
      length <= 0
        ? new Uint8Array(0)
        : runWithRetries(
            () => attempt(offset, length, breaker.signalFor(signal)),
            breaker,
            options,
            {
              tile: `${location} from byte ${offset}`,
              signal,
            },
          ),
  };
}

/** What an answer without a range means: the end of the file, or a failure. */
async function withoutRange(
  response: Response,
  location: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { status } = response;
  await response.body?.cancel();
  if (status === 416) return new Uint8Array(0);
  if (status === 404 || status === 410) throw unavailable(location, "There is no such file.");
  if (status === 200) throw unavailable(location, "The server does not answer range requests.");
  const problem = `the origin answered with status ${status}`;
  if (status === 429 || status >= 500) {
    const retryAfter = response.headers.get("retry-after") ?? undefined;
    throw new PassingFailure(problem, status, { retryAfter });
  }
  throw new ReasonError(
    "terrain_fetch_failed",
    `The elevation file ${location} could not be read: ${problem}.`,
    { tile: location, attempts: 1, problem, status },
  );
}

/** Reads a body whose length is known; never more is kept. */
async function readExactly(
  response: Response,
  sizeBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(sizeBytes);
  let at = 0;
  for await (const chunk of response.body ?? []) {
    // Leaving the loop cancels the rest of the body.
    if (at + chunk.length > sizeBytes) throw new PassingFailure("the answer is too long");
    bytes.set(chunk, at);
    at += chunk.length;
  }
  if (at < sizeBytes) throw new PassingFailure("the answer is too short");
  return bytes;
}

function validators({ headers }: Response): { etag: string; lastModified: string } {
  return { etag: headers.get("etag") ?? "", lastModified: headers.get("last-modified") ?? "" };
}

function parseContentRange(
  header: string | null,
): { readonly start: number; readonly end: number; readonly total: string } | undefined {
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(header ?? "");
  if (match === null) return undefined;
  const range = { start: Number(match[1]), end: Number(match[2]), total: match[3]! };
  return range.end < range.start ? undefined : range;
}

/** The platform says "fetch failed" and hides what happened in the cause. */
function rootMessage(error: unknown): string {
  let current = error;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  return current instanceof Error ? current.message : String(current);
}

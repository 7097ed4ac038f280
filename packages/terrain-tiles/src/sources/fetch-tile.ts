import { ReasonError } from "@gradeway/reason-codes";

import { PassingFailure } from "../resilience/passing-failure.ts";
import { corruptError } from "../tile-errors.ts";

/** The function of the platform that sends an HTTP request. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What one attempt needs to know. */
export interface FetchTileRequest {
  readonly fetch: Fetch;
  readonly url: URL;
  /** "z/x/y". */
  readonly tile: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Fetches one tile, once; `undefined` when the origin says that there is none (404).
 *
 * @throws {PassingFailure} when trying again may help: time-out, network, 429, 5xx
 * @throws {ReasonError} when it will not: `terrain_fetch_failed` for another status,
 *   `terrain_host_not_allowed` for a redirect elsewhere, `terrain_tile_corrupt` for a body that is too large
 */
export async function fetchTile(request: FetchTileRequest): Promise<Uint8Array | undefined> {
  const { signal, timeoutMs } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await request.fetch(request.url.href, {
      headers: { accept: "image/tiff, application/octet-stream" },
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    if (response.status === 200) return await readBody(response, request);
    // The connection is free again only when nobody waits for the body.
    await response.body?.cancel();
    if (response.status === 404) return undefined;
    throw refusal(response, request);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ReasonError || error instanceof PassingFailure) throw error;
    const problem = timeout.aborted
      ? `no complete answer within ${timeoutMs} ms`
      : `the connection failed: ${rootMessage(error)}`;
    throw new PassingFailure(problem, undefined, { cause: error });
  }
}

function refusal(response: Response, { tile }: FetchTileRequest): Error {
  const { status } = response;
  const problem = `the origin answered with status ${status}`;
  if (status === 429 || status >= 500) {
    const retryAfter = response.headers.get("retry-after") ?? undefined;
    return new PassingFailure(problem, status, { retryAfter });
  }
  return new ReasonError(
    "terrain_fetch_failed",
    `The elevation tile ${tile} could not be fetched: ${problem}.`,
    { tile, status, attempts: 1, problem },
  );
}

async function readBody(
  response: Response,
  { tile, maxBytes }: FetchTileRequest,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  // The stated length is not trusted: it may be absent, and it does not count what gzip unpacks to.
  for await (const chunk of response.body ?? []) {
    sizeBytes += chunk.length;
    // Leaving the loop cancels the rest of the body.
    if (sizeBytes > maxBytes) throw corruptError(tile, `it is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, sizeBytes);
}

/** The platform says "fetch failed" and hides what happened in the cause. */
function rootMessage(error: unknown): string {
  let current = error;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  return current instanceof Error ? current.message : String(current);
}

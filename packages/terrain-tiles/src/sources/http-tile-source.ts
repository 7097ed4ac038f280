import { isReasonError, ReasonError } from "@gradeway/reason-codes";
import pRetry from "p-retry";

import { createOriginBreaker } from "../resilience/circuit-breaker.ts";
import { PassingFailure } from "../resilience/passing-failure.ts";
import { formatTileId, type TileId } from "../tile-id.ts";
import { type TileSource, type TileSourceInfo, UNKNOWN_ATTRIBUTION } from "../tile-source.ts";
import { DEFAULT_ALLOWED_HOSTS } from "./allowed-hosts.ts";
import { type Fetch, fetchTile } from "./fetch-tile.ts";
import { DEFAULT_URL_TEMPLATE, parseUrlTemplate } from "./url-template.ts";

/** Options of {@link createHttpTileSource}. */
export interface HttpTileSourceOptions extends Partial<TileSourceInfo> {
  /** Address of a tile with `{z}`, `{x}` and `{y}`; default: the public bucket. */
  readonly urlTemplate?: string;
  /**
   * Hosts that tiles may come from: `example.org` that host, `example.org:8443` that host on that
   * port, `.example.org` every host below it. Default: the host of the public bucket.
   */
  readonly allowedHosts?: readonly string[];
  /** How often a failed attempt is repeated. Default 2, which makes three attempts. */
  readonly retries?: number;
  /** Pause in milliseconds before the first repetition, at least; doubles each time. Default 250. */
  readonly retryDelayMs?: number;
  /** Time in milliseconds for one attempt with its body. Default 20,000. */
  readonly timeoutMs?: number;
  /** Largest tile in bytes. Default 8 MiB. */
  readonly maxTileBytes?: number;
  /** Consecutive failed attempts that open the circuit. Default 8. */
  readonly breakerFailures?: number;
  /** Time in seconds for which an open circuit refuses. Default 30. */
  readonly breakerCoolDownS?: number;
  /** Sends requests. Default: the fetch of the platform. */
  readonly fetch?: Fetch;
  /** Clock in milliseconds, for the time named by a refusal. Default: the clock of the platform. */
  readonly nowMs?: () => number;
}

const PUBLIC_ATTRIBUTION =
  "Terrain Tiles on AWS Open Data (Mapzen); see https://github.com/tilezen/joerd for its sources";

/**
 * Creates a source over tiles on a web server. A status of 404 means that there is no tile.
 *
 * A time-out, a broken connection, 429 and 5xx are repeated with growing, random pauses; any other
 * answer is final. After several failed attempts in a row, over all tiles, the origin is left alone
 * for a while. Redirects are refused.
 *
 * @throws {ReasonError} here: `terrain_host_not_allowed` or `terrain_dem_asset_unavailable` for a
 *   template that may not or cannot be used; from `getTile`: `terrain_fetch_failed`,
 *   `terrain_circuit_open`, `terrain_host_not_allowed` for a redirect, `terrain_tile_corrupt` for a
 *   body over the limit
 */
export function createHttpTileSource(options: HttpTileSourceOptions = {}): TileSource {
  const {
    urlTemplate = DEFAULT_URL_TEMPLATE,
    allowedHosts = DEFAULT_ALLOWED_HOSTS,
    retries = 2,
    retryDelayMs = 250,
    timeoutMs = 20_000,
    maxTileBytes = 8 * 1024 * 1024,
    breakerFailures = 8,
    breakerCoolDownS = 30,
    fetch = globalThis.fetch,
    nowMs = () => Date.now(),
  } = options;
  const template = parseUrlTemplate(urlTemplate, allowedHosts);
  const { host } = template;
  const usualAttribution =
    urlTemplate === DEFAULT_URL_TEMPLATE ? PUBLIC_ATTRIBUTION : UNKNOWN_ATTRIBUTION;
  const breaker = createOriginBreaker({
    origin: host,
    failures: breakerFailures,
    coolDownS: breakerCoolDownS,
    nowMs,
  });

  return {
    info: {
      name: options.name ?? `${host} tiles`,
      attribution: options.attribution ?? usualAttribution,
    },
    async getTile(id: TileId, { signal } = {}) {
      const tile = formatTileId(id);
      const url = template.expand(id);
      let attempts = 0;
      const attempt = (): Promise<Uint8Array | undefined> => {
        attempts += 1;
        return fetchTile({ fetch, url, tile, timeoutMs, maxBytes: maxTileBytes, signal });
      };
      try {
        // The breaker is inside, so that it counts attempts and can end a row of repetitions.
        return await pRetry(() => breaker.run(attempt), {
          retries,
          minTimeout: retryDelayMs,
          randomize: true,
          shouldRetry: ({ error }) => error instanceof PassingFailure,
          ...(signal === undefined ? {} : { signal }),
        });
      } catch (error) {
        if (error instanceof PassingFailure) throw fetchFailed(tile, attempts, error);
        throw withAttempts(error, attempts);
      }
    },
  };
}

function fetchFailed(tile: string, attempts: number, failure: PassingFailure): ReasonError {
  const { message: problem, status } = failure;
  const times = attempts === 1 ? "one attempt" : `${attempts} attempts`;
  return new ReasonError(
    "terrain_fetch_failed",
    `The elevation tile ${tile} could not be fetched in ${times}: ${problem}.`,
    { tile, attempts, problem, ...(status === undefined ? {} : { status }) },
    { cause: failure },
  );
}

/** A final answer may come only after attempts that failed. */
function withAttempts(error: unknown, attempts: number): unknown {
  if (!isReasonError(error, "terrain_fetch_failed") || attempts === 1) return error;
  return new ReasonError(error.reasonCode, error.message, { ...error.details, attempts });
}

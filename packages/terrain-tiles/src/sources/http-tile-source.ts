import { createRedirectingFetch } from "../network/redirecting-fetch.ts";
import { createSafeFetch } from "../network/safe-fetch.ts";
import type { RemoteTileSource } from "../pipeline/remote-tile-source.ts";
import { createOriginBreaker } from "../resilience/circuit-breaker.ts";
import { runWithRetries } from "../resilience/retrying.ts";
import { formatTileId } from "../tile-id.ts";
import { type TileSourceInfo, UNKNOWN_ATTRIBUTION } from "../tile-source.ts";
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
  /** Longest wait in seconds that the origin may ask for with Retry-After. Default 60. */
  readonly maxRetryAfterS?: number;
  /** Time in milliseconds for one attempt with its body. Default 20,000. */
  readonly timeoutMs?: number;
  /** Largest tile in bytes. Default 8 MiB. */
  readonly maxTileBytes?: number;
  /** Consecutive failed attempts that open the circuit. Default 8. */
  readonly breakerFailures?: number;
  /** Time in seconds for which an open circuit refuses. Default 30. */
  readonly breakerCoolDownS?: number;
  /**
   * Sends requests; redirects are followed to listed hosts only, whatever it would do with them.
   * Default: a safe fetch, which also checks the addresses of names.
   */
  readonly fetch?: Fetch;
  /** Clock in milliseconds since 1970, for cool-downs and Retry-After. Default: the platform's. */
  readonly nowMs?: () => number;
}

const PUBLIC_ATTRIBUTION =
  "Terrain Tiles on AWS Open Data (Mapzen); see https://github.com/tilezen/joerd for its sources";

/**
 * Creates a source over tiles on a web server. A status of 404 means that there is no tile.
 *
 * A time-out, a broken connection, 429 and 5xx are repeated with growing, random pauses, and with
 * the pause that Retry-After asks for; any other answer is final. After several failed attempts in
 * a row, over all tiles, the origin is left alone for a while. Up to three redirects are followed, to
 * listed hosts.
 *
 * @throws {ReasonError} here: `terrain_host_not_allowed` or `terrain_dem_asset_unavailable` for a
 *   template that may not or cannot be used; from `getTile`: `terrain_fetch_failed`,
 *   `terrain_circuit_open`, `terrain_host_not_allowed` for a redirect to another host or an address
 *   that may not be used, `terrain_tile_corrupt` for a body over the limit
 */
export function createHttpTileSource(
  options: HttpTileSourceOptions = {},
): Required<RemoteTileSource> {
  const {
    urlTemplate = DEFAULT_URL_TEMPLATE,
    allowedHosts = DEFAULT_ALLOWED_HOSTS,
    retries = 2,
    retryDelayMs = 250,
    maxRetryAfterS = 60,
    timeoutMs = 20_000,
    maxTileBytes = 8 * 1024 * 1024,
    breakerFailures = 8,
    breakerCoolDownS = 30,
    fetch = createSafeFetch({ allowedHosts, allowLoopback: "named" }),
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
  const followingFetch = createRedirectingFetch(fetch, allowedHosts);
  const policy = { retries, retryDelayMs, maxRetryAfterMs: maxRetryAfterS * 1000, nowMs };

  return {
    info: {
      name: options.name ?? `${host} tiles`,
      attribution: options.attribution ?? usualAttribution,
    },
    givesOwnBytes: true,
    async getTile(id, { signal, deadlineAtMs, observer } = {}) {
      const tile = formatTileId(id);
      const url = template.expand(id);
      return runWithRetries(
        () =>
          fetchTile({
            fetch: followingFetch,
            url,
            tile,
            timeoutMs,
            maxBytes: maxTileBytes,
            signal: breaker.signalFor(signal),
          }),
        breaker,
        policy,
        { tile, signal, deadlineAtMs, observer },
      );
    },
    circuitState: () => breaker.state(),
  };
}

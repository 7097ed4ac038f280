import { ReasonError } from "@gradeway/reason-codes";

import { createDiskTileCache } from "../cache/disk-tile-cache.ts";
import type { LiveTerrainSettings } from "../settings/live-terrain-settings.ts";
import { createHttpTileSource, type HttpTileSourceOptions } from "../sources/http-tile-source.ts";
import type { TileSource } from "../tile-source.ts";
import {
  createLiveTileSource,
  type LiveTileSource,
  type LiveTileSourceOptions,
} from "./live-tile-source.ts";
import type { RemoteTileSource } from "./remote-tile-source.ts";

/** Options of {@link openLiveTileSource} beside the settings. */
export interface OpenLiveTileSourceOptions extends Pick<
  LiveTileSourceOptions,
  "absenceMs" | "decode" | "maxMemoryBytes"
> {
  /** Whether answers must come from the live source. Default true. */
  readonly strict?: boolean;
  /** The region's signed snapshot; used only when the settings allow it. */
  readonly fallback?: TileSource | undefined;
  /** The live source. Default: the HTTP source that the settings describe. */
  readonly remote?: RemoteTileSource | undefined;
  /** Sends requests. Default: a safe fetch over the hosts of the settings. */
  readonly fetch?: HttpTileSourceOptions["fetch"] | undefined;
  /** Pause in milliseconds before the first repetition. Default 250. */
  readonly retryDelayMs?: number | undefined;
  /** Clock in milliseconds since 1970. */
  readonly now: () => number;
}

const DAY_MS = 86_400_000;
const MEBIBYTE = 1024 * 1024;

/**
 * Opens live terrain as its settings say. Tiles that are too old are used, and flagged, where the
 * signed snapshot would be allowed too.
 *
 * @throws {ReasonError} `terrain_dem_url_missing` in strict mode without a live source;
 *   `terrain_host_not_allowed` or `terrain_dem_asset_unavailable` for an unusable template
 */
export function openLiveTileSource(
  settings: LiveTerrainSettings,
  options: OpenLiveTileSourceOptions,
): LiveTileSource {
  const { strict = true, now, fallback, fetch, retryDelayMs, remote, ...rest } = options;
  const { urlTemplate, cacheDir, allowSignedFallback } = settings;
  if (strict) assertLiveSource(settings, remote);
  return createLiveTileSource({
    ...rest,
    now,
    maxAgeMs: settings.tileMaxAgeDays * DAY_MS,
    allowStale: allowSignedFallback,
    fallback: allowSignedFallback ? fallback : undefined,
    remote:
      remote ??
      (urlTemplate === undefined
        ? undefined
        : createHttpTileSource({
            urlTemplate,
            allowedHosts: settings.allowedHosts,
            retries: settings.fetchRetries,
            timeoutMs: settings.requestTimeoutS * 1000,
            breakerFailures: settings.circuitBreakerFailures,
            breakerCoolDownS: settings.circuitBreakerCoolDownS,
            nowMs: now,
            ...(fetch === undefined ? {} : { fetch }),
            ...(retryDelayMs === undefined ? {} : { retryDelayMs }),
          })),
    disk:
      cacheDir === undefined
        ? undefined
        : createDiskTileCache({
            directory: cacheDir,
            maxTiles: settings.cacheMaxTiles,
            maxBytes: settings.cacheMaxMb * MEBIBYTE,
            now,
          }),
  });
}

/**
 * Checks that strict mode has the live source that the settings demand for it.
 *
 * @throws {ReasonError} `terrain_dem_url_missing`
 */
export function assertLiveSource(
  { urlTemplate, requireUrlInStrict }: LiveTerrainSettings,
  remote: TileSource | undefined,
): void {
  if (remote !== undefined || urlTemplate !== undefined || !requireUrlInStrict) return;
  throw new ReasonError(
    "terrain_dem_url_missing",
    "Strict mode needs a live elevation source, and none is configured.",
    {},
  );
}

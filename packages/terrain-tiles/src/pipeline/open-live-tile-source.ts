import { ReasonError } from "@gradeway/reason-codes";

import { createDiskTileCache } from "../cache/disk-tile-cache.ts";
import type { LiveTerrainSettings } from "../settings/live-terrain-settings.ts";
import type { TileSource } from "../tile-source.ts";
import {
  createLiveTileSource,
  type LiveTileSource,
  type LiveTileSourceOptions,
} from "./live-tile-source.ts";
import { openRemote, type OpenRemoteOptions, originOf } from "./open-remote.ts";

/** Options of {@link openLiveTileSource} beside the settings. */
export interface OpenLiveTileSourceOptions
  extends
    OpenRemoteOptions,
    Pick<LiveTileSourceOptions, "absenceMs" | "decode" | "maxMemoryBytes"> {
  /** Whether answers must come from the live source. Default true. */
  readonly strict?: boolean;
  /** The region's signed snapshot; used only when the settings allow it. */
  readonly fallback?: TileSource | undefined;
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
  const { strict = true, now, fallback, absenceMs, decode, maxMemoryBytes } = options;
  const { cacheDir, allowSignedFallback } = settings;
  if (strict) assertLiveSource(settings, options.remote);
  return createLiveTileSource({
    remote: openRemote(settings, options),
    disk:
      cacheDir === undefined
        ? undefined
        : createDiskTileCache({
            directory: cacheDir,
            maxTiles: settings.cacheMaxTiles,
            maxBytes: settings.cacheMaxMb * MEBIBYTE,
            origin: originOf(settings, options),
            now,
          }),
    fallback: allowSignedFallback ? fallback : undefined,
    allowStale: allowSignedFallback,
    maxAgeMs: settings.tileMaxAgeDays * DAY_MS,
    maxMemoryBytes,
    absenceMs,
    decode,
    now,
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

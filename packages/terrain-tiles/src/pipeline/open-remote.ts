import type { TerrariumSizePx } from "../decode/decode-terrarium.ts";
import type { LiveTerrainSettings } from "../settings/live-terrain-settings.ts";
import { sha256Of } from "../sha256.ts";
import type { Fetch } from "../sources/fetch-tile.ts";
import { createHttpTileSource } from "../sources/http-tile-source.ts";
import { createTerrariumTileSource, type JoinTerrarium } from "../sources/terrarium-tile-source.ts";
import { formatOfTemplate, type TileFormat } from "../sources/tile-format.ts";
import type { TileSourceInfo } from "../tile-source.ts";
import type { RemoteTileSource } from "./remote-tile-source.ts";

/** How the live source of the settings is opened. */
export interface OpenRemoteOptions {
  /** Asked instead of the URL template of the settings. */
  readonly remote?: RemoteTileSource | undefined;
  /** Name and credit of the tiles of the template. Default: what is known of its host. */
  readonly info?: Partial<TileSourceInfo> | undefined;
  /** Format of the tiles of the template. Default: "terrarium" when it ends in `.png`. */
  readonly format?: TileFormat | undefined;
  /** Side of Terrarium tiles in pixels. Default 256, as in the public bucket. */
  readonly terrariumSizePx?: TerrariumSizePx | undefined;
  /** Makes tiles of Terrarium images. Default: on the calling thread. */
  readonly join?: JoinTerrarium | undefined;
  /**
   * Sends requests; redirects are followed to the hosts of the settings only. Default: a safe fetch
   * over these hosts, which also checks the addresses of names.
   */
  readonly fetch?: Fetch | undefined;
  /** Pause in milliseconds before the first repetition, at least. Default 250. */
  readonly retryDelayMs?: number | undefined;
  /** Clock in milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Opens the live source that settings name; `undefined` when they name none.
 *
 * @throws {ReasonError} `terrain_host_not_allowed` or `terrain_dem_asset_unavailable` for a template
 *   that may not or cannot be used
 */
export function openRemote(
  settings: LiveTerrainSettings,
  options: OpenRemoteOptions,
): RemoteTileSource | undefined {
  const { remote, info, fetch, retryDelayMs, join, terrariumSizePx, now } = options;
  const { urlTemplate } = settings;
  if (remote !== undefined || urlTemplate === undefined) return remote;
  const files = createHttpTileSource({
    ...info,
    urlTemplate,
    allowedHosts: settings.allowedHosts,
    retries: settings.fetchRetries,
    timeoutMs: settings.requestTimeoutS * 1000,
    breakerFailures: settings.circuitBreakerFailures,
    breakerCoolDownS: settings.circuitBreakerCoolDownS,
    nowMs: now,
    ...(fetch === undefined ? {} : { fetch }),
    ...(retryDelayMs === undefined ? {} : { retryDelayMs }),
  });
  const { format = formatOfTemplate(urlTemplate) } = options;
  if (format === "geotiff") return files;
  const size = terrariumSizePx === undefined ? {} : { sizePx: terrariumSizePx };
  return createTerrariumTileSource(files, { ...size, join });
}

/**
 * Marks tiles on disk with where they come from, so that those of another source are not taken for
 * them. Hashed, because a template may hold a key; without any source, every tile is taken.
 */
export function originOf(
  { urlTemplate }: LiveTerrainSettings,
  { remote, terrariumSizePx = 256 }: OpenRemoteOptions,
): string | undefined {
  const origin = remote === undefined ? urlTemplate : `source ${remote.info.name}`;
  return origin === undefined ? undefined : sha256Of(`${terrariumSizePx} ${origin}`).slice(0, 16);
}

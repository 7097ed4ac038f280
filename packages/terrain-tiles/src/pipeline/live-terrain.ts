import { createTileDecodePool, type TileDecodePoolStats } from "../decode/pool/tile-decode-pool.ts";
import type { ElevationSampler } from "../elevation-port.ts";
import { createSafeFetch } from "../network/safe-fetch.ts";
import type { LiveTerrainSettings } from "../settings/live-terrain-settings.ts";
import { createSamplerFactory } from "../store-sampler.ts";
import type { TileId } from "../tile-id.ts";
import type { TileSource, TileSourceInfo } from "../tile-source.ts";
import type { LiveTileSourceOptions, LiveTileSourceStats } from "./live-tile-source.ts";
import { assertLiveSource, openLiveTileSource } from "./open-live-tile-source.ts";
import type { OpenRemoteOptions } from "./open-remote.ts";
import type { RemoteTileSource } from "./remote-tile-source.ts";
import { createTerrainRequest, type TerrainDiagnostics } from "./terrain-request.ts";

/** What {@link openLiveTerrain} needs beside the settings. */
export interface LiveTerrainDeps
  extends
    Omit<OpenRemoteOptions, "remote" | "join">,
    Pick<LiveTileSourceOptions, "absenceMs" | "decode" | "maxMemoryBytes"> {
  /**
   * Asked instead of the URL template: a directory, tiles in memory, another server. The cache
   * directory of the settings is used for it too; leave it out for tiles that are on disk anyway.
   */
  readonly source?: RemoteTileSource | undefined;
  /** The region's signed snapshot; used only when the settings allow it. */
  readonly fallback?: TileSource | undefined;
  /** Tiles that one call of a sampler reads at the same time. Default 8. */
  readonly concurrency?: number | undefined;
  /**
   * Threads that decode and hash tiles; 0 does it on the calling thread. Default 2, and 0 when
   * `decode` is given.
   */
  readonly decodeThreads?: number | undefined;
}

/** How one request wants its heights. */
export interface BeginTerrainOptions {
  /**
   * Whether heights must come from the live source: then a tile that is too old never answers,
   * unless the settings allow the signed snapshot. Default false.
   */
  readonly strict?: boolean | undefined;
  /** Time by the clock of the terrain at which the live source is given up. */
  readonly deadlineAtMs?: number | undefined;
  /** Ends every read of the request. */
  readonly signal?: AbortSignal | undefined;
}

/** The terrain work of one request. */
export interface TerrainRun {
  /** Samples on account of the request; it may be used again until the request ends. */
  readonly sampler: ElevationSampler;
  /**
   * Brings one tile into the memory and onto the disk, for example to warm a cache, and tells
   * whether there is such a tile.
   *
   * @throws {ReasonError} what a sample that needs the tile would throw
   */
  warm(id: TileId): Promise<boolean>;
  /** What happened so far. */
  diagnostics(): TerrainDiagnostics;
}

/** What a {@link LiveTerrain} holds and does at this moment. */
export interface LiveTerrainStats extends LiveTileSourceStats {
  /** The threads that decode, when there are any. */
  readonly decoding?: TileDecodePoolStats | undefined;
}

/** Live elevation for many requests, which share tiles and reads but not budgets. */
export interface LiveTerrain {
  readonly info: TileSourceInfo;
  /**
   * Begins the terrain work of one request, with a budget, a deadline and diagnostics of its own.
   *
   * @throws {ReasonError} `terrain_dem_url_missing` when the request is strict, the settings demand
   *   a live source for that, and there is none
   */
  begin(options?: BeginTerrainOptions): TerrainRun;
  stats(): LiveTerrainStats;
  /** Ends connections and threads; nothing may be sampled any more. */
  close(): Promise<void>;
}

/**
 * Opens live elevation as its settings say: memory, disk, the live source, the signed snapshot.
 *
 * When the live source cannot give a tile, this may stand in, always flagged in the diagnostics:
 *
 * | | tile that is too old | signed snapshot |
 * |---|---|---|
 * | not strict | yes | when the settings allow it |
 * | strict | when the settings allow the snapshot | when the settings allow it |
 *
 * @throws {ReasonError} `terrain_host_not_allowed` or `terrain_dem_asset_unavailable` for a template
 *   that may not or cannot be used
 * @throws {RangeError} when a limit among the dependencies is not in its range
 */
export async function openLiveTerrain(
  settings: LiveTerrainSettings,
  deps: LiveTerrainDeps,
): Promise<LiveTerrain> {
  const { source: remote, fetch, concurrency, decodeThreads: _, ...rest } = deps;
  const { allowedHosts, allowSignedFallback } = settings;
  const safeFetch =
    remote === undefined && fetch === undefined
      ? createSafeFetch({ allowedHosts, allowLoopback: "named" })
      : undefined;
  const { decodeThreads = deps.decode === undefined ? 2 : 0 } = deps;
  const pool = decodeThreads === 0 ? undefined : createTileDecodePool({ threads: decodeThreads });
  const source = openLiveTileSource(settings, {
    ...rest,
    decode: pool?.decode ?? deps.decode,
    join: pool?.joinTerrarium,
    remote,
    fetch: fetch ?? safeFetch,
    strict: false,
  });
  const zoom = settings.tileZoom;
  const samplerOver = createSamplerFactory({
    zoom,
    ...(concurrency === undefined ? {} : { concurrency }),
  });

  return {
    info: source.info,
    begin({ strict = false, deadlineAtMs, signal } = {}) {
      if (strict) assertLiveSource(settings, remote);
      const request = createTerrainRequest({
        budgetTiles: settings.maxRemoteTilesPerRoute,
        allowStale: !strict || allowSignedFallback,
        ...(deadlineAtMs === undefined ? {} : { deadlineAtMs }),
        ...(signal === undefined ? {} : { signal }),
      });
      return {
        sampler: samplerOver(source.storeFor(request, zoom), source.info),
        warm: async (id) => (await source.getTile(id, { request })) !== undefined,
        diagnostics: () => request.diagnostics(),
      };
    },
    stats: () => ({ ...source.stats(), decoding: pool?.stats() }),
    async close() {
      await Promise.all([safeFetch?.close(), pool?.close()]);
    },
  };
}

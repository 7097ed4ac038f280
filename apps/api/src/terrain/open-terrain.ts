import {
  LIVE_TERRAIN_BOUNDS,
  type LiveTerrainSettings,
  openLiveTerrain,
  type TileSource,
} from "@gradeway/terrain-tiles";

import { isUrlTemplate, openTiles } from "./open-tiles.ts";
import type { ServedTerrain } from "./served-terrain.ts";

/** Options of {@link openTerrain}. */
export interface OpenTerrainOptions {
  readonly settings: LiveTerrainSettings;
  /** A directory or a URL template; default: the template of the settings. */
  readonly tiles?: string | undefined;
  /** Credit that the tiles ask for. */
  readonly attribution?: string | undefined;
  /** The region's signed snapshot; used only when the settings allow it. */
  readonly fallback?: TileSource | undefined;
  /** Clock in milliseconds since 1970. */
  readonly now: () => number;
}

/** Terrain that is in use until it is closed. */
export interface OpenedTerrain extends ServedTerrain {
  /** Where tiles are kept on disk; undefined where they are not. */
  readonly cacheDir: string | undefined;
  /** Ends connections and threads. */
  close(): Promise<void>;
}

/**
 * Opens live terrain for a server or a command. A directory of tiles needs neither a cache on disk
 * nor a budget: it is no farther away than the cache would be.
 *
 * @throws {ReasonError} terrain_dem_asset_unavailable, terrain_host_not_allowed
 */
export async function openTerrain(options: OpenTerrainOptions): Promise<OpenedTerrain> {
  const { settings, attribution, fallback, now } = options;
  const location = options.tiles ?? settings.urlTemplate;
  const isDirectory = location !== undefined && !isUrlTemplate(location);
  const used: LiveTerrainSettings = isDirectory
    ? { ...settings, ...DIRECTORY_SETTINGS }
    : { ...settings, urlTemplate: location };
  const tiles = isDirectory ? await openTiles(location, settings, { attribution, now }) : undefined;
  const live = await openLiveTerrain(used, {
    now,
    fallback,
    source: tiles?.source,
    ...(attribution === undefined ? {} : { info: { attribution } }),
  });
  return {
    live,
    now,
    cacheDir: used.cacheDir,
    hasSource: location !== undefined || (settings.allowSignedFallback && fallback !== undefined),
    circuit: () => live.stats().circuit,
    close: () => live.close(),
  };
}

const DIRECTORY_SETTINGS = {
  urlTemplate: undefined,
  cacheDir: undefined,
  maxRemoteTilesPerRoute: LIVE_TERRAIN_BOUNDS.maxRemoteTilesPerRoute.max,
} as const;

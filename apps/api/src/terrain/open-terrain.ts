import { createHash } from "node:crypto";
import { join } from "node:path";

import {
  LIVE_TERRAIN_BOUNDS,
  type LiveTerrainSettings,
  openLiveTerrain,
  openTileSource,
  type TileSource,
} from "@gradeway/terrain-tiles";

import { isUrlTemplate } from "./open-tiles.ts";
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
 * Opens live terrain for a server or a command. Every template has a folder of its own in the cache
 * directory, so that tiles of one source are never taken for those of another. A directory of tiles
 * needs neither a cache on disk nor a budget: it is no farther away than the cache would be.
 *
 * @throws {ReasonError} terrain_dem_asset_unavailable, terrain_host_not_allowed
 */
export async function openTerrain(options: OpenTerrainOptions): Promise<OpenedTerrain> {
  const { settings, attribution, fallback, now } = options;
  const location = options.tiles ?? settings.urlTemplate;
  const isTemplate = location !== undefined && isUrlTemplate(location);
  const credit = attribution === undefined ? {} : { attribution };
  const source =
    location === undefined || isTemplate ? undefined : await openTileSource(location, credit);
  const limits = limitsFor(settings, location, source !== undefined);
  const live = await openLiveTerrain(
    // A template is opened by the library, whose threads then decode images too.
    { ...settings, ...limits, urlTemplate: isTemplate ? location : undefined },
    { now, source, info: credit, fallback },
  );
  return {
    live,
    now,
    cacheDir: limits.cacheDir,
    hasSource: location !== undefined || (settings.allowSignedFallback && fallback !== undefined),
    circuit: () => live.stats().circuit,
    close: () => live.close(),
  };
}

function limitsFor(
  { cacheDir, maxRemoteTilesPerRoute }: LiveTerrainSettings,
  location: string | undefined,
  isDirectory: boolean,
): Pick<LiveTerrainSettings, "cacheDir" | "maxRemoteTilesPerRoute"> {
  if (isDirectory) {
    const { max } = LIVE_TERRAIN_BOUNDS.maxRemoteTilesPerRoute;
    return { cacheDir: undefined, maxRemoteTilesPerRoute: max };
  }
  if (cacheDir === undefined || location === undefined) {
    return { cacheDir, maxRemoteTilesPerRoute };
  }
  return { cacheDir: join(cacheDir, folderOf(location)), maxRemoteTilesPerRoute };
}

/** Folder of a template: its host to be recognised by, and a hash, because it may hold a key. */
function folderOf(template: string): string {
  const host = URL.parse(template)?.host.replaceAll(/[^\w.-]/g, "_") ?? "";
  return `${host}-${createHash("sha256").update(template).digest("hex").slice(0, 12)}`;
}

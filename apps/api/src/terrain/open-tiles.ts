import {
  createSafeFetch,
  type LiveTerrainSettings,
  openTileSource,
  type TileSource,
} from "@gradeway/terrain-tiles";

/** Tiles that a setting or a command line names. */
export interface OpenedTiles {
  readonly source: TileSource;
  /** Whether they lie on this machine's disk. */
  readonly isDirectory: boolean;
  /** Ends the connections. */
  close(): Promise<void>;
}

/**
 * Opens a directory of tiles, or the URL template of a web server with hosts, retries, time limits
 * and breaker as the settings say.
 *
 * @param options.now - clock in milliseconds since 1970
 * @throws {ReasonError} terrain_dem_asset_unavailable, terrain_host_not_allowed
 */
export async function openTiles(
  location: string,
  settings: LiveTerrainSettings,
  options: { readonly attribution?: string | undefined; readonly now: () => number },
): Promise<OpenedTiles> {
  const { attribution, now } = options;
  const { allowedHosts } = settings;
  const fetch = createSafeFetch({ allowedHosts, allowLoopback: "named" });
  const source = await openTileSource(location, {
    allowedHosts,
    retries: settings.fetchRetries,
    timeoutMs: settings.requestTimeoutS * 1000,
    breakerFailures: settings.circuitBreakerFailures,
    breakerCoolDownS: settings.circuitBreakerCoolDownS,
    nowMs: now,
    fetch,
    ...(attribution === undefined ? {} : { attribution }),
  });
  return { source, isDirectory: !isUrlTemplate(location), close: () => fetch.close() };
}

/**
 * Tells a URL template from a directory. One without its placeholders still is one, so that it is
 * not taken for a directory that does not exist.
 */
export function isUrlTemplate(location: string): boolean {
  return location.includes("{z}") || /^[a-z][a-z0-9+.-]+:\/\//i.test(location);
}

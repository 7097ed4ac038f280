import {
  createHttpTileSource,
  createSafeFetch,
  createTerrariumTileSource,
  type LiveTerrainSettings,
  openTileSource,
  type RemoteTileSource,
} from "@gradeway/terrain-tiles";

/** Tiles that a setting or a command line names. */
export interface OpenedTiles {
  readonly source: RemoteTileSource;
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
  const credit = attribution === undefined ? {} : { attribution };
  if (!isUrlTemplate(location)) {
    return {
      source: await openTileSource(location, credit),
      isDirectory: true,
      close: () => Promise.resolve(),
    };
  }
  const { allowedHosts } = settings;
  const fetch = createSafeFetch({ allowedHosts, allowLoopback: "named" });
  const files = createHttpTileSource({
    urlTemplate: location,
    allowedHosts,
    retries: settings.fetchRetries,
    timeoutMs: settings.requestTimeoutS * 1000,
    breakerFailures: settings.circuitBreakerFailures,
    breakerCoolDownS: settings.circuitBreakerCoolDownS,
    nowMs: now,
    fetch,
    ...credit,
  });
  const isTerrarium = /\.png(?:[?#].*)?$/i.test(location);
  return {
    source: isTerrarium ? createTerrariumTileSource(files) : files,
    isDirectory: false,
    close: () => fetch.close(),
  };
}

/** A forgotten placeholder is the template's fault, not a directory that does not exist. */
export function isUrlTemplate(location: string): boolean {
  return location.includes("{z}") || /^[a-z][a-z0-9+.-]+:\/\//i.test(location);
}

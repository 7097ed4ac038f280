import { createDirectoryTileSource } from "./sources/directory-tile-source.ts";
import { createHttpTileSource, type HttpTileSourceOptions } from "./sources/http-tile-source.ts";
import type { TileSource } from "./tile-source.ts";

/** Options of {@link openTileSource}: those of a web source; a directory takes name and credit. */
export type OpenTileSourceOptions = Omit<HttpTileSourceOptions, "urlTemplate">;

/**
 * Opens what a command line or a setting names: a URL template such as
 * `https://example.org/{z}/{x}/{y}.tif`, told by its `{z}` or its scheme, or else a directory.
 *
 * @throws {ReasonError} `terrain_dem_asset_unavailable` when there is no such directory or the
 *   template cannot be used; `terrain_host_not_allowed` when its host may not be used
 */
export async function openTileSource(
  location: string,
  options: OpenTileSourceOptions = {},
): Promise<TileSource> {
  // A forgotten placeholder must be reported as such, not as a directory that does not exist.
  return location.includes("{z}") || /^[a-z][a-z0-9+.-]+:\/\//i.test(location)
    ? createHttpTileSource({ ...options, urlTemplate: location })
    : createDirectoryTileSource(location, options);
}

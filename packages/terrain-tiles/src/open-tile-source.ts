import type { TerrariumSizePx } from "./decode/decode-terrarium.ts";
import { createDirectoryTileSource } from "./sources/directory-tile-source.ts";
import { createHttpTileSource, type HttpTileSourceOptions } from "./sources/http-tile-source.ts";
import { createTerrariumTileSource } from "./sources/terrarium-tile-source.ts";
import {
  formatOfDirectory,
  formatOfTemplate,
  TILE_EXTENSIONS,
  type TileFormat,
} from "./sources/tile-format.ts";
import type { TileSource } from "./tile-source.ts";

/** Options of {@link openTileSource}: those of a web source; a directory takes name and credit. */
export interface OpenTileSourceOptions extends Omit<HttpTileSourceOptions, "urlTemplate"> {
  /**
   * Format of the tiles. Default: "terrarium" for a template that ends in `.png` and for a
   * directory whose tiles are PNG files, else "geotiff".
   */
  readonly format?: TileFormat;
  /** Side of Terrarium tiles in pixels. Default 256, as in the public bucket. */
  readonly terrariumSizePx?: TerrariumSizePx;
}

/**
 * Opens what a command line or a setting names: a URL template such as
 * `https://example.org/{z}/{x}/{y}.tif`, told by its `{z}` or its scheme, or else a directory.
 *
 * Zoom levels always count tiles of 512 pixels: with Terrarium tiles of 256 pixels, zoom 11 reads
 * files of zoom 12, which have the same pixels.
 *
 * @throws {ReasonError} `terrain_dem_asset_unavailable` when there is no such directory or the
 *   template cannot be used; `terrain_host_not_allowed` when its host may not be used
 */
export async function openTileSource(
  location: string,
  options: OpenTileSourceOptions = {},
): Promise<TileSource> {
  // A forgotten placeholder must be reported as such, not as a directory that does not exist.
  const isTemplate = location.includes("{z}") || /^[a-z][a-z0-9+.-]+:\/\//i.test(location);
  const format =
    options.format ?? (isTemplate ? formatOfTemplate(location) : await formatOfDirectory(location));
  const files = isTemplate
    ? createHttpTileSource({ ...options, urlTemplate: location })
    : await createDirectoryTileSource(location, { ...options, extension: TILE_EXTENSIONS[format] });
  if (format === "geotiff") return files;
  const { terrariumSizePx: sizePx } = options;
  return createTerrariumTileSource(files, sizePx === undefined ? {} : { sizePx });
}

import { readdir } from "node:fs/promises";
import path from "node:path";

/** How the files of a source hold heights. */
export type TileFormat = "geotiff" | "terrarium";

/** File name extensions of the formats, which also tell them apart in a location. */
export const TILE_EXTENSIONS: Readonly<Record<TileFormat, string>> = {
  geotiff: ".tif",
  terrarium: ".png",
};

/** Tells the format of a URL template by the end of its path; what is unknown is GeoTIFF. */
export function formatOfTemplate(template: string): TileFormat {
  const withoutQuery = template.replace(/[?#].*$/s, "");
  return withoutQuery.toLowerCase().endsWith(TILE_EXTENSIONS.terrarium) ? "terrarium" : "geotiff";
}

/**
 * Tells the format of a directory of tiles by the first tile in it, in the order of names. One
 * without tiles, or that cannot be read, counts as GeoTIFF: its own source reports what is wrong.
 */
export async function formatOfDirectory(directory: string): Promise<TileFormat> {
  for (const zoom of await numbered(directory)) {
    for (const column of await numbered(zoom)) {
      const names = await readdir(column).catch(() => []);
      if (names.some((name) => /^\d+\.tif$/.test(name))) return "geotiff";
      if (names.some((name) => /^\d+\.png$/.test(name))) return "terrarium";
    }
  }
  return "geotiff";
}

async function numbered(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names
    .filter((name) => /^\d+$/.test(name))
    .sort()
    .map((name) => path.join(directory, name));
}

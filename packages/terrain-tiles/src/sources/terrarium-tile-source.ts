import type { TileGrid } from "../decode/decode-geotiff.ts";
import { decodeTerrarium, type TerrariumSizePx } from "../decode/decode-terrarium.ts";
import { encodeGeotiff } from "../decode/encode-geotiff.ts";
import type { TileId } from "../tile-id.ts";
import type { GetTileOptions, TileSource } from "../tile-source.ts";
import { TILE_SIZE_PX } from "../web-mercator.ts";

/** Options of {@link createTerrariumTileSource}. */
export interface TerrariumTileSourceOptions {
  /** Side of the PNG tiles. Default 256, as in the public bucket. */
  readonly sizePx?: TerrariumSizePx;
}

/**
 * Creates a source of GeoTIFF tiles over a source of Terrarium PNG tiles.
 *
 * Tiles here are 512 pixels wide and cover what their id says. Four tiles of 256 pixels cover just
 * that one zoom level further in, with the very same pixels: so a tile z/x/y is put together from
 * the tiles (z+1)/(2x..2x+1)/(2y..2y+1), nothing is resampled, and heights stay seamless. A quarter
 * without a tile is void; without any of the four there is no tile.
 *
 * @param png - gives the bytes of PNG tiles; its failures are passed on
 */
export function createTerrariumTileSource(
  png: TileSource,
  { sizePx = 256 }: TerrariumTileSourceOptions = {},
): TileSource {
  async function read(id: TileId, options: GetTileOptions): Promise<TileGrid | undefined> {
    const bytes = await png.getTile(id, options);
    return bytes === undefined ? undefined : decodeTerrarium(bytes, id, sizePx);
  }

  return {
    info: png.info,
    givesOwnBytes: true,
    async getTile(id, options = {}) {
      if (sizePx === TILE_SIZE_PX) {
        const grid = await read(id, options);
        return grid === undefined ? undefined : encodeGeotiff(grid, id);
      }
      const quarters = await readQuarters(id, options, read);
      if (quarters.every((quarter) => quarter === undefined)) return undefined;
      return encodeGeotiff(joinQuarters(quarters, sizePx), id);
    },
  };
}

type ReadGrid = (id: TileId, options: GetTileOptions) => Promise<TileGrid | undefined>;
type Quarters = readonly (TileGrid | undefined)[];

/** Reads north-west, north-east, south-west and south-east; the first failure ends the others. */
async function readQuarters(
  { z, x, y }: TileId,
  { signal }: GetTileOptions,
  read: ReadGrid,
): Promise<Quarters> {
  const failure = new AbortController();
  const either = signal === undefined ? failure.signal : AbortSignal.any([signal, failure.signal]);
  const reads = [0, 1, 2, 3].map((quarter) =>
    read({ z: z + 1, x: 2 * x + (quarter & 1), y: 2 * y + (quarter >> 1) }, { signal: either }),
  );
  try {
    return await Promise.all(reads);
  } catch (error) {
    failure.abort(error);
    await Promise.allSettled(reads);
    throw error;
  }
}

function joinQuarters(quarters: Quarters, sizePx: number): TileGrid {
  const grid = new Float32Array(TILE_SIZE_PX * TILE_SIZE_PX).fill(Number.NaN);
  for (const [index, quarter] of quarters.entries()) {
    if (quarter === undefined) continue;
    const left = (index & 1) * sizePx;
    const top = (index >> 1) * sizePx;
    for (let row = 0; row < sizePx; row += 1) {
      const pixels = quarter.subarray(row * sizePx, (row + 1) * sizePx);
      grid.set(pixels, (top + row) * TILE_SIZE_PX + left);
    }
  }
  return grid;
}

import type { TerrariumSizePx } from "../decode/decode-terrarium.ts";
import { joinTerrarium, quarterOf } from "../decode/join-terrarium.ts";
import type { RemoteGetTileOptions, RemoteTileSource } from "../pipeline/remote-tile-source.ts";
import type { TileId } from "../tile-id.ts";
import { TILE_SIZE_PX } from "../web-mercator.ts";

/** Makes a GeoTIFF tile of PNG images, for example on another thread. */
export type JoinTerrarium = (
  images: readonly (Uint8Array | undefined)[],
  id: TileId,
  sizePx: TerrariumSizePx,
  options?: { readonly signal?: AbortSignal | undefined; readonly mayTake?: boolean | undefined },
) => Promise<Uint8Array>;

/** Options of {@link createTerrariumTileSource}. */
export interface TerrariumTileSourceOptions {
  /** Side of the PNG tiles. Default 256, as in the public bucket. */
  readonly sizePx?: TerrariumSizePx;
  /** Default: on the calling thread; see {@link createTileDecodePool}. */
  readonly join?: JoinTerrarium | undefined;
}

type Images = readonly (Uint8Array | undefined)[];

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
  png: RemoteTileSource,
  { sizePx = 256, join = joinHere }: TerrariumTileSourceOptions = {},
): RemoteTileSource {
  return {
    info: png.info,
    givesOwnBytes: true,
    async getTile(id, options = {}) {
      const images =
        sizePx === TILE_SIZE_PX
          ? [await png.getTile(id, options)]
          : await readQuarters(png, id, options);
      if (images.every((image) => image === undefined)) return undefined;
      return join(images, id, sizePx, { signal: options.signal, mayTake: png.givesOwnBytes });
    },
    ...(png.circuitState === undefined ? {} : { circuitState: () => png.circuitState!() }),
  };
}

const joinHere: JoinTerrarium = async (images, id, sizePx) => joinTerrarium(images, id, sizePx);

/** Reads north-west, north-east, south-west and south-east; the first failure ends the others. */
async function readQuarters(
  png: RemoteTileSource,
  id: TileId,
  options: RemoteGetTileOptions,
): Promise<Images> {
  const failure = new AbortController();
  const signal =
    options.signal === undefined
      ? failure.signal
      : AbortSignal.any([options.signal, failure.signal]);
  const reads = [0, 1, 2, 3].map((quarter) =>
    png.getTile(quarterOf(id, quarter), { ...options, signal }),
  );
  try {
    return await Promise.all(reads);
  } catch (error) {
    // Without the error as its reason: the circuit would take that for an answer of the origin.
    failure.abort();
    await Promise.allSettled(reads);
    throw error;
  }
}

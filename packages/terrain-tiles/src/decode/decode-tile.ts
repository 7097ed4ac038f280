import type { TileId } from "../tile-id.ts";
import { sha256Of } from "../sha256.ts";
import { decodeGeotiff, type TileGrid } from "./decode-geotiff.ts";

/** A tile whose bytes were read and found good. */
export interface DecodedTile {
  /** The bytes of the tile. */
  readonly bytes: Uint8Array;
  /** Heights in metres, row by row from the north-west corner; a void is NaN. */
  readonly grid: TileGrid;
  /** Hash of the bytes. */
  readonly sha256: string;
}

/** Options of {@link DecodeTile}. */
export interface DecodeTileOptions {
  /** Ends the wait; the promise then rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether nobody else uses the memory of the bytes, so that it may be handed to another thread:
   * then only the bytes of the result may be used afterwards. Default false.
   */
  readonly mayTake?: boolean | undefined;
}

/**
 * Turns the bytes of a tile into heights and a hash; refuses what is not that tile.
 *
 * @throws {ReasonError} `terrain_tile_corrupt`
 */
export type DecodeTile = (
  bytes: Uint8Array,
  id: TileId,
  options?: DecodeTileOptions,
) => Promise<DecodedTile>;

/** Decodes a GeoTIFF tile on the thread that calls. */
export const decodeTile: DecodeTile = async (bytes, id, { signal } = {}) => {
  signal?.throwIfAborted();
  return { bytes, grid: await decodeGeotiff(bytes, id), sha256: sha256Of(bytes) };
};

import type { TileId } from "./tile-id.ts";

/** What is known about a source of tiles. */
export interface TileSourceInfo {
  /** Human name, for example "directory tiles". It becomes part of a region's provenance. */
  readonly name: string;
  /** Credit that the data asks for. */
  readonly attribution: string;
}

/** Options of one read. */
export interface GetTileOptions {
  /** Ends the read; the promise then rejects with the reason of the signal. */
  readonly signal?: AbortSignal;
}

/** Port through which elevation tiles are read. */
export interface TileSource {
  readonly info: TileSourceInfo;
  /**
   * Whether the bytes of every read are the reader's alone, so that their memory may be handed to
   * another thread. Default false.
   */
  readonly givesOwnBytes?: boolean;
  /**
   * Reads the bytes of one GeoTIFF tile; `undefined` means that the source has no such tile.
   *
   * @throws {ReasonError} when the source could not tell; an outage is never an absent tile
   */
  getTile(id: TileId, options?: GetTileOptions): Promise<Uint8Array | undefined>;
}

/** Credit used when the caller names none. */
export const UNKNOWN_ATTRIBUTION = "elevation source not stated";

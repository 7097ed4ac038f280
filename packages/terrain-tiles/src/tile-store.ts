import { LRUCache } from "lru-cache";

import type { TileGrid } from "./decode/decode-geotiff.ts";
import { decodeTile, type DecodeTile } from "./decode/decode-tile.ts";
import type { StandIn } from "./elevation-port.ts";
import { createSingleFlight } from "./single-flight.ts";
import { formatTileId, type TileId } from "./tile-id.ts";
import type { TileSource } from "./tile-source.ts";
import { TILE_SIZE_PX } from "./web-mercator.ts";

/** A tile as the sampler sees it. */
export interface StoredTile {
  /** "z/x/y". */
  readonly name: string;
  /** Heights in metres; all NaN when the source has no such tile. */
  readonly grid: TileGrid;
  /** Hash of the bytes of the tile; `undefined` when the source has no such tile. */
  readonly sha256: string | undefined;
  /** What the tile is, when it is not what its live source would give now. */
  readonly standIn?: StandIn | undefined;
}

/** Decoded tiles of one zoom level, kept in memory by use. */
export interface TileStore {
  /** Reads a tile from memory or from the source; concurrent calls share one read. */
  load(x: number, y: number, signal: AbortSignal | undefined): Promise<StoredTile>;
}

const GRID_BYTES = TILE_SIZE_PX * TILE_SIZE_PX * Float32Array.BYTES_PER_ELEMENT;
/** What a tile that does not exist is counted as: its entry without a grid of its own. */
const ABSENT_BYTES = 256;

/** Creates a store that keeps at most the given number of decoded tiles, 1 MiB each. */
export function createTileStore(
  source: TileSource,
  zoom: number,
  maxTilesInMemory: number,
  decode: DecodeTile = decodeTile,
): TileStore {
  const kept = new LRUCache<number, StoredTile>({
    maxSize: maxTilesInMemory * GRID_BYTES,
    sizeCalculation: (tile) => (tile.sha256 === undefined ? ABSENT_BYTES : GRID_BYTES),
  });
  const flights = createSingleFlight<StoredTile>();
  const voidGrid: TileGrid = new Float32Array(TILE_SIZE_PX * TILE_SIZE_PX).fill(Number.NaN);

  async function read(id: TileId, key: number, signal: AbortSignal): Promise<StoredTile> {
    const name = formatTileId(id);
    const bytes = await source.getTile(id, { signal });
    const decoded = bytes && (await decode(bytes, id, { signal, mayTake: source.givesOwnBytes }));
    const tile: StoredTile = {
      name,
      grid: decoded?.grid ?? voidGrid,
      sha256: decoded?.sha256,
    };
    kept.set(key, tile);
    return tile;
  }

  return {
    async load(x, y, signal) {
      const key = y * 2 ** zoom + x;
      return (
        kept.get(key) ??
        flights.run(key, (flightSignal) => read({ z: zoom, x, y }, key, flightSignal), signal)
      );
    },
  };
}

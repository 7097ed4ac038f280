import { LRUCache } from "lru-cache";

import type { DecodedTile } from "../decode/decode-tile.ts";
import type { TileId } from "../tile-id.ts";
import { tileKey } from "./tile-key.ts";

/** A decoded tile in memory. */
export interface KeptTile extends DecodedTile {
  /** Time in milliseconds at which it came from its origin. */
  readonly fetchedAtMs: number;
}

/** Options of {@link createMemoryTiles}. */
export interface MemoryTilesOptions {
  readonly maxBytes: number;
  /** How long an origin's word that there is no such tile is believed. */
  readonly absenceMs: number;
  readonly now: () => number;
}

/** Tiles in memory, by use, and tiles that are known not to exist. */
export interface MemoryTiles {
  get(id: TileId): KeptTile | undefined;
  set(id: TileId, tile: KeptTile): void;
  /** Forgets a tile and remembers, for a while, that there is none. */
  setAbsent(id: TileId): void;
  isAbsent(id: TileId): boolean;
  delete(id: TileId): void;
  stats(): { readonly tiles: number; readonly bytes: number };
}

const MAX_ABSENT = 100_000;

/** Creates empty {@link MemoryTiles}. */
export function createMemoryTiles(options: MemoryTilesOptions): MemoryTiles {
  const { maxBytes, absenceMs, now } = options;
  const kept = new LRUCache<number, KeptTile>({
    maxSize: maxBytes,
    sizeCalculation: ({ bytes, grid }) => bytes.length + grid.byteLength,
  });
  /** Time at which the word expires, by tile. */
  const absentUntilMs = new LRUCache<number, number>({ max: MAX_ABSENT });

  return {
    get: (id) => kept.get(tileKey(id)),
    set(id, tile) {
      absentUntilMs.delete(tileKey(id));
      kept.set(tileKey(id), tile);
    },
    setAbsent(id) {
      kept.delete(tileKey(id));
      absentUntilMs.set(tileKey(id), now() + absenceMs);
    },
    isAbsent: (id) => (absentUntilMs.get(tileKey(id)) ?? Number.NEGATIVE_INFINITY) > now(),
    delete(id) {
      kept.delete(tileKey(id));
    },
    stats: () => ({ tiles: kept.size, bytes: kept.calculatedSize }),
  };
}

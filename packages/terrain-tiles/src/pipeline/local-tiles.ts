import { isReasonError } from "@gradeway/reason-codes";

import type { DiskTileCache } from "../cache/disk-tile-cache.ts";
import { USE_RESOLUTION_MS } from "../cache/disk-tile-cache.ts";
import type { DecodedTile, DecodeTile } from "../decode/decode-tile.ts";
import { createSingleFlight } from "../single-flight.ts";
import type { TileId } from "../tile-id.ts";
import type { KeptTile, MemoryTiles } from "./memory-tiles.ts";
import { tileKey } from "./tile-key.ts";

/** The tiers that need no network. */
export interface LocalTiles {
  /** Finds a tile in memory or on disk, however old. */
  find(
    id: TileId,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly tier: "memory" | "disk"; readonly tile: KeptTile } | undefined>;
  /** Keeps a tile that was fetched and decoded. */
  keep(id: TileId, decoded: DecodedTile): Promise<KeptTile>;
  /** Forgets a tile that does not exist any more. */
  forget(id: TileId): Promise<void>;
  /** Failures of the disk; none of them fails a request. */
  diskFailures(): number;
}

/** Composes the tiers in memory and on disk. A disk that fails is a disk without tiles. */
export function createLocalTiles(
  memory: MemoryTiles,
  disk: DiskTileCache | undefined,
  decode: DecodeTile,
  now: () => number,
): LocalTiles {
  const flights = createSingleFlight<KeptTile | undefined>();
  /** When a use in memory was last passed on to the disk, whose order it would not change else. */
  const passedOnAtMs = new WeakMap<KeptTile, number>();
  let diskFailures = 0;

  async function onDisk<T>(work: () => Promise<T> | undefined): Promise<T | undefined> {
    try {
      return await work();
    } catch {
      diskFailures += 1;
      return undefined;
    }
  }

  async function readDisk(id: TileId, signal: AbortSignal): Promise<KeptTile | undefined> {
    /** What kept a good tile from being decoded, such as an abort: no fault of the disk. */
    let hindrance: unknown;
    const open = async (bytes: Uint8Array): Promise<DecodedTile | undefined> => {
      try {
        return await decode(bytes, id, { signal, mayTake: true });
      } catch (error) {
        // Stored whole but not a tile: written by something else. It is fetched again.
        if (isReasonError(error, "terrain_tile_corrupt")) return undefined;
        hindrance = error;
        throw error;
      }
    };
    const found = await onDisk(async () => {
      try {
        return await disk?.getAs(id, open);
      } catch (error) {
        if (hindrance === undefined) throw error;
        return undefined;
      }
    });
    if (hindrance !== undefined) throw hindrance;
    if (found === undefined) return undefined;
    const tile = { ...found.tile, fetchedAtMs: now() - found.ageMs };
    passedOnAtMs.set(tile, now());
    memory.set(id, tile);
    return tile;
  }

  return {
    async find(id, signal) {
      const tile = memory.get(id);
      if (tile !== undefined) {
        if (now() - (passedOnAtMs.get(tile) ?? 0) >= USE_RESOLUTION_MS) {
          passedOnAtMs.set(tile, now());
          await onDisk(() => disk?.touch(id));
        }
        return { tier: "memory", tile };
      }
      if (disk === undefined) return undefined;
      const read = await flights.run(
        tileKey(id),
        (flightSignal) => readDisk(id, flightSignal),
        signal,
      );
      return read === undefined ? undefined : { tier: "disk", tile: read };
    },
    async keep(id, decoded) {
      const tile = { ...decoded, fetchedAtMs: now() };
      passedOnAtMs.set(tile, now());
      memory.set(id, tile);
      await onDisk(() => disk?.put(id, tile.bytes, tile.sha256));
      return tile;
    },
    async forget(id) {
      memory.setAbsent(id);
      await onDisk(() => disk?.remove(id));
    },
    diskFailures: () => diskFailures,
  };
}

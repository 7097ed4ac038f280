import type { DecodeTile } from "../decode/decode-tile.ts";
import { createSingleFlight } from "../single-flight.ts";
import type { TileId } from "../tile-id.ts";
import type { TileSource } from "../tile-source.ts";
import type { KeptTile, MemoryTiles } from "./memory-tiles.ts";
import { tileKey } from "./tile-key.ts";

/** Tiles of the signed snapshot. They never mix with those of the live source. */
export interface FallbackTiles {
  /**
   * Reads a tile; `undefined` when the snapshot does not have it.
   *
   * @throws {ReasonError} what is wrong with the snapshot or its tile
   */
  find(id: TileId, signal: AbortSignal | undefined): Promise<KeptTile | undefined>;
}

/** Creates {@link FallbackTiles} with a memory of their own. */
export function createFallbackTiles(
  source: TileSource,
  memory: MemoryTiles,
  decode: DecodeTile,
): FallbackTiles {
  const flights = createSingleFlight<KeptTile | undefined>();

  async function read(id: TileId, signal: AbortSignal): Promise<KeptTile | undefined> {
    const bytes = await source.getTile(id, { signal });
    if (bytes === undefined) return undefined;
    const decoded = await decode(bytes, id, { signal, mayTake: source.givesOwnBytes });
    const tile = { ...decoded, fetchedAtMs: 0 };
    memory.set(id, tile);
    return tile;
  }

  return {
    async find(id, signal) {
      return (
        memory.get(id) ?? flights.run(tileKey(id), (flightSignal) => read(id, flightSignal), signal)
      );
    },
  };
}

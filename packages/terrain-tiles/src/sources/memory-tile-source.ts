import { formatTileId, type TileId } from "../tile-id.ts";
import { type TileSource, type TileSourceInfo, UNKNOWN_ATTRIBUTION } from "../tile-source.ts";

/** Creates a source over tiles held in memory, keyed by "z/x/y"; for tests and demonstrations. */
export function createMemoryTileSource(
  tiles: ReadonlyMap<string, Uint8Array>,
  info: Partial<TileSourceInfo> = {},
): TileSource {
  return {
    info: {
      name: info.name ?? "tiles in memory",
      attribution: info.attribution ?? UNKNOWN_ATTRIBUTION,
    },
    async getTile(id: TileId, options = {}) {
      options.signal?.throwIfAborted();
      return tiles.get(formatTileId(id));
    },
  };
}

import { NEEDS_EAST, NEEDS_SOUTH, NEEDS_SOUTH_EAST, type PointGroup } from "./point-runs.ts";
import type { StoredTile, TileStore } from "./tile-store.ts";
import type { UsedTiles } from "./used-tiles.ts";

/** A tile and the neighbours that its last pixel column and row are interpolated with. */
export interface TileQuad {
  readonly here: Float32Array;
  readonly east: Float32Array;
  readonly south: Float32Array;
  readonly southEast: Float32Array;
}

/**
 * Loads the tiles that the points of a group need. East of the last tile of a row is its first one:
 * only points of a raster around the earth lie there.
 */
export async function loadQuad(
  store: TileStore,
  { key, neighbours }: PointGroup,
  tilesAcross: number,
  used: UsedTiles,
  signal: AbortSignal,
): Promise<TileQuad> {
  const x = key % tilesAcross;
  const y = Math.floor(key / tilesAcross);
  const eastX = (x + 1) % tilesAcross;
  const load = async (tileX: number, tileY: number): Promise<StoredTile["grid"]> => {
    const tile = await store.load(tileX, tileY, signal);
    used.add(tile);
    return tile.grid;
  };
  // One after the other, so that the groups under way are the number of reads and not a quarter.
  const here = await load(x, y);
  const east = neighbours & NEEDS_EAST ? await load(eastX, y) : here;
  const south = neighbours & NEEDS_SOUTH ? await load(x, y + 1) : here;
  const southEast = neighbours & NEEDS_SOUTH_EAST ? await load(eastX, y + 1) : here;
  return { here, east, south, southEast };
}

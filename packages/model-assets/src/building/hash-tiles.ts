import type { Bbox } from "@gradeway/route-core";
import { formatTileId, type TileSource, tilesCovering } from "@gradeway/terrain-tiles";

import { canonicalJsonBytes } from "../canonical-json.ts";
import { sha256Hex } from "../sha256.ts";

/**
 * Hashes all tiles of a box, so that a build can tell whether heights have to be sampled again. For
 * sources that are at hand: of a source on the web it would fetch every tile.
 *
 * @throws {ReasonError} those of the source
 */
export async function hashTiles(source: TileSource, zoom: number, bbox: Bbox): Promise<string> {
  const tiles: Record<string, string | null> = {};
  for (const id of tilesCovering(bbox, zoom)) {
    const bytes = await source.getTile(id);
    tiles[formatTileId(id)] = bytes === undefined ? null : sha256Hex(bytes);
  }
  return sha256Hex(canonicalJsonBytes(tiles));
}

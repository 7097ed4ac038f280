import { MAX_ZOOM, type TileId } from "../tile-id.ts";

const SPAN = 2 ** MAX_ZOOM;

/** A number for a tile that no other tile has. */
export function tileKey({ z, x, y }: TileId): number {
  return (z * SPAN + x) * SPAN + y;
}

import { corruptError } from "../tile-errors.ts";
import { formatTileId, type TileId } from "../tile-id.ts";
import { decodePng } from "./png-pixels.ts";

/** Sides that Terrarium tiles have. */
export type TerrariumSizePx = 256 | 512;

/** What red, green and blue of zero stand for: the lowest height, which serves as "no data". */
const OFFSET_M = 32_768;

/**
 * Decodes a Terrarium tile: a PNG image of 8-bit RGB or RGBA in which the height in metres is
 * `red * 256 + green + blue / 256 - 32768`.
 *
 * The form has no agreed mark for a void. Here a pixel is void when it is wholly transparent
 * (alpha 0) or black (-32768 m, far below any ground); both become NaN. Zero metres is a height.
 *
 * @returns heights row by row from the north-west corner, `sizePx * sizePx` of them
 * @throws {ReasonError} `terrain_tile_corrupt` when the bytes are anything else
 */
export function decodeTerrarium(
  bytes: Uint8Array,
  id: TileId,
  sizePx: TerrariumSizePx,
): Float32Array<ArrayBuffer> {
  try {
    const { channels, data } = decodePng(bytes, sizePx);
    const heightsM = new Float32Array(sizePx * sizePx);
    for (let pixel = 0, at = 0; pixel < heightsM.length; pixel += 1, at += channels) {
      // Exact: a height has 24 bits, as many as the fraction of a 32-bit float.
      const heightM = data[at]! * 256 + data[at + 1]! + data[at + 2]! / 256 - OFFSET_M;
      const isVoid = heightM === -OFFSET_M || (channels === 4 && data[at + 3] === 0);
      heightsM[pixel] = isVoid ? Number.NaN : heightM;
    }
    return heightsM;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw corruptError(formatTileId(id), problem, error);
  }
}

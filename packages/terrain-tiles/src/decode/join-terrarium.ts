import type { TileId } from "../tile-id.ts";
import { TILE_SIZE_PX } from "../web-mercator.ts";
import { decodeTerrarium, type TerrariumSizePx } from "./decode-terrarium.ts";
import { encodeGeotiff } from "./encode-geotiff.ts";

/** The PNG tile that stands in a quarter: north-west, north-east, south-west, south-east. */
export function quarterOf({ z, x, y }: TileId, quarter: number): TileId {
  return { z: z + 1, x: 2 * x + (quarter & 1), y: 2 * y + (quarter >> 1) };
}

/**
 * Makes one GeoTIFF tile of the PNG images that cover it: one of 512 pixels or four of 256. A quarter
 * without an image is void.
 *
 * @throws {ReasonError} `terrain_tile_corrupt` naming the image that cannot be used
 */
export function joinTerrarium(
  images: readonly (Uint8Array | undefined)[],
  id: TileId,
  sizePx: TerrariumSizePx,
): Uint8Array<ArrayBuffer> {
  const grid = new Float32Array(TILE_SIZE_PX * TILE_SIZE_PX).fill(Number.NaN);
  for (const [index, image] of images.entries()) {
    if (image === undefined) continue;
    const place = sizePx === TILE_SIZE_PX ? id : quarterOf(id, index);
    const pixels = decodeTerrarium(image, place, sizePx);
    const left = (index & 1) * sizePx;
    const top = (index >> 1) * sizePx;
    for (let row = 0; row < sizePx; row += 1) {
      const from = row * sizePx;
      grid.set(pixels.subarray(from, from + sizePx), (top + row) * TILE_SIZE_PX + left);
    }
  }
  return encodeGeotiff(grid, id);
}

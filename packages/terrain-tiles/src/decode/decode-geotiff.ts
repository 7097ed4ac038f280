import { fromArrayBuffer, type GeoTIFFImage } from "geotiff";

import { corruptError } from "../tile-errors.ts";
import { formatTileId, type TileId } from "../tile-id.ts";
import { TILE_SIZE_PX } from "../web-mercator.ts";
import { copyBlock, expandBlock, maxStoredBytes } from "./raster-block.ts";
import { assertValuesWithin, readTiffDirectory } from "./tiff-directory.ts";
import { readTileLayout, type TileLayout } from "./tile-layout.ts";

/**
 * Heights of one tile in metres, row by row from the north-west corner, 512 x 512; a void is NaN.
 */
export type TileGrid = Float32Array<ArrayBuffer>;

/**
 * Decodes a GeoTIFF elevation tile: 512 x 512 pixels of EPSG:3857 at the place that the tile id
 * names, one band of Int16 or Float32 metres, plain, LZW or Deflate. Pixels with the nodata value
 * (-32768 when an Int16 file names none) become NaN.
 *
 * @throws {ReasonError} `terrain_tile_corrupt` when the bytes are anything else
 */
export async function decodeGeotiff(bytes: Uint8Array, id: TileId): Promise<TileGrid> {
  try {
    // Geotiff allocates what a directory claims to hold before it looks whether it is there.
    const read = async (at: number, length: number) => bytes.subarray(at, at + length);
    assertValuesWithin(await readTiffDirectory(read), bytes.length);
    const image = await (await fromArrayBuffer(toArrayBuffer(bytes))).getImage(0);
    return await readHeights(image, bytes, await readTileLayout(image, id));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw corruptError(formatTileId(id), problem, error);
  }
}

async function readHeights(
  image: GeoTIFFImage,
  bytes: Uint8Array,
  layout: TileLayout,
): Promise<TileGrid> {
  const { blockWidth, blockHeight } = layout;
  const blocksAcross = Math.ceil(TILE_SIZE_PX / blockWidth);
  const blocks = await readBlockTable(image, blocksAcross * Math.ceil(TILE_SIZE_PX / blockHeight));
  const grid = new Float32Array(TILE_SIZE_PX * TILE_SIZE_PX);
  for (const [index, { offset, byteCount }] of blocks.entries()) {
    const left = (index % blocksAcross) * blockWidth;
    const top = Math.floor(index / blocksAcross) * blockHeight;
    const columns = Math.min(blockWidth, TILE_SIZE_PX - left);
    const rows = Math.min(blockHeight, TILE_SIZE_PX - top);
    if (byteCount === 0) {
      // A sparse file leaves out blocks without data.
      for (let row = 0; row < rows; row += 1) {
        const at = (top + row) * TILE_SIZE_PX + left;
        grid.fill(Number.NaN, at, at + columns);
      }
      continue;
    }
    if (offset + byteCount > bytes.length) throw new Error("it is cut off");
    const rowsStored = image.isTiled ? blockHeight : rows;
    if (byteCount > maxStoredBytes(layout, rowsStored)) throw new Error("a block is too large");
    // A copy: decoders write in place, and `slice` of a Buffer would share its memory.
    const stored = new Uint8Array(bytes.subarray(offset, offset + byteCount)).buffer;
    const plain = await expandBlock(stored, layout, rowsStored);
    const start = top * TILE_SIZE_PX + left;
    copyBlock(plain, layout, { grid, start, stride: TILE_SIZE_PX, columns, rows });
  }
  return grid;
}

interface StoredBlock {
  readonly offset: number;
  readonly byteCount: number;
}

async function readBlockTable(image: GeoTIFFImage, count: number): Promise<StoredBlock[]> {
  const directory = image.fileDirectory;
  const offsets = await directory.loadValue(image.isTiled ? "TileOffsets" : "StripOffsets");
  const byteCounts = await directory.loadValue(
    image.isTiled ? "TileByteCounts" : "StripByteCounts",
  );
  if (offsets?.length !== count || byteCounts?.length !== count) {
    throw new Error(`its table does not list ${count} blocks`);
  }
  return Array.from({ length: count }, (_, index) => ({
    offset: Number(offsets[index]),
    byteCount: Number(byteCounts[index]),
  }));
}

function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  const isWhole = byteOffset === 0 && byteLength === buffer.byteLength;
  return isWhole && buffer instanceof ArrayBuffer ? buffer : new Uint8Array(bytes).buffer;
}

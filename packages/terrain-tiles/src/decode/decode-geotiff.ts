import { ReasonError } from "@gradeway/reason-codes";
import { fromArrayBuffer, type GeoTIFFImage } from "geotiff";

import { formatTileId, type TileId } from "../tile-id.ts";
import { TILE_SIZE_PX } from "../web-mercator.ts";
import { createBlockDecoder } from "./block-decoder.ts";
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
    if (!hasTiffMagic(bytes)) throw new Error("it is not a TIFF file");
    const image = await (await fromArrayBuffer(toArrayBuffer(bytes))).getImage(0);
    return await readHeights(image, bytes, await readTileLayout(image, id));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const tile = formatTileId(id);
    throw new ReasonError(
      "terrain_tile_corrupt",
      `The elevation tile ${tile} cannot be used: ${problem}`,
      { tile, problem },
      { cause: error },
    );
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
    // A copy: decoders write in place, and `slice` of a Buffer would share its memory.
    const stored = new Uint8Array(bytes.subarray(offset, offset + byteCount)).buffer;
    const rowsStored = image.isTiled ? blockHeight : rows;
    const plain = await expandBlock(stored, layout, rowsStored);
    copyBlock(plain, layout, grid, top * TILE_SIZE_PX + left, columns, rows);
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

async function expandBlock(
  stored: ArrayBuffer,
  layout: TileLayout,
  rows: number,
): Promise<ArrayBufferLike> {
  const bytesPerPixel = layout.kind === "int16" ? 2 : 4;
  const blockBytes = layout.blockWidth * rows * bytesPerPixel;
  const decoder = createBlockDecoder(
    layout.compression,
    {
      tileWidth: layout.blockWidth,
      tileHeight: rows,
      predictor: layout.predictor,
      bitsPerSample: [bytesPerPixel * 8],
      planarConfiguration: 1,
    },
    blockBytes,
  );
  if (decoder === undefined) throw new Error(`compression ${layout.compression} is not supported`);
  const plain = await decoder.decode(stored);
  if (plain.byteLength < blockBytes) throw new Error("a block is shorter than it should be");
  return plain.byteLength === blockBytes ? plain : plain.slice(0, blockBytes);
}

function copyBlock(
  plain: ArrayBufferLike,
  layout: TileLayout,
  grid: TileGrid,
  gridStart: number,
  columns: number,
  rows: number,
): void {
  const { kind, nodata, blockWidth } = layout;
  // Undoing the floating point predictor gives little-endian values whatever the file says.
  const littleEndian = layout.littleEndian || layout.predictor === 3;
  if (!littleEndian) swapBytes(plain, kind === "int16" ? 2 : 4);
  const values = kind === "int16" ? new Int16Array(plain) : new Float32Array(plain);
  for (let row = 0; row < rows; row += 1) {
    let from = row * blockWidth;
    let to = gridStart + row * TILE_SIZE_PX;
    for (const end = to + columns; to < end; to += 1, from += 1) {
      const value = values[from]!;
      // Infinity is no height either; x - x is zero for every finite number only.
      grid[to] = value === nodata || value - value !== 0 ? Number.NaN : value;
    }
  }
}

function swapBytes(buffer: ArrayBufferLike, width: 2 | 4): void {
  const bytes = Buffer.from(buffer);
  if (width === 2) bytes.swap16();
  else bytes.swap32();
}

function hasTiffMagic(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes;
  if (first === 0x49 && second === 0x49) return (third === 42 || third === 43) && fourth === 0;
  return first === 0x4d && second === 0x4d && third === 0 && (fourth === 42 || fourth === 43);
}

function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  const isWhole = byteOffset === 0 && byteLength === buffer.byteLength;
  return isWhole && buffer instanceof ArrayBuffer ? buffer : new Uint8Array(bytes).buffer;
}

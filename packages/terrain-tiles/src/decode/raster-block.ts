import { createBlockDecoder } from "./block-decoder.ts";

/** How the heights of a block are stored. */
export interface BlockForm {
  readonly kind: "int16" | "float32";
  readonly littleEndian: boolean;
  /** Width of one block in pixels. */
  readonly blockWidth: number;
  readonly predictor: number;
  readonly compression: number;
  /** Value that marks a void; NaN when the file names none and only NaN itself is void. */
  readonly nodata: number;
}

/** How the heights of a block are stored that stands for itself. */
export interface WholeBlockForm extends BlockForm {
  /** Height of the block in pixels. */
  readonly blockHeight: number;
}

/** Where the pixels of a block go. */
export interface BlockTarget {
  readonly grid: Float32Array;
  /** Index of the north-west pixel of the block. */
  readonly start: number;
  /** Pixels in a row of the grid. */
  readonly stride: number;
  /** Pixels of the block that lie in the grid. */
  readonly columns: number;
  readonly rows: number;
}

/** Bytes of one expanded block. */
export function blockSizeBytes({ kind, blockWidth }: BlockForm, rows: number): number {
  return blockWidth * rows * (kind === "int16" ? 2 : 4);
}

/**
 * Largest size that a stored block of honest origin may have. LZW and Deflate grow what they cannot
 * pack by half at most; without this limit, a table that lists one large stretch of the file again
 * and again would make a small file costly.
 */
export function maxStoredBytes(form: BlockForm, rows: number): number {
  return 2 * blockSizeBytes(form, rows) + 1024;
}

/**
 * Expands a stored block and undoes its predictor.
 *
 * @param stored - bytes of the block, which may be overwritten
 * @param rows - pixel rows that are stored
 * @throws {Error} when the block is damaged or its compression is not supported
 */
export async function expandBlock(
  stored: ArrayBuffer,
  form: BlockForm,
  rows: number,
): Promise<ArrayBufferLike> {
  const { compression, predictor, blockWidth, kind } = form;
  const blockBytes = blockSizeBytes(form, rows);
  const decoder = createBlockDecoder(
    compression,
    {
      tileWidth: blockWidth,
      tileHeight: rows,
      predictor,
      bitsPerSample: [kind === "int16" ? 16 : 32],
      planarConfiguration: 1,
    },
    blockBytes,
  );
  if (decoder === undefined) throw new Error(`compression ${compression} is not supported`);
  const plain = await decoder.decode(stored);
  if (plain.byteLength < blockBytes) throw new Error("a block is shorter than it should be");
  return plain.byteLength === blockBytes ? plain : plain.slice(0, blockBytes);
}

/** Writes the heights of an expanded block to a grid, voids as NaN. */
export function copyBlock(plain: ArrayBufferLike, form: BlockForm, target: BlockTarget): void {
  const { kind, nodata, blockWidth } = form;
  const { grid, start, stride, columns, rows } = target;
  // Undoing the floating point predictor gives little-endian values whatever the file says.
  const littleEndian = form.littleEndian || form.predictor === 3;
  if (!littleEndian) swapBytes(plain, kind === "int16" ? 2 : 4);
  const values = kind === "int16" ? new Int16Array(plain) : new Float32Array(plain);
  for (let row = 0; row < rows; row += 1) {
    let from = row * blockWidth;
    let to = start + row * stride;
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

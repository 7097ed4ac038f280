import { sha256Of } from "../sha256.ts";
import { corruptError } from "../tile-errors.ts";
import { copyBlock, expandBlock, type WholeBlockForm } from "./raster-block.ts";

/** A block of a larger raster. */
export interface DecodedBlock {
  /** Heights in metres, row by row from the north-west corner; a void is NaN. */
  readonly grid: Float32Array<ArrayBuffer>;
  /** Hash of its bytes. */
  readonly sha256: string;
}

/**
 * Decodes and hashes a block of a raster.
 *
 * @param stored - its bytes, which are not used by anybody else from now on
 * @param name - what it is called in errors
 * @throws {ReasonError} `terrain_tile_corrupt`
 */
export type DecodeBlock = (
  stored: Uint8Array<ArrayBuffer>,
  name: string,
  form: WholeBlockForm,
  options?: { readonly signal?: AbortSignal | undefined },
) => Promise<DecodedBlock>;

/** Decodes a block on the thread that calls. */
export const decodeBlock: DecodeBlock = async (stored, name, form, { signal } = {}) => {
  signal?.throwIfAborted();
  const sha256 = sha256Of(stored);
  const { blockWidth: columns, blockHeight: rows } = form;
  try {
    const plain = await expandBlock(stored.slice().buffer, form, rows);
    const grid = new Float32Array(columns * rows);
    copyBlock(plain, form, { grid, start: 0, stride: columns, columns, rows });
    return { grid, sha256 };
  } catch (error) {
    throw corruptError(name, error instanceof Error ? error.message : String(error), error);
  }
};

import { BaseDecoder } from "geotiff";

const CLEAR_CODE = 256;
const FIRST_FREE_CODE = 258;
const MIN_WIDTH_BITS = 9;
const MAX_WIDTH_BITS = 12;
const TABLE_SIZE = 1 << MAX_WIDTH_BITS;
const ENDS_EARLY = "The LZW data ends early.";

/**
 * Expands one LZW block of a TIFF file.
 *
 * Every string of the LZW table is a stretch of what has been written already: the output of one
 * code and the first byte of the next. So the table holds where the output of each code begins; the
 * entry behind says where the string ends, and nothing has to be reversed or chained. Bytes behind
 * the last expected one are ignored, as other readers do.
 *
 * @param input - compressed block
 * @param outputBytes - exact size of the expanded block; never more is written
 * @throws {Error} when the block is damaged, ends early or holds more than it should
 */
export function decodeLzw(input: Uint8Array, outputBytes: number): Uint8Array<ArrayBuffer> {
  // Three bytes are read at once, whatever the position.
  const padded = new Uint8Array(input.length + 2);
  padded.set(input);
  const inputBits = input.length * 8;
  const output = new Uint8Array(outputBytes);
  // One entry more than codes for the end of the last string, and one to write to when it is full.
  const starts = new Int32Array(TABLE_SIZE + 2);
  let bitAt = 0;
  let outputAt = 0;
  let width = MIN_WIDTH_BITS;
  let next = FIRST_FREE_CODE;

  while (outputAt < outputBytes) {
    const byteAt = bitAt >>> 3;
    bitAt += width;
    if (bitAt > inputBits) throw new Error(ENDS_EARLY);
    const window = (padded[byteAt]! << 16) | (padded[byteAt + 1]! << 8) | padded[byteAt + 2]!;
    const code = (window >>> (24 - (bitAt - (byteAt << 3)))) & ((1 << width) - 1);

    if (code < CLEAR_CODE) {
      starts[next] = outputAt;
      output[outputAt] = code;
      outputAt += 1;
    } else if (code >= FIRST_FREE_CODE) {
      if (code >= next) throw new Error(`The LZW code ${code} is not in the table.`);
      // Written first, because a code may refer to the string that ends with its own first byte.
      starts[next] = outputAt;
      let from = starts[code]!;
      const end = outputAt + starts[code + 1]! - from + 1;
      if (end > outputBytes) throw new Error("The LZW data holds more than it should.");
      // Every string has at least two bytes. Forward, because source and target may overlap.
      output[outputAt] = output[from]!;
      output[outputAt + 1] = output[from + 1]!;
      outputAt += 2;
      from += 2;
      while (outputAt < end) {
        output[outputAt] = output[from]!;
        outputAt += 1;
        from += 1;
      }
    } else if (code === CLEAR_CODE) {
      width = MIN_WIDTH_BITS;
      next = FIRST_FREE_CODE;
      continue;
    } else {
      throw new Error(ENDS_EARLY);
    }
    if (next <= TABLE_SIZE) next += 1;
    // TIFF widens the code one entry early.
    if (next >= 1 << width && width < MAX_WIDTH_BITS) width += 1;
  }
  return output;
}

/** Decoder parameters of geotiff, which exports the class but not this type. */
export type BlockParameters = ConstructorParameters<typeof BaseDecoder>[0];

/** Block decoder for TIFF compression 5; the base class undoes the predictor. */
export class LzwDecoder extends BaseDecoder {
  readonly #blockBytes: number;

  constructor(parameters: BlockParameters, blockBytes: number) {
    super(parameters);
    this.#blockBytes = blockBytes;
  }

  override decodeBlock(block: ArrayBufferLike): ArrayBufferLike {
    return decodeLzw(new Uint8Array(block), this.#blockBytes).buffer;
  }
}

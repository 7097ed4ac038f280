import { inflateSync } from "node:zlib";

import { BaseDecoder } from "geotiff";

import { type BlockParameters, LzwDecoder } from "./lzw.ts";

/** Turns the stored bytes of one block into its plain bytes, with the predictor undone. */
export interface BlockDecoder {
  decode(block: ArrayBufferLike): Promise<ArrayBufferLike>;
}

class RawDecoder extends BaseDecoder {
  override decodeBlock(block: ArrayBufferLike): ArrayBufferLike {
    return block;
  }
}

class DeflateDecoder extends BaseDecoder {
  readonly #blockBytes: number;

  constructor(parameters: BlockParameters, blockBytes: number) {
    super(parameters);
    this.#blockBytes = blockBytes;
  }

  override decodeBlock(block: ArrayBufferLike): ArrayBufferLike {
    const plain = inflateSync(new Uint8Array(block), { maxOutputLength: this.#blockBytes });
    // Node may hand out a view of a larger buffer.
    return new Uint8Array(plain).buffer;
  }
}

/**
 * Chooses the decoder of a TIFF compression; `undefined` when it is not supported.
 *
 * These decoders are used instead of the registry of geotiff, because that registry is shared by
 * the whole process and its decoders let a small file expand without limit.
 *
 * @param blockBytes - exact size of one expanded block in bytes
 */
export function createBlockDecoder(
  compression: number,
  parameters: BlockParameters,
  blockBytes: number,
): BlockDecoder | undefined {
  switch (compression) {
    case 1:
      return new RawDecoder(parameters);
    case 5:
      return new LzwDecoder(parameters, blockBytes);
    case 8:
    case 32_946:
      return new DeflateDecoder(parameters, blockBytes);
    default:
      return undefined;
  }
}

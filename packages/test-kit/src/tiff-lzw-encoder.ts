const CLEAR_CODE = 256;
const END_CODE = 257;
const FIRST_FREE_CODE = 258;
const MIN_WIDTH_BITS = 9;
/** The table is cleared one short of 12 bits, so a reader never needs a 13th. */
const TABLE_FULL_CODE = 4094;

/**
 * TIFF's flavour of LZW: codes are packed most significant bit first, and the code width grows one
 * code earlier than in GIF ("early change").
 */
export function encodeTiffLzw(bytes: Uint8Array): Uint8Array {
  const writer = createBitWriter(bytes.length);
  // Direct table of (prefix code, byte) -> code. An entry counts only in the generation that
  // wrote it, so clearing the table costs nothing.
  const table = new Uint32Array(4096 * 256);
  let generation = 1;
  let nextCode = FIRST_FREE_CODE;
  let widthBits = MIN_WIDTH_BITS;

  const countCode = (): void => {
    nextCode += 1;
    if (nextCode === TABLE_FULL_CODE) {
      writer.write(CLEAR_CODE, widthBits);
      generation += 1;
      nextCode = FIRST_FREE_CODE;
      widthBits = MIN_WIDTH_BITS;
    } else if (nextCode > (1 << widthBits) - 1) {
      widthBits += 1;
    }
  };

  writer.write(CLEAR_CODE, widthBits);
  let prefix = -1;
  for (const byte of bytes) {
    if (prefix < 0) {
      prefix = byte;
      continue;
    }
    const slot = (prefix << 8) | byte;
    const entry = table[slot]!;
    if (entry >>> 12 === generation) {
      prefix = entry & 0xfff;
      continue;
    }
    writer.write(prefix, widthBits);
    table[slot] = ((generation << 12) | nextCode) >>> 0;
    countCode();
    prefix = byte;
  }
  if (prefix >= 0) {
    writer.write(prefix, widthBits);
    countCode();
  }
  writer.write(END_CODE, widthBits);
  return writer.finish();
}

interface BitWriter {
  write(code: number, widthBits: number): void;
  finish(): Uint8Array;
}

function createBitWriter(inputLength: number): BitWriter {
  // No input grows by more than 12 bits per byte, plus the clear and end codes.
  const output = new Uint8Array(Math.ceil(inputLength * 1.6) + 16);
  let length = 0;
  let pending = 0;
  let pendingBits = 0;
  return {
    write(code, widthBits) {
      pending = (pending << widthBits) | code;
      pendingBits += widthBits;
      while (pendingBits >= 8) {
        pendingBits -= 8;
        output[length++] = pending >>> pendingBits;
      }
      pending &= (1 << pendingBits) - 1;
    },
    finish() {
      if (pendingBits > 0) output[length++] = pending << (8 - pendingBits);
      return output.slice(0, length);
    },
  };
}

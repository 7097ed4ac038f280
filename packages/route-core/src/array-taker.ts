/**
 * Hands out arrays one after another. Code that makes arrays and code that finds them again is the same
 * code: it takes them in the same order, and computes what goes in only where nothing is in them yet.
 */
export interface ArrayTaker {
  /** Whether the arrays hold what was put in before; otherwise they are zeroed. */
  readonly isFilled: boolean;
  uint8(length: number): Uint8Array;
  int16(length: number): Int16Array;
  int32(length: number): Int32Array;
  float64(length: number): Float64Array;
}

/** Arrays begin at multiples of this many bytes. */
export const ARRAY_ALIGNMENT = 8;

/** New arrays, each with memory of its own. */
export const newArrays: ArrayTaker = {
  isFilled: false,
  uint8: (length) => new Uint8Array(length),
  int16: (length) => new Int16Array(length),
  int32: (length) => new Int32Array(length),
  float64: (length) => new Float64Array(length),
};

/** Arrays side by side in one piece of memory, which threads may share. */
export class ArrayArena implements ArrayTaker {
  readonly isFilled: boolean;
  readonly #bytes: Uint8Array;
  #used = 0;

  /** @param bytes begin at a multiple of {@link ARRAY_ALIGNMENT}; not zeroed in advance */
  constructor(bytes: Uint8Array, isFilled: boolean) {
    this.#bytes = bytes;
    this.isFilled = isFilled;
  }

  /** Bytes that were taken, with the gaps between arrays. */
  get usedBytes(): number {
    return this.#used;
  }

  uint8(length: number): Uint8Array {
    return this.#take(length);
  }

  int16(length: number): Int16Array {
    const { buffer, byteOffset } = this.#take(length * Int16Array.BYTES_PER_ELEMENT);
    return new Int16Array(buffer, byteOffset, length);
  }

  int32(length: number): Int32Array {
    const { buffer, byteOffset } = this.#take(length * Int32Array.BYTES_PER_ELEMENT);
    return new Int32Array(buffer, byteOffset, length);
  }

  float64(length: number): Float64Array {
    const { buffer, byteOffset } = this.#take(length * Float64Array.BYTES_PER_ELEMENT);
    return new Float64Array(buffer, byteOffset, length);
  }

  #take(byteLength: number): Uint8Array {
    const end = this.#used + byteLength;
    if (end > this.#bytes.length) {
      throw new RangeError(`arrays of ${end} bytes in memory of ${this.#bytes.length}`);
    }
    const taken = this.#bytes.subarray(this.#used, end);
    this.#used = Math.ceil(end / ARRAY_ALIGNMENT) * ARRAY_ALIGNMENT;
    return this.isFilled ? taken : taken.fill(0);
  }
}

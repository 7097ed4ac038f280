/**
 * Bytes one query uses. Counts what the query asked for, not what its scratch already held, so that
 * a used search space stops at the same label as a fresh one.
 */
export class MemoryMeter {
  bytes = 0;
  #maxBytes = Infinity;

  begin(maxBytes: number): void {
    this.bytes = 0;
    this.#maxBytes = maxBytes;
  }

  /** False when the cap does not allow `bytes` more; nothing is counted then. */
  take(bytes: number): boolean {
    if (this.bytes + bytes > this.#maxBytes) return false;
    this.bytes += bytes;
    return true;
  }
}

/**
 * A copy of `array` in a new one of at least `length` entries, or `undefined` when the platform
 * cannot give the memory.
 */
export function grownInt32(array: Int32Array, length: number): Int32Array | undefined {
  try {
    const grown = new Int32Array(length);
    grown.set(array);
    return grown;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** As {@link grownInt32}, for floats. */
export function grownFloat64(array: Float64Array, length: number): Float64Array | undefined {
  try {
    const grown = new Float64Array(length);
    grown.set(array);
    return grown;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

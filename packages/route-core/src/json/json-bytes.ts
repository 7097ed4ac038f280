/** Memory of a larger document is given back after it. */
const KEPT_BYTES = 16 * 2 ** 20;

/** Longest text of a number. */
const NUMBER_BYTES = 32;

/** Pieces up to this size are copied byte by byte, which is faster for them. */
const SHORT_BYTES = 48;

const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/**
 * A document of JSON while it is written: UTF-8 at the end of one piece of memory. Numbers are written
 * from whole units without making a string of each.
 */
export class JsonBytes {
  #bytes = new Uint8Array(KEPT_BYTES / 16);
  readonly #encoder = new TextEncoder();
  /** Bytes that were written. */
  length = 0;

  /** Begins a document; one that was not taken is lost. */
  begin(json: string): void {
    this.length = 0;
    this.text(json);
  }

  /** Appends JSON that is text already. */
  text(json: string): void {
    // No character takes more than three bytes for each of its UTF-16 units.
    this.#reserve(3 * json.length);
    const free = this.#bytes.subarray(this.length);
    this.length += this.#encoder.encodeInto(json, free).written;
  }

  /** Appends a character of ASCII by its code. */
  ascii(code: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = code;
  }

  /**
   * Appends `units / 10 ** digits` as `JSON.stringify` writes it.
   *
   * @param units - a whole number
   */
  decimal(units: number, digits: number): void {
    const size = Math.abs(units);
    // So small or large numbers have an exponent, or more digits than fit a 32-bit integer.
    if (size >= 2 ** 31 || (digits > 6 && size !== 0 && size < 10 ** (digits - 6))) {
      this.text(JSON.stringify(units / 10 ** digits));
      return;
    }
    this.#reserve(NUMBER_BYTES);
    const bytes = this.#bytes;
    if (units < 0) bytes[this.length++] = MINUS;
    let left = size | 0;
    let decimals = digits;
    while (decimals > 0 && left % 10 === 0) {
      left = (left / 10) | 0;
      decimals--;
    }
    let count = 1;
    for (let rest = (left / 10) | 0; rest > 0; rest = (rest / 10) | 0) count++;
    if (count <= decimals) count = decimals + 1;
    const end = this.length + count + (decimals > 0 ? 1 : 0);
    let at = end;
    for (let place = 0; place < count; place++) {
      if (place === decimals && place > 0) bytes[--at] = POINT;
      const rest = (left / 10) | 0;
      bytes[--at] = ZERO + left - 10 * rest;
      left = rest;
    }
    this.length = end;
  }

  /** Appends once more what was written from one byte to before another. */
  again(from: number, to: number): void {
    const size = to - from;
    this.#reserve(size);
    const bytes = this.#bytes;
    if (size > SHORT_BYTES) bytes.copyWithin(this.length, from, to);
    else for (let at = 0; at < size; at++) bytes[this.length + at] = bytes[from + at]!;
    this.length += size;
  }

  /** The document, in memory of its own. */
  take(): Uint8Array<ArrayBuffer> {
    const document = this.#bytes.slice(0, this.length);
    this.length = 0;
    if (this.#bytes.length > KEPT_BYTES) this.#bytes = new Uint8Array(KEPT_BYTES / 16);
    return document;
  }

  #reserve(size: number): void {
    const needed = this.length + size;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }
}

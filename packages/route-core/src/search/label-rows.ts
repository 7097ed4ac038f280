import { grownInt32, type MemoryMeter } from "./memory-meter.ts";

const FIRST_CAPACITY = 4096;

/**
 * Open labels as rows of integers. A row that is free again is the next to be given out, so that the
 * rows in use stay few, and close together, however many labels a query makes.
 */
export class LabelRows {
  /** Row `id` begins at `id << shift`. Replaced when it grows. */
  data: Int32Array = new Int32Array(0);
  /** Binary logarithm of the integers per row. */
  shift = 0;
  /** Rows given out so far, those of them that were given out again included. */
  made = 0;
  #count = 0;
  #capacity = 0;
  #firstFree = -1;
  readonly #meter: MemoryMeter;

  constructor(meter: MemoryMeter) {
    this.#meter = meter;
  }

  begin(shift: number): void {
    this.shift = shift;
    this.made = 0;
    this.#count = 0;
    this.#capacity = 0;
    this.#firstFree = -1;
  }

  /** A row, its entries undefined; returns its number, or -1 when memory is used up. */
  add(): number {
    const free = this.#firstFree;
    if (free >= 0) {
      this.#firstFree = this.data[free << this.shift]!;
      this.made++;
      return free;
    }
    if (this.#count === this.#capacity && !this.#grow()) return -1;
    this.made++;
    return this.#count++;
  }

  /** Gives a row back. */
  free(id: number): void {
    this.data[id << this.shift] = this.#firstFree;
    this.#firstFree = id;
  }

  /** Bytes held, whatever the current query counts. */
  get heldBytes(): number {
    return this.data.byteLength;
  }

  /** Drops what earlier queries grew. */
  release(): void {
    this.data = new Int32Array(0);
    this.begin(this.shift);
  }

  #grow(): boolean {
    const capacity = this.#capacity === 0 ? FIRST_CAPACITY : this.#capacity * 2;
    if (!this.#meter.take((capacity - this.#capacity) * (4 << this.shift))) return false;
    const length = capacity << this.shift;
    if (this.data.length < length) {
      const grown = grownInt32(this.data, length);
      if (grown === undefined) return false;
      this.data = grown;
    }
    this.#capacity = capacity;
    return true;
  }
}

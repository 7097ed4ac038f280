import { grownInt32, type MemoryMeter } from "./memory-meter.ts";

const FIRST_CAPACITY = 4096;

/** Labels as rows of integers, numbered from 0 and never freed within a query. */
export class LabelArena {
  /** Row `id` begins at `id * stride`. Replaced when the arena grows. */
  data: Int32Array = new Int32Array(0);
  count = 0;
  #stride = 1;
  #capacity = 0;
  readonly #meter: MemoryMeter;

  constructor(meter: MemoryMeter) {
    this.#meter = meter;
  }

  begin(stride: number): void {
    this.#stride = stride;
    this.count = 0;
    this.#capacity = 0;
  }

  /** A new row, its entries undefined; returns its number, or -1 when memory is used up. */
  add(): number {
    if (this.count === this.#capacity && !this.#grow()) return -1;
    return this.count++;
  }

  /** Bytes held, whatever the current query counts. */
  get heldBytes(): number {
    return this.data.byteLength;
  }

  /** Drops what earlier queries grew. */
  release(): void {
    this.data = new Int32Array(0);
    this.#capacity = 0;
    this.count = 0;
  }

  #grow(): boolean {
    const capacity = this.#capacity === 0 ? FIRST_CAPACITY : this.#capacity * 2;
    const length = capacity * this.#stride;
    if (!this.#meter.take((capacity - this.#capacity) * this.#stride * 4)) return false;
    if (this.data.length < length) {
      const grown = grownInt32(this.data, length);
      if (grown === undefined) return false;
      this.data = grown;
    }
    this.#capacity = capacity;
    return true;
  }
}

import { grownFloat64, grownInt32, type MemoryMeter } from "./memory-meter.ts";

const FIRST_CAPACITY = 4096;
const BYTES_PER_ENTRY = 12;

/** 4-ary min-heap of (float key, label id); the order among equal keys depends on history only. */
export class OpenHeap {
  size = 0;
  #keys: Float64Array = new Float64Array(0);
  #ids: Int32Array = new Int32Array(0);
  #capacity = 0;
  readonly #meter: MemoryMeter;

  constructor(meter: MemoryMeter) {
    this.#meter = meter;
  }

  begin(): void {
    this.size = 0;
    this.#capacity = 0;
  }

  /** Only while `size > 0`. */
  peekKey(): number {
    return this.#keys[0]!;
  }

  /** False when memory is used up. */
  push(key: number, id: number): boolean {
    if (this.size === this.#capacity && !this.#grow()) return false;
    const keys = this.#keys;
    const ids = this.#ids;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 2;
      const parentKey = keys[parent]!;
      if (parentKey <= key) break;
      keys[at] = parentKey;
      ids[at] = ids[parent]!;
      at = parent;
    }
    keys[at] = key;
    ids[at] = id;
    return true;
  }

  /** Takes out the entry with the least key; only while `size > 0`. */
  pop(): number {
    const keys = this.#keys;
    const ids = this.#ids;
    const top = ids[0]!;
    const size = --this.size;
    if (size === 0) return top;
    const key = keys[size]!;
    const id = ids[size]!;
    let at = 0;
    for (;;) {
      const child = (at << 2) + 1;
      if (child >= size) break;
      let least = child;
      let leastKey = keys[child]!;
      const end = child + 4 < size ? child + 4 : size;
      for (let k = child + 1; k < end; k++) {
        const childKey = keys[k]!;
        if (childKey < leastKey) {
          leastKey = childKey;
          least = k;
        }
      }
      if (leastKey >= key) break;
      keys[at] = leastKey;
      ids[at] = ids[least]!;
      at = least;
    }
    keys[at] = key;
    ids[at] = id;
    return top;
  }

  /** Bytes held, whatever the current query counts. */
  get heldBytes(): number {
    return this.#keys.byteLength + this.#ids.byteLength;
  }

  /** Drops what earlier queries grew. */
  release(): void {
    this.#keys = new Float64Array(0);
    this.#ids = new Int32Array(0);
    this.begin();
  }

  #grow(): boolean {
    const capacity = this.#capacity === 0 ? FIRST_CAPACITY : this.#capacity * 2;
    if (!this.#meter.take((capacity - this.#capacity) * BYTES_PER_ENTRY)) return false;
    if (this.#keys.length < capacity) {
      const keys = grownFloat64(this.#keys, capacity);
      const ids = grownInt32(this.#ids, capacity);
      if (keys === undefined || ids === undefined) return false;
      this.#keys = keys;
      this.#ids = ids;
    }
    this.#capacity = capacity;
    return true;
  }
}

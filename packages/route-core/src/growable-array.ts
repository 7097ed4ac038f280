type Column = Float64Array | Int32Array | Uint8Array | Uint16Array | Float32Array;

/** A typed array that grows by doubling; used while importing and to collect paths, never in a search. */
export class GrowableArray<T extends Column> {
  #data: T;
  length = 0;
  readonly #create: (length: number) => T;

  /** @param capacity - best the length that it will have, where that is known: nothing is copied then */
  constructor(create: (length: number) => T, capacity = 1024) {
    this.#create = create;
    this.#data = create(capacity);
  }

  push(value: number): void {
    if (this.length === this.#data.length) {
      const larger = this.#create(Math.max(1024, this.length * 2));
      larger.set(this.#data);
      this.#data = larger;
    }
    this.#data[this.length++] = value;
  }

  at(index: number): number {
    return this.#data[index]!;
  }

  /** The values so far, as an array of exactly that length; nothing may be added afterwards. */
  toArray(): T {
    return this.length === this.#data.length ? this.#data : (this.#data.slice(0, this.length) as T);
  }
}

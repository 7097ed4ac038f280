const MOST_BINS = 1024;

/**
 * Marks the `count` entries with the smallest keys with `low` and as many with the largest keys with
 * `high`; of equal keys the earlier entries count as smaller. Linear: only the bin in which a limit
 * falls is sorted.
 *
 * @param count at most half of `size`
 */
export class ExtremeNodes {
  readonly #bins = new Int32Array(MOST_BINS + 1);
  readonly #binOf: Uint16Array;
  readonly #inBin: Int32Array;

  constructor(maxSize: number) {
    this.#binOf = new Uint16Array(maxSize);
    this.#inBin = new Int32Array(maxSize);
  }

  mark(
    keys: Float64Array,
    size: number,
    count: number,
    marks: Uint8Array,
    low: number,
    high: number,
  ): void {
    const bins = this.#bins.fill(0);
    const binOf = this.#binOf;
    let least = Infinity;
    let most = -Infinity;
    for (let k = 0; k < size; k++) {
      const key = keys[k]!;
      if (key < least) least = key;
      if (key > most) most = key;
    }
    const scale = most > least ? (MOST_BINS - 1) / (most - least) : 0;
    for (let k = 0; k < size; k++) {
      const bin = Math.floor((keys[k]! - least) * scale);
      binOf[k] = bin;
      bins[bin + 1]!++;
    }
    for (let bin = 0; bin < MOST_BINS; bin++) bins[bin + 1]! += bins[bin]!;
    const lowBin = this.#binHolding(count);
    const highBin = this.#binHolding(size - count);
    for (let k = 0; k < size; k++) {
      const bin = binOf[k]!;
      marks[k] = bin < lowBin ? low : bin > highBin ? high : 0;
    }
    this.#markWithin(lowBin, keys, size, (rank) => rank < count, marks, low);
    this.#markWithin(highBin, keys, size, (rank) => rank >= size - count, marks, high);
  }

  /** The bin of the entry that would stand at `rank` if all were sorted. */
  #binHolding(rank: number): number {
    let bin = 0;
    while (this.#bins[bin + 1]! <= rank) bin++;
    return bin;
  }

  #markWithin(
    bin: number,
    keys: Float64Array,
    size: number,
    isWanted: (rank: number) => boolean,
    marks: Uint8Array,
    mark: number,
  ): void {
    let found = 0;
    for (let k = 0; k < size; k++) if (this.#binOf[k] === bin) this.#inBin[found++] = k;
    const sorted = this.#inBin.subarray(0, found).sort((a, b) => keys[a]! - keys[b]! || a - b);
    for (let k = 0; k < found; k++) {
      if (isWanted(this.#bins[bin]! + k)) marks[sorted[k]!] = mark;
    }
  }
}

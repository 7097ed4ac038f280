import { grownInt32, type MemoryMeter } from "./memory-meter.ts";

/** Row per front: start in the blocks, points, capacity in points, stamp. */
const ROW = 4;
const LENGTH = 1;
const CAPACITY = 2;
const STAMP = 3;

const FIRST_POINTS = 4;
const FIRST_BLOCKS = 1 << 14;
const COPY_WITHIN_FROM = 96;

/**
 * Two-dimensional fronts, many at once: per front the pairs (second, third) that no other pair of
 * it dominates, the second ascending and the third descending.
 *
 * As a search takes labels in order of their first cost, these pairs decide three-cost dominance
 * (truncated dominance). Pairs lie in power-of-two blocks of one array, with a free list per size.
 */
export class StaircaseFronts {
  readonly #rows: Int32Array;
  #stamp = 0;
  #blocks: Int32Array = new Int32Array(FIRST_BLOCKS);
  #used = 0;
  #counted = 0;
  readonly #free: number[][] = Array.from({ length: 32 }, () => []);
  readonly #meter: MemoryMeter;

  constructor(frontCount: number, meter: MemoryMeter) {
    this.#rows = new Int32Array(frontCount * ROW);
    this.#meter = meter;
  }

  /** Empties every front without touching them. */
  begin(): void {
    if (this.#stamp === 2 ** 31 - 1) {
      this.#rows.fill(0);
      this.#stamp = 0;
    }
    this.#stamp++;
    this.#used = 0;
    this.#counted = 0;
    for (const list of this.#free) list.length = 0;
  }

  /** True when some pair of the front is at most (`second`, `third`) in both. */
  isDominated(front: number, second: number, third: number): boolean {
    const rows = this.#rows;
    const row = front * ROW;
    if (rows[row + STAMP] !== this.#stamp) return false;
    const blocks = this.#blocks;
    const start = rows[row]!;
    if (blocks[start]! > second) return false;
    let low = 1;
    let high = rows[row + LENGTH]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (blocks[start + middle * 2]! <= second) low = middle + 1;
      else high = middle;
    }
    return blocks[start + low * 2 - 1]! <= third;
  }

  /**
   * Adds a pair that is not dominated and drops the pairs it dominates.
   * @returns false when memory is used up
   */
  insert(front: number, second: number, third: number): boolean {
    const rows = this.#rows;
    const row = front * ROW;
    if (rows[row + STAMP] !== this.#stamp && !this.#open(row)) return false;
    let start = rows[row]!;
    const length = rows[row + LENGTH]!;
    let blocks = this.#blocks;
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (blocks[start + middle * 2]! < second) low = middle + 1;
      else high = middle;
    }
    let next = low;
    while (next < length && blocks[start + next * 2 + 1]! >= third) next++;
    if (next === low) {
      if (length === rows[row + CAPACITY]!) {
        if (!this.#enlarge(row)) return false;
        start = rows[row]!;
        blocks = this.#blocks;
      }
      moveUp(blocks, start + low * 2, start + length * 2);
      rows[row + LENGTH] = length + 1;
    } else if (next > low + 1) {
      moveDown(blocks, start + (low + 1) * 2, start + next * 2, start + length * 2);
      rows[row + LENGTH] = length - (next - low - 1);
    }
    blocks[start + low * 2] = second;
    blocks[start + low * 2 + 1] = third;
    return true;
  }

  /** Bytes of blocks held, whatever the current query counts. */
  get heldBytes(): number {
    return this.#blocks.byteLength;
  }

  /** Drops what earlier queries grew. */
  release(): void {
    this.#blocks = new Int32Array(FIRST_BLOCKS);
    this.begin();
  }

  #open(row: number): boolean {
    const start = this.#allocate(FIRST_POINTS);
    if (start < 0) return false;
    const rows = this.#rows;
    rows[row] = start;
    rows[row + LENGTH] = 0;
    rows[row + CAPACITY] = FIRST_POINTS;
    rows[row + STAMP] = this.#stamp;
    return true;
  }

  #enlarge(row: number): boolean {
    const rows = this.#rows;
    const points = rows[row + CAPACITY]!;
    const start = this.#allocate(points * 2);
    if (start < 0) return false;
    const old = rows[row]!;
    this.#blocks.copyWithin(start, old, old + points * 2);
    this.#free[31 - Math.clz32(points)]!.push(old);
    rows[row] = start;
    rows[row + CAPACITY] = points * 2;
    return true;
  }

  /** Start of a block of `points` (a power of two) pairs, or -1. */
  #allocate(points: number): number {
    const reused = this.#free[31 - Math.clz32(points)]!.pop();
    if (reused !== undefined) return reused;
    const start = this.#used;
    const used = start + points * 2;
    if (used > this.#counted && !this.#count(used)) return -1;
    this.#used = used;
    return start;
  }

  #count(used: number): boolean {
    let counted = Math.max(this.#counted, FIRST_BLOCKS);
    while (counted < used) counted *= 2;
    if (!this.#meter.take((counted - this.#counted) * 4)) return false;
    if (this.#blocks.length < counted) {
      const grown = grownInt32(this.#blocks, counted);
      if (grown === undefined) return false;
      this.#blocks = grown;
    }
    this.#counted = counted;
    return true;
  }
}

/** Opens a gap of one pair at `from`. */
function moveUp(blocks: Int32Array, from: number, end: number): void {
  if (end - from > COPY_WITHIN_FROM) {
    blocks.copyWithin(from + 2, from, end);
    return;
  }
  for (let k = end - 1; k >= from; k--) blocks[k + 2] = blocks[k]!;
}

/** Closes the gap between `to` and `from`. */
function moveDown(blocks: Int32Array, to: number, from: number, end: number): void {
  if (end - from > COPY_WITHIN_FROM) {
    blocks.copyWithin(to, from, end);
    return;
  }
  for (let at = to, k = from; k < end; k++) blocks[at++] = blocks[k]!;
}

import { grownInt32, type MemoryMeter } from "./memory-meter.ts";
import { FRONT, FRONT_CAPACITY, FRONT_LENGTH, type NodeRecords } from "./node-records.ts";

const FIRST_POINTS = 4;
const FIRST_BLOCKS = 1 << 14;

/** The points of many fronts, in power-of-two blocks of one array with a free list per size. */
export class FrontBlocks {
  /** Replaced when it grows. Only read from outside. */
  blocks: Int32Array = new Int32Array(FIRST_BLOCKS);
  readonly #records: NodeRecords;
  readonly #meter: MemoryMeter;
  readonly #width: number;
  #used = 0;
  #counted = 0;
  readonly #free: number[][] = Array.from({ length: 32 }, () => []);

  /** @param width costs per point */
  constructor(records: NodeRecords, meter: MemoryMeter, width: number) {
    this.#records = records;
    this.#meter = meter;
    this.#width = width;
  }

  begin(): void {
    this.#used = 0;
    this.#counted = 0;
    for (const list of this.#free) list.length = 0;
  }

  get heldBytes(): number {
    return this.blocks.byteLength;
  }

  release(): void {
    this.blocks = new Int32Array(FIRST_BLOCKS);
    this.begin();
  }

  /** Gives the front of a record room for more points; false when memory is used up. */
  protected enlarge(row: number): boolean {
    const { rows } = this.#records;
    const points = rows[row + FRONT_CAPACITY]!;
    const capacity = points === 0 ? FIRST_POINTS : points * 2;
    const start = this.#allocate(capacity);
    if (start < 0) return false;
    if (points > 0) {
      const old = rows[row + FRONT]!;
      this.blocks.copyWithin(start, old, old + rows[row + FRONT_LENGTH]! * this.#width);
      this.#free[31 - Math.clz32(points)]!.push(old);
    }
    rows[row + FRONT] = start;
    rows[row + FRONT_CAPACITY] = capacity;
    return true;
  }

  /** Start of a block of `points` (a power of two) points, or -1. */
  #allocate(points: number): number {
    const reused = this.#free[31 - Math.clz32(points)]!.pop();
    if (reused !== undefined) return reused;
    const start = this.#used;
    const used = start + points * this.#width;
    if (used > this.#counted && !this.#count(used)) return -1;
    this.#used = used;
    return start;
  }

  #count(used: number): boolean {
    let counted = Math.max(this.#counted, FIRST_BLOCKS);
    while (counted < used) counted *= 2;
    if (!this.#meter.take((counted - this.#counted) * 4)) return false;
    if (this.blocks.length < counted) {
      const grown = grownInt32(this.blocks, counted);
      if (grown === undefined) return false;
      this.blocks = grown;
    }
    this.#counted = counted;
    return true;
  }
}

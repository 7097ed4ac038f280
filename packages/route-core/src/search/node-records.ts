import { grownInt32 } from "./memory-meter.ts";

/** Records take 16 integers, which is one line of cache: what is used together lies together. */
export const RECORD_SHIFT = 4;
const RECORD = 1 << RECORD_SHIFT;

/** First of four columns with the bounds of the node; `INF` = it does not lead to the destination. */
export const BOUND = 0;
/** The query in which the record was last set up. */
export const SET_UP = 4;
/** The arcs that leave the node, from .. to, in `outArcs`. */
export const FIRST_OUT = 5;
export const END_OUT = 6;
/** First of the query's ends here, or -1. */
export const FIRST_END = 7;
/** First open label of the state, or -1 (see apex-labels.ts). */
export const FIRST_OPEN = 8;
/** Front of the state: where its block starts, points in it, points that fit. */
export const FRONT = 9;
export const FRONT_LENGTH = 10;
export const FRONT_CAPACITY = 11;
/** The front's least second and least third cost: most labels need no look at its points. */
export const LEAST_SECOND = 12;
export const LEAST_THIRD = 13;
/** First of two columns with the mixed bounds of the node (mixed-bounds.ts); -1 = not found yet. */
export const MIX = 14;

const LARGEST = 2 ** 31 - 1;
const SPARE_RECORDS = 64;

/**
 * Scratch of a search per node, per arc that needs a front of its own, and for the destination. A
 * record is set up when a query first comes across it, so that no query clears what it does not use.
 */
export class NodeRecords {
  /** Replaced when `add` has to grow it. */
  rows: Int32Array;
  /** The current query; a record with another number in `SET_UP` holds nothing. */
  stamp = 0;
  readonly #nodeCount: number;
  #count: number;

  constructor(nodeCount: number) {
    this.#nodeCount = nodeCount;
    this.#count = nodeCount;
    this.rows = new Int32Array((nodeCount + SPARE_RECORDS) * RECORD);
  }

  begin(): void {
    if (this.stamp === LARGEST) {
      this.rows.fill(0);
      this.stamp = 0;
    }
    this.stamp++;
    this.#count = this.#nodeCount;
  }

  /** Empties the front and the list of a record; returns where its row begins. */
  setUp(record: number): number {
    const row = record << RECORD_SHIFT;
    const { rows } = this;
    rows[row + SET_UP] = this.stamp;
    rows[row + FIRST_OPEN] = -1;
    rows[row + FRONT_LENGTH] = 0;
    rows[row + FRONT_CAPACITY] = 0;
    rows[row + LEAST_SECOND] = LARGEST;
    rows[row + LEAST_THIRD] = LARGEST;
    rows[row + MIX] = -1;
    return row;
  }

  /** A record for something that is no node; returns where its row begins, or -1 without memory. */
  add(): number {
    const record = this.#count;
    if ((record + 1) * RECORD > this.rows.length) {
      const grown = grownInt32(this.rows, this.rows.length + this.#nodeCount * RECORD + RECORD);
      if (grown === undefined) return -1;
      this.rows = grown;
    }
    this.#count++;
    return this.setUp(record);
  }
}

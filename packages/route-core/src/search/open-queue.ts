import { F, NEXT_WAITING } from "./label-columns.ts";
import type { LabelRows } from "./label-rows.ts";
import type { MemoryMeter } from "./memory-meter.ts";
import { OpenHeap } from "./open-heap.ts";
import { COST_LIMIT } from "./search-graph.ts";

const BUCKETS = 1 << 16;

/**
 * The open labels of a front search in order of their first cost, and of their second at the time they
 * became due.
 *
 * Only what is due soon stands in a heap. The rest waits, unsorted, in buckets by the first cost, one
 * list each, and those beyond the last bucket in a list of their own: a heap of a few hundred entries
 * stays in the cache where one of millions does not. First costs must not fall below what was taken
 * out, nor change while a label is in the queue.
 */
export class OpenQueue {
  size = 0;
  readonly #labels: LabelRows;
  readonly #near: OpenHeap;
  /** First waiting label per bucket. */
  readonly #firstOf = new Int32Array(BUCKETS).fill(-1);
  #beyond = -1;
  /** First cost at which bucket 0 begins, and the width of a bucket as a power of two. */
  #base = -1;
  #widthShift = 0;
  /** The bucket that stands in the heap; what costs less than `#nearLimit` belongs there. */
  #bucket = 0;
  #nearLimit = 0;
  /** No bucket from this one on holds a label. */
  #usedBuckets = 0;

  constructor(labels: LabelRows, meter: MemoryMeter) {
    this.#labels = labels;
    this.#near = new OpenHeap(meter);
  }

  begin(): void {
    this.size = 0;
    this.#near.begin();
    this.#firstOf.fill(-1, 0, this.#usedBuckets);
    this.#usedBuckets = 0;
    this.#beyond = -1;
    this.#base = -1;
  }

  /** False when memory is used up. */
  push(label: number): boolean {
    const { data, shift } = this.#labels;
    const at = label << shift;
    const first = data[at + F]!;
    if (this.#base < 0) this.#layOut(first);
    this.size++;
    if (first < this.#nearLimit) {
      return this.#near.push(first * COST_LIMIT + data[at + F + 1]!, label);
    }
    this.#wait(label, first);
    return true;
  }

  /** Takes out a label with the least costs, only while `size > 0`; -1 when memory is used up. */
  pop(): number {
    if (this.#near.size === 0 && !this.#nextBucket()) return -1;
    this.size--;
    return this.#near.pop();
  }

  /** Bytes held, whatever the current query counts. */
  get heldBytes(): number {
    return this.#near.heldBytes;
  }

  /** Drops what earlier queries grew. */
  release(): void {
    this.#near.release();
    this.begin();
  }

  /** Buckets for first costs up to twice the least one; few searches go further. */
  #layOut(first: number): void {
    this.#base = first;
    this.#widthShift = 32 - Math.clz32(Math.floor(first / BUCKETS));
    this.#bucket = 0;
    this.#nearLimit = first + (1 << this.#widthShift);
  }

  #wait(label: number, first: number): void {
    const { data, shift } = this.#labels;
    const bucket = (first - this.#base) >> this.#widthShift;
    const next = (label << shift) + NEXT_WAITING;
    if (bucket >= BUCKETS) {
      data[next] = this.#beyond;
      this.#beyond = label;
      return;
    }
    if (bucket >= this.#usedBuckets) this.#usedBuckets = bucket + 1;
    data[next] = this.#firstOf[bucket]!;
    this.#firstOf[bucket] = label;
  }

  /** Moves the next bucket that holds anything into the heap. */
  #nextBucket(): boolean {
    do {
      this.#bucket++;
      if (this.#bucket >= this.#usedBuckets) this.#moveOn();
    } while (this.#firstOf[this.#bucket]! < 0);
    const { data, shift } = this.#labels;
    let label = this.#firstOf[this.#bucket]!;
    this.#firstOf[this.#bucket] = -1;
    while (label >= 0) {
      const at = label << shift;
      const key = data[at + F]! * COST_LIMIT + data[at + F + 1]!;
      if (!this.#near.push(key, label)) return false;
      label = data[at + NEXT_WAITING]!;
    }
    this.#nearLimit = this.#base + ((this.#bucket + 1) << this.#widthShift);
    return true;
  }

  /** All buckets are empty: lays them out again from where the labels beyond them begin. */
  #moveOn(): void {
    const { data, shift } = this.#labels;
    let label = this.#beyond;
    let least = COST_LIMIT;
    for (let id = label; id >= 0; id = data[(id << shift) + NEXT_WAITING]!) {
      least = Math.min(least, data[(id << shift) + F]!);
    }
    this.#beyond = -1;
    this.#usedBuckets = 0;
    this.#layOut(least);
    while (label >= 0) {
      const next = data[(label << shift) + NEXT_WAITING]!;
      this.#wait(label, data[(label << shift) + F]!);
      label = next;
    }
  }
}

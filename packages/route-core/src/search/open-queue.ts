import { grownInt32, type MemoryMeter } from "./memory-meter.ts";
import { OpenHeap } from "./open-heap.ts";
import { COST_LIMIT } from "./search-graph.ts";

const BUCKETS = 1 << 16;
const FIRST_CAPACITY = 4096;
/** Integers per waiting entry: first cost, second cost, label, next entry. */
const ENTRY_SHIFT = 2;
const NEXT = 3;

/**
 * The open labels of a front search in lexicographic order of their first two costs.
 *
 * Only what is due soon stands in a heap. The rest waits, unsorted, in buckets by the first cost, one
 * list each, and those beyond the last bucket in a list of their own: a heap of a few hundred entries
 * stays in the cache where one of millions does not. Costs must not fall below what was taken out.
 */
export class OpenQueue {
  size = 0;
  readonly #near: OpenHeap;
  /** First waiting entry per bucket. */
  readonly #firstOf = new Int32Array(BUCKETS).fill(-1);
  #entries: Int32Array = new Int32Array(0);
  #count = 0;
  #capacity = 0;
  #firstFree = -1;
  #beyond = -1;
  /** First cost at which bucket 0 begins, and the width of a bucket as a power of two. */
  #base = -1;
  #widthShift = 0;
  /** The bucket that stands in the heap; what is less than `#nearLimit` belongs there. */
  #bucket = 0;
  #nearLimit = 0;
  /** No bucket from this one on has held an entry since the lists were last cleared. */
  #usedBuckets = 0;
  readonly #meter: MemoryMeter;

  constructor(meter: MemoryMeter) {
    this.#meter = meter;
    this.#near = new OpenHeap(meter);
  }

  begin(): void {
    this.size = 0;
    this.#near.begin();
    this.#firstOf.fill(-1, 0, this.#usedBuckets);
    this.#usedBuckets = 0;
    this.#count = 0;
    this.#capacity = 0;
    this.#firstFree = -1;
    this.#beyond = -1;
    this.#base = -1;
  }

  /** False when memory is used up. */
  push(first: number, second: number, label: number): boolean {
    if (this.#base < 0) this.#layOut(first);
    this.size++;
    if (first < this.#nearLimit) return this.#near.push(first * COST_LIMIT + second, label);
    const entry = this.#addEntry();
    if (entry < 0) return false;
    const at = entry << ENTRY_SHIFT;
    this.#entries[at] = first;
    this.#entries[at + 1] = second;
    this.#entries[at + 2] = label;
    this.#wait(entry, first);
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
    return this.#near.heldBytes + this.#entries.byteLength;
  }

  /** Drops what earlier queries grew. */
  release(): void {
    this.#near.release();
    this.#entries = new Int32Array(0);
    this.begin();
  }

  /** Buckets for first costs up to twice the least one; few searches go further. */
  #layOut(first: number): void {
    this.#base = first;
    this.#widthShift = Math.max(0, 32 - Math.clz32(Math.floor(first / BUCKETS)));
    this.#bucket = 0;
    this.#nearLimit = first + (1 << this.#widthShift);
  }

  #wait(entry: number, first: number): void {
    const bucket = (first - this.#base) >> this.#widthShift;
    const next = (entry << ENTRY_SHIFT) + NEXT;
    if (bucket >= BUCKETS) {
      this.#entries[next] = this.#beyond;
      this.#beyond = entry;
      return;
    }
    if (bucket >= this.#usedBuckets) this.#usedBuckets = bucket + 1;
    this.#entries[next] = this.#firstOf[bucket]!;
    this.#firstOf[bucket] = entry;
  }

  /** Moves the next bucket that holds anything into the heap. */
  #nextBucket(): boolean {
    do {
      this.#bucket++;
      if (this.#bucket >= this.#usedBuckets) this.#moveOn();
    } while (this.#firstOf[this.#bucket]! < 0);
    const entries = this.#entries;
    let entry = this.#firstOf[this.#bucket]!;
    this.#firstOf[this.#bucket] = -1;
    while (entry >= 0) {
      const at = entry << ENTRY_SHIFT;
      const key = entries[at]! * COST_LIMIT + entries[at + 1]!;
      if (!this.#near.push(key, entries[at + 2]!)) return false;
      const next = entries[at + NEXT]!;
      entries[at + NEXT] = this.#firstFree;
      this.#firstFree = entry;
      entry = next;
    }
    this.#nearLimit = this.#base + ((this.#bucket + 1) << this.#widthShift);
    return true;
  }

  /** All buckets are empty: lays them out again from where the entries beyond them begin. */
  #moveOn(): void {
    const entries = this.#entries;
    let entry = this.#beyond;
    let least = COST_LIMIT;
    for (let id = entry; id >= 0; id = entries[(id << ENTRY_SHIFT) + NEXT]!) {
      least = Math.min(least, entries[id << ENTRY_SHIFT]!);
    }
    this.#beyond = -1;
    this.#usedBuckets = 0;
    this.#layOut(least);
    while (entry >= 0) {
      const next = entries[(entry << ENTRY_SHIFT) + NEXT]!;
      this.#wait(entry, entries[entry << ENTRY_SHIFT]!);
      entry = next;
    }
  }

  /** Number of an entry, or -1. */
  #addEntry(): number {
    const free = this.#firstFree;
    if (free >= 0) {
      this.#firstFree = this.#entries[(free << ENTRY_SHIFT) + NEXT]!;
      return free;
    }
    if (this.#count === this.#capacity && !this.#grow()) return -1;
    return this.#count++;
  }

  #grow(): boolean {
    const capacity = this.#capacity === 0 ? FIRST_CAPACITY : this.#capacity * 2;
    if (!this.#meter.take((capacity - this.#capacity) * (4 << ENTRY_SHIFT))) return false;
    if (this.#entries.length < capacity << ENTRY_SHIFT) {
      const grown = grownInt32(this.#entries, capacity << ENTRY_SHIFT);
      if (grown === undefined) return false;
      this.#entries = grown;
    }
    this.#capacity = capacity;
    return true;
  }
}

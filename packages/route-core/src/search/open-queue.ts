import { F, NEXT_WAITING } from "./label-columns.ts";
import type { LabelRows } from "./label-rows.ts";
import type { MemoryMeter } from "./memory-meter.ts";
import { OpenHeap } from "./open-heap.ts";
import { COST_LIMIT } from "./search-graph.ts";

const SLOT_BITS = 14;
const SLOTS = 1 << SLOT_BITS;
/** Windows of `SLOTS` costs each; a cost takes 26 bits. */
const WINDOWS = COST_LIMIT / SLOTS;
/** Labels of one first cost from which on their second cost orders them. */
const CROWD = 64;

/**
 * The open labels of a front search in order of their first cost, as buckets of two levels (Denardo,
 * Fox, Operations Research 27 (1979)): a list for each cost of the current window, and one for each
 * window to come. No operation depends on how many labels are open.
 *
 * Labels of one first cost come out in no particular order, which makes some of them superfluous work;
 * where there are many of them a heap puts them in order of their second cost. First costs must not
 * fall below what was taken out, nor change while a label is in the queue.
 */
export class OpenQueue {
  size = 0;
  readonly #labels: LabelRows;
  readonly #slots = new ListHeads(SLOTS);
  readonly #windows = new ListHeads(WINDOWS);
  #window = -1;
  /** The current first cost, its labels, and how many there were. */
  #first = -1;
  #list = -1;
  #listed = 0;
  readonly #crowd: OpenHeap;

  constructor(labels: LabelRows, meter: MemoryMeter) {
    this.#labels = labels;
    this.#crowd = new OpenHeap(meter);
  }

  begin(): void {
    this.size = 0;
    this.#crowd.begin();
    this.#slots.clear();
    this.#windows.clear();
    this.#window = -1;
    this.#first = -1;
    this.#list = -1;
    this.#listed = 0;
  }

  /** False when memory is used up. */
  push(label: number): boolean {
    const { data, shift } = this.#labels;
    const at = label << shift;
    const first = data[at + F]!;
    this.size++;
    if (first === this.#first) return this.#pushCurrent(label, at);
    const isHere = first >> SLOT_BITS === this.#window;
    data[at + NEXT_WAITING] = isHere
      ? this.#slots.replace(first & (SLOTS - 1), label)
      : this.#windows.replace(first >> SLOT_BITS, label);
    return true;
  }

  /** Takes out a label of the least first cost, only while `size > 0`; -1 when memory is used up. */
  pop(): number {
    this.size--;
    if (this.#crowd.size > 0) return this.#crowd.pop();
    if (this.#list < 0 && !this.#moveOn()) return -1;
    if (this.#crowd.size > 0) return this.#crowd.pop();
    const label = this.#list;
    this.#list = this.#labels.data[(label << this.#labels.shift) + NEXT_WAITING]!;
    return label;
  }

  /** The first cost of the label taken out last; -1 before the first. No label in the queue has less. */
  get first(): number {
    return this.#first;
  }

  /** Bytes held, whatever the current query counts. */
  get heldBytes(): number {
    return this.#crowd.heldBytes;
  }

  /** Drops what earlier queries grew. */
  release(): void {
    this.#crowd.release();
    this.begin();
  }

  #pushCurrent(label: number, at: number): boolean {
    const { data } = this.#labels;
    if (this.#listed > CROWD) return this.#crowd.push(data[at + F + 1]!, label);
    data[at + NEXT_WAITING] = this.#list;
    this.#list = label;
    return ++this.#listed <= CROWD || this.#orderList();
  }

  /** Goes to the next cost that any label has; false when memory is used up. */
  #moveOn(): boolean {
    let slot = this.#window < 0 ? -1 : this.#slots.next(this.#first & (SLOTS - 1));
    if (slot < 0) {
      this.#openWindow();
      slot = this.#slots.next(0);
    }
    this.#first = (this.#window << SLOT_BITS) | slot;
    this.#list = this.#slots.take(slot);
    const { data, shift } = this.#labels;
    this.#listed = 0;
    for (let label = this.#list; label >= 0; label = data[(label << shift) + NEXT_WAITING]!) {
      this.#listed++;
    }
    return this.#listed <= CROWD || this.#orderList();
  }

  #openWindow(): void {
    this.#window = this.#windows.next(Math.max(this.#window, 0));
    const { data, shift } = this.#labels;
    for (let label = this.#windows.take(this.#window); label >= 0;) {
      const at = label << shift;
      const next = data[at + NEXT_WAITING]!;
      data[at + NEXT_WAITING] = this.#slots.replace(data[at + F]! & (SLOTS - 1), label);
      label = next;
    }
  }

  /** Moves the labels of the current cost into the heap. */
  #orderList(): boolean {
    const { data, shift } = this.#labels;
    for (; this.#list >= 0; this.#list = data[(this.#list << shift) + NEXT_WAITING]!) {
      const second = data[(this.#list << shift) + F + 1]!;
      if (!this.#crowd.push(second, this.#list)) return false;
    }
    return true;
  }
}

/** The first label of many lists, most of them empty: one bit for each tells which are not. */
class ListHeads {
  readonly #heads: Int32Array;
  readonly #bits: Int32Array;

  constructor(count: number) {
    this.#heads = new Int32Array(count);
    this.#bits = new Int32Array(count >> 5);
  }

  clear(): void {
    this.#bits.fill(0);
  }

  /** Puts a label at the head of a list; returns the one that was there, or -1. */
  replace(list: number, label: number): number {
    const word = list >> 5;
    const bit = 1 << (list & 31);
    const bits = this.#bits[word]!;
    const before = (bits & bit) === 0 ? -1 : this.#heads[list]!;
    this.#bits[word] = bits | bit;
    this.#heads[list] = label;
    return before;
  }

  /** Empties a list that is not empty; returns its head. */
  take(list: number): number {
    this.#bits[list >> 5]! &= ~(1 << (list & 31));
    return this.#heads[list]!;
  }

  /** The first list from `from` on that is not empty, or -1. */
  next(from: number): number {
    const bits = this.#bits;
    let word = from >> 5;
    let rest = bits[word]! & (-1 << (from & 31));
    while (rest === 0) {
      if (++word === bits.length) return -1;
      rest = bits[word]!;
    }
    return (word << 5) + 31 - Math.clz32(rest & -rest);
  }
}

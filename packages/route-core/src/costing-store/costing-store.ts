import type { Poll } from "../hierarchy/basic-weights.ts";
import type { CostingKey } from "./costing-key.ts";
import { bytesOf, cellsOf, type CostingMemory, countsOf, keyOf } from "./costing-memory.ts";
import { count } from "./store-counts.ts";
import {
  CLOCK,
  EMPTY,
  FILLER,
  FILLING,
  GENERATION,
  KEY_BYTES,
  KEY_HASH,
  leaseCell,
  LOCK,
  memberCell,
  READY,
  slotCell,
  STATE,
  USED,
} from "./slot-cells.ts";

/** A waiting thread looks this often whether it should stop, ms. */
const LOOK_EVERY_MS = 4;

/** A slot that a member may read until it gives it back. */
export interface CostingLease {
  readonly slot: number;
  /** Of this slot, another one for every costing that was ever in it. */
  readonly generation: number;
  readonly bytes: Uint8Array;
  /** False = the member has to fill it, and to call `publish` or `abandon`. */
  readonly isFilled: boolean;
}

/**
 * One thread's access to a store of costings. Whatever threads ask for at the same time is made once:
 * the first one fills a slot, the others wait for it. A slot that somebody uses is never given to
 * another costing; of the others the one goes first that was asked for the longest time ago.
 *
 * Every step leaves the cells fit to be read should the thread end right there; see `releaseMember`.
 */
export class CostingStore {
  readonly #memory: CostingMemory;
  readonly #cells: Int32Array;
  readonly #counts: BigInt64Array;
  /** -1 = more threads than the memory is laid out for. */
  readonly #member: number;

  /** @param token - not 0, and of no other member; see `releaseMember` */
  constructor(memory: CostingMemory, token: number) {
    this.#memory = memory;
    this.#cells = cellsOf(memory);
    this.#counts = countsOf(memory);
    this.#member = join(memory, this.#cells, token);
  }

  /**
   * Looks for a costing, waits for it while another thread makes it, or reserves a slot for it.
   *
   * @param poll - called while waiting; stops that by throwing
   * @returns undefined where there is nothing to be had: every slot is in use, the key is too long, or
   *   this thread may not wait
   */
  acquire(key: CostingKey, poll: Poll): CostingLease | undefined {
    let isFirstLook = true;
    for (;;) {
      const found = this.#lock(poll) ? this.#look(key, isFirstLook) : undefined;
      if (typeof found === "object") return found;
      if (found === undefined || !this.#awaitChange(found, poll, isFirstLook)) {
        count(this.#counts, "privateBuilds");
        return undefined;
      }
      isFirstLook = false;
    }
  }

  /** The costing of a slot is complete: others may use it, too. */
  publish({ slot }: CostingLease): void {
    count(this.#counts, "builds");
    this.#setState(slot, READY);
  }

  /** The slot holds nothing of use. */
  abandon({ slot }: CostingLease): void {
    count(this.#counts, "stopped");
    this.#setState(slot, EMPTY);
    this.release(slot);
  }

  /** This member is done with a slot. */
  release(slot: number): void {
    Atomics.store(this.#cells, leaseCell(this.#memory, slot, this.#member), 0);
  }

  /** Waits until a slot is filled, or empty again; false where this thread may not wait. */
  #awaitChange(slot: number, poll: Poll, isFirstWait: boolean): boolean {
    const state = slotCell(this.#memory, slot, STATE);
    let isCounted = !isFirstWait;
    while (Atomics.load(this.#cells, state) === FILLING) {
      if (!wait(this.#cells, state, FILLING)) return false;
      if (!isCounted) count(this.#counts, "waits");
      isCounted = true;
      poll();
    }
    return true;
  }

  #setState(slot: number, state: number): void {
    const cell = slotCell(this.#memory, slot, STATE);
    Atomics.store(this.#cells, cell, state);
    Atomics.notify(this.#cells, cell);
  }

  #lock(poll: Poll): boolean {
    if (this.#member < 0) return false;
    for (;;) {
      const holder = Atomics.compareExchange(this.#cells, LOCK, 0, this.#member + 1);
      if (holder === 0) return true;
      if (!wait(this.#cells, LOCK, holder)) return false;
      poll();
    }
  }

  /** Under the lock, which it opens: a lease, the slot to wait for, or undefined. */
  #look(key: CostingKey, isFirstLook: boolean): CostingLease | number | undefined {
    try {
      const slot = this.#find(key);
      const isReady = slot >= 0 && this.#read(slot, STATE) === READY;
      if (isFirstLook) count(this.#counts, isReady ? "hits" : "misses");
      if (isReady) return this.#lease(slot, true);
      return slot >= 0 ? slot : this.#reserve(key);
    } finally {
      Atomics.store(this.#cells, LOCK, 0);
      Atomics.notify(this.#cells, LOCK, 1);
    }
  }

  #find(key: CostingKey): number {
    for (let slot = 0; slot < this.#memory.slotCount; slot++) {
      if (this.#read(slot, STATE) === EMPTY || this.#read(slot, KEY_HASH) !== key.hash) continue;
      if (this.#read(slot, KEY_BYTES) !== key.bytes.length) continue;
      const bytes = keyOf(this.#memory, slot);
      if (key.bytes.every((byte, at) => bytes[at] === byte)) return slot;
    }
    return -1;
  }

  #reserve(key: CostingKey): CostingLease | undefined {
    const slot = key.bytes.length > this.#memory.keyBytes ? -1 : this.#roomiest();
    if (slot < 0) return undefined;
    if (this.#read(slot, STATE) === READY) count(this.#counts, "evictions");
    this.#write(slot, STATE, EMPTY);
    this.#write(slot, FILLER, this.#member);
    this.#write(slot, GENERATION, (this.#read(slot, GENERATION) + 1) | 0);
    this.#write(slot, KEY_HASH, key.hash);
    this.#write(slot, KEY_BYTES, key.bytes.length);
    keyOf(this.#memory, slot).set(key.bytes);
    const lease = this.#lease(slot, false);
    this.#write(slot, STATE, FILLING);
    return lease;
  }

  /** An empty slot, or else the one that nobody uses or has asked for lately; -1 = all are in use. */
  #roomiest(): number {
    let roomiest = -1;
    let longest = -1;
    for (let slot = 0; slot < this.#memory.slotCount; slot++) {
      const state = this.#read(slot, STATE);
      if (state === FILLING || this.#isInUse(slot)) continue;
      if (state === EMPTY) return slot;
      // The clock may have wrapped round.
      const unused = (Atomics.load(this.#cells, CLOCK) - this.#read(slot, USED)) >>> 0;
      if (unused <= longest) continue;
      roomiest = slot;
      longest = unused;
    }
    return roomiest;
  }

  #isInUse(slot: number): boolean {
    for (let member = 0; member < this.#memory.memberCount; member++) {
      if (Atomics.load(this.#cells, leaseCell(this.#memory, slot, member)) !== 0) return true;
    }
    return false;
  }

  #lease(slot: number, isFilled: boolean): CostingLease {
    Atomics.store(this.#cells, leaseCell(this.#memory, slot, this.#member), 1);
    this.#write(slot, USED, Atomics.add(this.#cells, CLOCK, 1));
    const generation = this.#read(slot, GENERATION);
    return { slot, generation, bytes: bytesOf(this.#memory, slot), isFilled };
  }

  #read(slot: number, cell: number): number {
    return Atomics.load(this.#cells, slotCell(this.#memory, slot, cell));
  }

  #write(slot: number, cell: number, value: number): void {
    Atomics.store(this.#cells, slotCell(this.#memory, slot, cell), value);
  }
}

/** Takes a free place among the members; -1 when there is none. */
function join({ memberCount }: CostingMemory, cells: Int32Array, token: number): number {
  for (let member = 0; member < memberCount; member++) {
    if (Atomics.compareExchange(cells, memberCell(member), 0, token) === 0) return member;
  }
  return -1;
}

/** Waits a little for a cell to change; false where the thread may not wait, as in a browser's page. */
function wait(cells: Int32Array, cell: number, value: number): boolean {
  try {
    Atomics.wait(cells, cell, value, LOOK_EVERY_MS);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

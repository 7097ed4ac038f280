import { ARRAY_ALIGNMENT } from "../array-taker.ts";
import { COUNTS_BYTES, readCounts, type StoreCounts } from "./store-counts.ts";
import {
  cellCount,
  EMPTY,
  FILLER,
  FILLING,
  leaseCell,
  LOCK,
  memberCell,
  READY,
  slotCell,
  STATE,
  type StoreShape,
} from "./slot-cells.ts";

/**
 * The memory of a store of costings as plain data: it can be sent to worker threads, which then share
 * it. The same costing has the same size whatever the vehicle, so memory is divided into equal slots.
 */
export interface CostingMemory extends StoreShape {
  /** A SharedArrayBuffer where several threads use it. */
  readonly buffer: ArrayBufferLike;
  /** Bytes of one costing. */
  readonly slotBytes: number;
  /** Bytes that a key may take. */
  readonly keyBytes: number;
}

/** Costings with longer keys are not kept: vehicle, speeds and rates with thousands of tolls fit. */
const MOST_KEY_BYTES = 2 ** 16;

/** Sizes of {@link layOutMemory}. */
export interface MemorySizes extends StoreShape {
  readonly slotBytes: number;
  /** Memory of so many bytes, zeroed. */
  readonly allocate: (byteLength: number) => ArrayBufferLike;
}

/** Bytes that one more costing takes in a store. */
export function storedBytes(slotBytes: number): number {
  return aligned(slotBytes) + MOST_KEY_BYTES;
}

/** Lays out a store that holds nothing. Pages that no costing was put into cost next to nothing. */
export function layOutMemory({ allocate, ...sizes }: MemorySizes): CostingMemory {
  const slotBytes = aligned(sizes.slotBytes);
  const byteLength = firstKey(sizes) + sizes.slotCount * (MOST_KEY_BYTES + slotBytes);
  return { ...sizes, slotBytes, keyBytes: MOST_KEY_BYTES, buffer: allocate(byteLength) };
}

/** How a store does. */
export interface CostingStats extends StoreCounts {
  /** Costings that there is room for. */
  readonly slots: number;
  /** Costings that are held. */
  readonly held: number;
  /** Memory set aside. */
  readonly bytes: number;
  readonly bytesPerCosting: number;
}

/** Reads how a store does; from any thread. */
export function costingStats(memory: CostingMemory): CostingStats {
  const { slotCount, slotBytes, keyBytes } = memory;
  const cells = cellsOf(memory);
  let held = 0;
  for (let slot = 0; slot < slotCount; slot++) {
    if (Atomics.load(cells, slotCell(memory, slot, STATE)) === READY) held++;
  }
  const bytes = memory.buffer.byteLength;
  return {
    slots: slotCount,
    held,
    bytes,
    bytesPerCosting: slotBytes + keyBytes,
    ...readCounts(countsOf(memory)),
  };
}

/**
 * Takes back what a thread that has ended held: its leases, a slot that it was filling, the lock. To be
 * called by whoever started the thread, when it is gone for certain.
 *
 * @param token - with which the thread opened the store
 */
export function releaseMember(memory: CostingMemory, token: number): void {
  const cells = cellsOf(memory);
  for (let member = 0; member < memory.memberCount; member++) {
    if (Atomics.load(cells, memberCell(member)) !== token) continue;
    for (let slot = 0; slot < memory.slotCount; slot++) {
      Atomics.store(cells, leaseCell(memory, slot, member), 0);
      const state = slotCell(memory, slot, STATE);
      if (Atomics.load(cells, slotCell(memory, slot, FILLER)) !== member) continue;
      if (Atomics.compareExchange(cells, state, FILLING, EMPTY) === FILLING) {
        Atomics.notify(cells, state);
      }
    }
    if (Atomics.compareExchange(cells, LOCK, member + 1, 0) === member + 1) {
      Atomics.notify(cells, LOCK);
    }
    Atomics.store(cells, memberCell(member), 0);
  }
}

/** The counts of a store. */
export function countsOf({ buffer }: CostingMemory): BigInt64Array {
  return new BigInt64Array(buffer, 0, COUNTS_BYTES / BigInt64Array.BYTES_PER_ELEMENT);
}

/** The cells of a store. */
export function cellsOf(memory: CostingMemory): Int32Array {
  return new Int32Array(memory.buffer, COUNTS_BYTES, cellCount(memory));
}

/** Memory for the key of a slot. */
export function keyOf(memory: CostingMemory, slot: number): Uint8Array {
  const { buffer, keyBytes } = memory;
  return new Uint8Array(buffer, firstKey(memory) + slot * keyBytes, keyBytes);
}

/** Memory for the costing of a slot. */
export function bytesOf(memory: CostingMemory, slot: number): Uint8Array {
  const { slotCount, slotBytes, keyBytes } = memory;
  const first = firstKey(memory) + slotCount * keyBytes;
  return new Uint8Array(memory.buffer, first + slot * slotBytes, slotBytes);
}

function firstKey(shape: StoreShape): number {
  return aligned(COUNTS_BYTES + cellCount(shape) * Int32Array.BYTES_PER_ELEMENT);
}

function aligned(byteLength: number): number {
  return Math.ceil(byteLength / ARRAY_ALIGNMENT) * ARRAY_ALIGNMENT;
}

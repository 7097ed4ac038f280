import { describe, expect, it } from "vitest";

import type { CostingKey } from "../../src/costing-store/costing-key.ts";
import {
  cellsOf,
  type CostingMemory,
  costingStats,
  layOutMemory,
  releaseMember,
} from "../../src/costing-store/costing-memory.ts";
import { type CostingLease, CostingStore } from "../../src/costing-store/costing-store.ts";
import { CLOCK, LOCK } from "../../src/costing-store/slot-cells.ts";

const memoryOf = (slotCount: number, memberCount = 4): CostingMemory =>
  layOutMemory({
    slotCount,
    memberCount,
    slotBytes: 20,
    allocate: (byteLength) => new SharedArrayBuffer(byteLength),
  });

const keyOf = (text: string, hash = text.length): CostingKey => ({
  bytes: new TextEncoder().encode(text),
  hash,
});

const never = (): never => {
  throw new Error("waited");
};

/** Makes what a key names: its first character, in every byte. */
function hold(store: CostingStore, text: string): CostingLease {
  const lease = store.acquire(keyOf(text), never)!;
  const [first] = new TextEncoder().encode(text);
  if (!lease.isFilled) {
    lease.bytes.fill(first!);
    store.publish(lease);
  }
  expect(lease.bytes.every((byte) => byte === first)).toBe(true);
  return lease;
}

function use(store: CostingStore, text: string): boolean {
  const { slot, isFilled } = hold(store, text);
  store.release(slot);
  return isFilled;
}

describe("a store of costings", () => {
  it("keeps what every member put in, each in memory of its own", () => {
    const memory = memoryOf(3);
    const [one, other] = [new CostingStore(memory, 1), new CostingStore(memory, 2)];
    expect(["a", "b", "c"].map((text) => use(one, text))).toEqual([false, false, false]);
    expect(["a", "b", "c"].map((text) => use(other, text))).toEqual([true, true, true]);
    expect(costingStats(memory)).toEqual({
      slots: 3,
      held: 3,
      bytes: memory.buffer.byteLength,
      // Rounded up to 8, and the key's.
      bytesPerCosting: 24 + 65_536,
      hits: 3,
      misses: 3,
      waits: 0,
      builds: 3,
      evictions: 0,
      privateBuilds: 0,
      stopped: 0,
    });
  });

  it("makes room by what was asked for the longest time ago, though the clock wraps round", () => {
    const memory = memoryOf(2);
    const store = new CostingStore(memory, 1);
    Atomics.store(cellsOf(memory), CLOCK, 2 ** 31 - 2);
    for (const text of ["a", "b", "a"]) use(store, text);
    expect(use(store, "c")).toBe(false);
    expect(use(store, "a")).toBe(true);
    expect(use(store, "b")).toBe(false);
    expect(use(store, "c")).toBe(false);
    expect(costingStats(memory).evictions).toBe(3);
  });

  it("never gives away what somebody uses", () => {
    const memory = memoryOf(2);
    const [one, other, third] = [1, 2, 3].map((token) => new CostingStore(memory, token));
    const held = hold(one!, "a");
    for (const text of ["b", "c", "d", "e"]) use(other!, text);
    expect(use(third!, "a")).toBe(true);
    const alsoHeld = hold(other!, "e");
    expect(third!.acquire(keyOf("f"), never)).toBeUndefined();
    expect(costingStats(memory)).toMatchObject({ held: 2, privateBuilds: 1 });
    expect(String.fromCharCode(held.bytes[0]!, alsoHeld.bytes[0]!)).toBe("ae");
    one!.release(held.slot);
    expect(use(third!, "f")).toBe(false);
  });

  it("tells keys apart that have the same hash, and a longer key from its beginning", () => {
    const store = new CostingStore(memoryOf(4), 1);
    for (const text of ["ab", "ac", "abc", "b"]) {
      const lease = store.acquire(keyOf(text, 7), never)!;
      expect(lease.isFilled).toBe(false);
      store.publish(lease);
      store.release(lease.slot);
    }
    expect(store.acquire(keyOf("ac", 7), never)!.isFilled).toBe(true);
  });

  it("forgets what was not finished", () => {
    const memory = memoryOf(1);
    const [one, other] = [new CostingStore(memory, 1), new CostingStore(memory, 2)];
    one.abandon(one.acquire(keyOf("a"), never)!);
    expect(costingStats(memory)).toMatchObject({ held: 0, stopped: 1, builds: 0 });
    expect(use(other, "a")).toBe(false);
    expect(use(one, "a")).toBe(true);
  });

  it("gives every costing in a slot another generation", () => {
    const store = new CostingStore(memoryOf(1), 1);
    const generations = ["a", "b", "a"].map((text) => {
      const { slot, generation } = hold(store, text);
      store.release(slot);
      return generation;
    });
    expect(new Set(generations).size).toBe(3);
  });

  it("does not keep what has a key that is too long", () => {
    const memory = memoryOf(1);
    const store = new CostingStore(memory, 1);
    expect(store.acquire(keyOf("a".repeat(memory.keyBytes + 1)), never)).toBeUndefined();
    expect(use(store, "a".repeat(memory.keyBytes))).toBe(false);
    expect(use(store, "a".repeat(memory.keyBytes))).toBe(true);
  });

  it("lets a thread that came too many do without, until a place is free", () => {
    const memory = memoryOf(2, 1);
    use(new CostingStore(memory, 1), "a");
    expect(new CostingStore(memory, 2).acquire(keyOf("a"), never)).toBeUndefined();
    releaseMember(memory, 1);
    expect(use(new CostingStore(memory, 3), "a")).toBe(true);
  });

  it("waits for a slot that is being filled only as long as it is let", () => {
    const memory = memoryOf(1);
    const [one, other] = [new CostingStore(memory, 1), new CostingStore(memory, 2)];
    const lease = one.acquire(keyOf("a"), never)!;
    expect(() => other.acquire(keyOf("a"), never)).toThrow("waited");
    let looks = 0;
    const found = other.acquire(keyOf("a"), () => {
      looks++;
      if (looks === 3) one.publish(lease);
    })!;
    expect(found.isFilled).toBe(true);
    expect(costingStats(memory)).toMatchObject({ builds: 1, misses: 3, hits: 0 });
  });

  it("does not wait where a thread may not", () => {
    const memory = { ...memoryOf(1) };
    const still = { ...memory, buffer: new ArrayBuffer(memory.buffer.byteLength) };
    const [one, other] = [new CostingStore(still, 1), new CostingStore(still, 2)];
    one.acquire(keyOf("a"), never);
    expect(other.acquire(keyOf("a"), never)).toBeUndefined();
    expect(costingStats(still)).toMatchObject({ privateBuilds: 1, waits: 0 });
  });
});

describe("a thread that has ended", () => {
  it("gives back what it used", () => {
    const memory = memoryOf(1);
    hold(new CostingStore(memory, 1), "a");
    const other = new CostingStore(memory, 2);
    expect(other.acquire(keyOf("b"), never)).toBeUndefined();
    releaseMember(memory, 1);
    expect(use(other, "b")).toBe(false);
  });

  it("gives back a slot that it was filling", () => {
    const memory = memoryOf(1);
    new CostingStore(memory, 1).acquire(keyOf("a"), never);
    const other = new CostingStore(memory, 2);
    const lease = other.acquire(keyOf("a"), () => releaseMember(memory, 1))!;
    expect(lease.isFilled).toBe(false);
  });

  it("gives back the lock, and only its own", () => {
    const memory = memoryOf(1);
    const stores = [1, 2].map((token) => new CostingStore(memory, token));
    expect(stores).toHaveLength(2);
    // The first member's.
    Atomics.store(cellsOf(memory), LOCK, 1);
    releaseMember(memory, 2);
    const other = new CostingStore(memory, 3);
    expect(() => other.acquire(keyOf("a"), never)).toThrow("waited");
    const lease = other.acquire(keyOf("a"), () => releaseMember(memory, 1))!;
    expect(lease.isFilled).toBe(false);
  });

  it("takes nothing from the others", () => {
    const memory = memoryOf(2);
    const [one, other] = [new CostingStore(memory, 1), new CostingStore(memory, 2)];
    const held = hold(one, "a");
    const filling = one.acquire(keyOf("b"), never)!;
    use(other, "a");
    releaseMember(memory, 2);
    const third = new CostingStore(memory, 3);
    expect(third.acquire(keyOf("c"), never)).toBeUndefined();
    filling.bytes.fill("b".charCodeAt(0));
    one.publish(filling);
    one.release(filling.slot);
    expect(use(third, "b")).toBe(true);
    expect(use(third, "a")).toBe(true);
    one.release(held.slot);
  });
});

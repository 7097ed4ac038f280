/** What a store counts, in the order of its cells. */
const COUNTED = [
  "hits",
  "misses",
  "waits",
  "builds",
  "evictions",
  "privateBuilds",
  "stopped",
] as const;

/** One of the counts. */
export type Counted = (typeof COUNTED)[number];

/** Bytes that the counts take. */
export const COUNTS_BYTES = COUNTED.length * BigInt64Array.BYTES_PER_ELEMENT;

/** Counts of a store since it was created, over all its members. */
export interface StoreCounts {
  /** Requests whose weights were there. */
  readonly hits: number;
  /** Requests whose weights were not. */
  readonly misses: number;
  /** Requests that waited until another thread had made their weights; they count as misses, too. */
  readonly waits: number;
  /** Weights that were put into the store. */
  readonly builds: number;
  /** Weights that made room for others. */
  readonly evictions: number;
  /** Weights made for one request alone, because everything in the store was in use. */
  readonly privateBuilds: number;
  /** Weights that were not finished: a deadline, a cancelled request, roads that cannot be counted. */
  readonly stopped: number;
}

/** Adds one. */
export function count(counts: BigInt64Array, what: Counted): void {
  Atomics.add(counts, COUNTED.indexOf(what), 1n);
}

/** Reads the counts. */
export function readCounts(counts: BigInt64Array): StoreCounts {
  const read = (what: Counted): number => Number(Atomics.load(counts, COUNTED.indexOf(what)));
  return {
    hits: read("hits"),
    misses: read("misses"),
    waits: read("waits"),
    builds: read("builds"),
    evictions: read("evictions"),
    privateBuilds: read("privateBuilds"),
    stopped: read("stopped"),
  };
}

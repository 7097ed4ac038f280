/**
 * Room to work for one call of a sampler. A run is a stretch of neighbouring points in one tile: a
 * line has few of them, scattered points one each.
 */
export interface SamplingScratch {
  /** First point of each run. */
  starts: Int32Array<ArrayBuffer>;
  /** Number of the group of each run; -1 for points that are not on the map. */
  groups: Int32Array<ArrayBuffer>;
  /** Runs that are on the map, group after group. */
  order: Int32Array<ArrayBuffer>;
}

/** Scratch memory that calls take and give back, so that warm calls allocate none. */
export interface ScratchPool {
  /** Takes memory that no other call uses. */
  take(): SamplingScratch;
  give(scratch: SamplingScratch): void;
}

const FIRST_RUNS = 1024;
/** Memory for more runs than this, 12 MiB, is not kept. */
const MAX_KEPT_RUNS = 1 << 20;
const MAX_KEPT = 4;

/** Creates an empty pool; it keeps what as many calls as usually overlap need. */
export function createScratchPool(): ScratchPool {
  const kept: SamplingScratch[] = [];
  return {
    take: () =>
      kept.pop() ?? {
        starts: new Int32Array(FIRST_RUNS),
        groups: new Int32Array(FIRST_RUNS),
        order: new Int32Array(FIRST_RUNS),
      },
    give(scratch) {
      const isSmall = scratch.starts.length <= MAX_KEPT_RUNS;
      if (isSmall && kept.length < MAX_KEPT) kept.push(scratch);
    },
  };
}

/** Makes room for at least one more run than there is. */
export function growScratch(scratch: SamplingScratch): void {
  const runs = 2 * scratch.starts.length;
  scratch.starts = grown(scratch.starts, runs);
  scratch.groups = grown(scratch.groups, runs);
  scratch.order = new Int32Array(runs);
}

function grown(list: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(length);
  longer.set(list);
  return longer;
}

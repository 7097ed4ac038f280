import type { PlanDiagnostics } from "@gradeway/route-core";

/** Where the time of one planned trip went, in milliseconds. */
export interface StageTimes {
  /** Weights for the vehicle and payload; next to nothing when they are kept from before. */
  readonly costing: number;
  /** Both ends put on roads, the query made, and bounds set to it. */
  readonly begin: number;
  /** The kernel. */
  readonly search: number;
  /** Costs, geometry, elevation and choice of the routes. */
  readonly build: number;
}

/** The stages in order. */
export const STAGES = ["costing", "begin", "search", "build"] as const;

/** Pops between two looks of a search at its budget, and so at the clock. */
const POPS_PER_LOOK = 1024;

/** A clock for a planner that remembers when it was read. */
export interface StageClock {
  readonly now: () => number;
  /** Forgets earlier readings; call it before each trip. */
  reset(): void;
  /**
   * Splits the trip just planned. Undefined when the readings do not fit: the trip was searched
   * twice, or the planner has come to read its clock elsewhere.
   */
  split(diagnostics: PlanDiagnostics): StageTimes | undefined;
}

/**
 * Tells the stages of a planner apart from outside, by when it reads the clock that it is given: at
 * its start, while it makes weights, with the weights ready, at the first pop of each search and at every 1,024th after it
 * (search-budget.ts), at the end of the search and at the end. The sums are checked against the
 * planner's own diagnostics, which come from the same readings.
 */
export function createStageClock(now: () => number): StageClock {
  let readings: number[] = [];
  return {
    now() {
      const time = now();
      readings.push(time);
      return time;
    },
    reset() {
      readings = [];
    },
    split({ searchMs, totalMs, pops }) {
      const looks = Math.ceil(pops / POPS_PER_LOOK);
      const count = readings.length;
      const [started] = readings;
      const searched = readings[count - 2 - looks];
      const found = readings[count - 2];
      const ended = readings[count - 1];
      // Making weights, the planner reads the clock as often as it likes before they are ready.
      const prepared = readings.find((at, index) => index > 0 && found! - at === searchMs);
      // Two readings before the query, those of the kernel, two at the end; backward searches add some.
      if (looks === 0 || count < 2 + looks + 2) return undefined;
      if (prepared === undefined || ended! - started! !== totalMs) return undefined;
      return {
        costing: prepared - started!,
        begin: searched! - prepared,
        search: found! - searched!,
        build: ended! - found!,
      };
    },
  };
}

import { COST_LIMIT } from "./search-graph.ts";
import type { StaircaseFronts } from "./staircase-fronts.ts";

const STEPS = 2048;
/** Binary digits of a step's number where the second cost is no more than twice the least one. */
const STEP_BITS = 11;
const NONE = 2 ** 31 - 1;

/**
 * The staircase of the destination, with which every label is compared, and a table in front of it: per
 * step of the second cost the least third one up to there. Two entries of the table answer most
 * questions; only those whose answer lies within a step need a search through the staircase.
 */
export class TargetFront {
  readonly #fronts: StaircaseFronts;
  /** Entry s: the least third cost of the points in steps before s. Read only, as the two that follow. */
  readonly least = new Int32Array(STEPS + 1);
  /** The step of a second cost is `(second - base) >> shift`, from 0 to `lastStep`. */
  base = 0;
  shift = 0;
  readonly lastStep = STEPS - 1;
  #row = 0;

  constructor(fronts: StaircaseFronts) {
    this.#fronts = fronts;
  }

  /**
   * @param row of the destination's record, its front empty
   * @param base no route has a smaller second cost
   */
  begin(row: number, base: number): void {
    this.#row = row;
    this.base = base;
    this.shift = Math.max(0, 32 - Math.clz32(base) - STEP_BITS);
    this.least.fill(NONE);
  }

  isDominated(second: number, third: number): boolean {
    const step = Math.max(0, this.#stepOf(second));
    const least = this.least;
    if (least[step]! <= third) return true;
    if (least[step + 1]! > third) return false;
    return this.#fronts.isDominated(this.#row, second, third);
  }

  /** As {@link StaircaseFronts.insert}; a second cost below the least one stands for a limit. */
  insert(second: number, third: number): boolean {
    const least = this.least;
    for (let at = Math.max(0, this.#stepOf(second) + 1); at <= STEPS && least[at]! > third; at++) {
      least[at] = third;
    }
    return this.#fronts.insert(this.#row, second, third);
  }

  /** The last step holds everything from there on. */
  #stepOf(second: number): number {
    const step = (Math.min(second, COST_LIMIT) - this.base) >> this.shift;
    return step < STEPS ? step : STEPS - 1;
  }
}

import { HAS_FRONT } from "./arc-flags.ts";
import { COST_LIMIT } from "./search-graph.ts";
import type { SearchSpace } from "./search-space.ts";
import type { TruncatedFronts } from "./truncated-fronts.ts";

/** As many limited objectives as a front has room for beside the order of the queue. */
const MOST_LIMITS = 3;

/**
 * What a search for one best path under limits has settled: where a cheaper label may run out of its
 * limits first, a node keeps all labels that no other one beats in every limited cost. Labels come in
 * order of their weighted sum, so that needs no comparison.
 */
export class LimitedStates {
  /** Costs that are limited, and how far. */
  readonly #objectives: readonly number[];
  readonly #limits: readonly number[];
  readonly #space: SearchSpace;
  readonly #fronts: TruncatedFronts;

  /**
   * @param limits per objective; `Infinity` = none
   * @throws RangeError when four objectives are limited
   */
  constructor(space: SearchSpace, limits: readonly number[]) {
    this.#objectives = limits.flatMap((limit, k) => (limit < COST_LIMIT ? [k] : []));
    this.#limits = this.#objectives.map((k) => limits[k]!);
    if (this.#objectives.length > MOST_LIMITS) {
      throw new RangeError(`limits on more than ${MOST_LIMITS} objectives`);
    }
    this.#space = space;
    this.#fronts = space.frontsFor(this.#objectives.length + 1);
  }

  /** @param costs so far + bounds */
  isBeyond(costs: Float64Array): boolean {
    for (let at = 0; at < this.#limits.length; at++) {
      if (costs[this.#objectives[at]!]! > this.#limits[at]!) return true;
    }
    return false;
  }

  /**
   * Settles a label.
   *
   * @param row of its node's record
   * @param arrival 2 * arc it came by, + 1 when the label is constrained (see arc-flags.ts)
   * @param costs so far + bounds
   * @returns whether it is worth going on from, or `undefined` when memory is used up
   */
  close(row: number, arrival: number, costs: Float64Array): boolean | undefined {
    const { arcs, records, states } = this.#space;
    const fronts = this.#fronts;
    const [first = -1, second = -1, third = -1] = this.#objectives;
    const c1 = costs[first] ?? 0;
    const c2 = costs[second] ?? 0;
    const c3 = costs[third] ?? 0;
    if (fronts.isDominated(row, c1, c2, c3)) return false;
    let front = row;
    if (arrival >= 0) {
      const arc = arrival >> 1;
      const known = (arcs.flags[arc]! & HAS_FRONT) === 0 ? -1 : states.get(arc);
      if (known >= 0 && fronts.isDominated(known, c1, c2, c3)) return false;
      if ((arrival & 1) === 1) {
        front = known >= 0 ? known : records.add();
        if (front < 0) return undefined;
        states.set(arc, front);
        arcs.markFront(arc);
      }
    }
    return fronts.insert(front, c1, c2, c3) ? true : undefined;
  }
}

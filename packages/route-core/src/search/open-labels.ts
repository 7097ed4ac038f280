import { ApexLabels } from "./apex-labels.ts";
import { largestFirstCost, markLimits } from "./cost-limits.ts";
import { ARC, F, NODE, PATH } from "./label-columns.ts";
import { COST_LIMIT } from "./search-graph.ts";
import type { SearchStatus } from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";
import type { Tolerance } from "./tolerance.ts";

/** What a front search has open, and what routes it has found so far stand for. */
export class OpenLabels {
  /** Present where labels are merged. */
  readonly apexes: ApexLabels | undefined;
  /** Row of the destination's record. */
  readonly target: number;
  /** A label with a larger first cost exceeds the limits of the query. */
  readonly largestFirst: number;
  /** False when there is no memory even for the limits. */
  readonly isReady: boolean;
  readonly #space: SearchSpace;
  readonly #tolerance: Tolerance | undefined;

  /** @param leastSecond no route has a smaller second cost */
  constructor(
    space: SearchSpace,
    limits: readonly number[] | undefined,
    tolerance: Tolerance | undefined,
    leastSecond: number,
  ) {
    this.#space = space;
    this.#tolerance = tolerance;
    if (tolerance !== undefined) {
      this.apexes = new ApexLabels(space.labels, space.queue, space.records, tolerance);
    }
    this.target = space.records.add();
    this.largestFirst = largestFirstCost(limits, tolerance);
    space.targetFront?.begin(this.target, leastSecond);
    this.isReady = markLimits((c2, c3, c4) => this.arrive(c2, c3, c4), limits);
  }

  /** True when a route found already stands for everything at or above these costs, or a limit bars it. */
  isCovered(f2: number, f3: number, f4: number): boolean {
    const { fronts, targetFront } = this.#space;
    return targetFront === undefined
      ? fronts.isDominated(this.target, f2, f3, f4)
      : targetFront.isDominated(f2, f3);
  }

  /**
   * Adds a route to the front of the destination; false when memory is used up. With a tolerance that front
   * is of the least costs that its routes stand for, so that labels are compared with it as they are.
   */
  arrive(c2: number, c3: number, c4: number): boolean {
    const { fronts, targetFront } = this.#space;
    const tolerance = this.#tolerance;
    const second = tolerance === undefined ? c2 : tolerance.leastReaching(c2);
    const third = tolerance === undefined ? c3 : tolerance.leastReaching(c3);
    if (targetFront !== undefined) return targetFront.insert(second, third);
    const fourth = tolerance === undefined ? c4 : tolerance.leastReaching(c4);
    return fronts.insert(this.target, second, third, fourth);
  }

  /** Row of the record of a state whose labels are constrained; -1 when memory is used up. */
  stateOfArc(arc: number): number {
    const { arcs, records, states } = this.#space;
    const known = states.get(arc);
    if (known >= 0) return known;
    const row = records.add();
    if (row < 0) return -1;
    states.set(arc, row);
    arcs.markFront(arc);
    return row;
  }

  /**
   * Adds a label, or merges it where there is a tolerance.
   *
   * @param r1,r2,r3,r4 real costs, where f1 to f4 are those of an apex
   * @param state row of the record whose labels it may be merged with
   */
  add(
    f1: number,
    f2: number,
    f3: number,
    f4: number,
    r1: number,
    r2: number,
    r3: number,
    r4: number,
    state: number,
    node: number,
    path: number,
    arc: number,
  ): SearchStatus {
    const { apexes } = this;
    if (apexes !== undefined) {
      const status = apexes.merge(f1, f2, f3, f4, r1, r2, r3, r4, state, path, arc);
      if (status !== "none") return status;
      return apexes.add(f1, f2, f3, f4, r1, r2, r3, r4, state, node, path, arc);
    }
    if (f1 >= COST_LIMIT || f2 >= COST_LIMIT || f3 >= COST_LIMIT || f4 >= COST_LIMIT) {
      return "overflow";
    }
    const { labels, queue } = this.#space;
    const label = labels.add();
    if (label < 0) return "memory";
    const { data } = labels;
    const at = label << labels.shift;
    data[at + F] = f1;
    data[at + F + 1] = f2;
    data[at + F + 2] = f3;
    data[at + F + 3] = f4;
    data[at + NODE] = node;
    data[at + ARC] = arc;
    data[at + PATH] = path;
    return queue.push(label) ? "complete" : "memory";
  }
}

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
    const tolerance = this.#tolerance;
    if (targetFront !== undefined) {
      return tolerance === undefined
        ? targetFront.isDominated(f2, f3)
        : targetFront.isDominated(tolerance.limit(f2), tolerance.limit(f3));
    }
    return tolerance === undefined
      ? fronts.isDominated(this.target, f2, f3, f4)
      : fronts.isDominated(
          this.target,
          tolerance.limit(f2),
          tolerance.limit(f3),
          tolerance.limit(f4),
        );
  }

  /** Adds a route to the front of the destination; false when memory is used up. */
  arrive(c2: number, c3: number, c4: number): boolean {
    const { fronts, targetFront } = this.#space;
    return targetFront === undefined
      ? fronts.insert(this.target, c2, c3, c4)
      : targetFront.insert(c2, c3);
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
   * Adds a label, or merges it where there is a tolerance; its real costs are on offer then.
   *
   * @param state row of the record whose labels it may be merged with
   */
  add(
    f1: number,
    f2: number,
    f3: number,
    f4: number,
    state: number,
    node: number,
    path: number,
    arc: number,
  ): SearchStatus {
    const { apexes } = this;
    if (apexes !== undefined) {
      apexes.offerApex(f1, f2, f3, f4);
      return apexes.mergeOrAdd(state, node, path, arc);
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

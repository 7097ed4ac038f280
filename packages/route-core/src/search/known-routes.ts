import type { SearchResult } from "./search-result.ts";
import type { Tolerance } from "./tolerance.ts";

/**
 * Routes known before a search with a tolerance begins. One of them stands for a label as soon as it costs
 * at most 1 + epsilon times as much in the first objective as any label that is still to come; the
 * other objectives are for the front of the destination to compare.
 */
export class KnownRoutes {
  readonly #costs: Int32Array;
  readonly #objectiveCount: number;
  readonly #tolerance: Tolerance;
  #at = 0;

  /** @param routes legal routes of the query, lexicographically ascending by cost */
  constructor(
    { costs, objectiveCount }: Pick<SearchResult, "costs" | "objectiveCount">,
    tolerance: Tolerance,
  ) {
    this.#costs = costs;
    this.#objectiveCount = objectiveCount;
    this.#tolerance = tolerance;
  }

  /**
   * Hands over the routes that stand for labels from now on, each once.
   *
   * @param first no label to come costs less in the first objective
   * @param arrive adds to the front of the destination; false when memory is used up
   * @returns false when memory is used up
   */
  release(first: number, arrive: (c2: number, c3: number, c4: number) => boolean): boolean {
    const costs = this.#costs;
    const count = this.#objectiveCount;
    while (this.#at < costs.length && this.#tolerance.within(costs[this.#at]!, first)) {
      const at = this.#at;
      this.#at += count;
      const c2 = count > 1 ? costs[at + 1]! : 0;
      const c3 = count > 2 ? costs[at + 2]! : 0;
      if (!arrive(c2, c3, count > 3 ? costs[at + 3]! : 0)) return false;
    }
    return true;
  }
}

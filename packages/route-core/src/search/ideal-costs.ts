import type { LowerBounds } from "./lower-bounds.ts";
import { INF, MOST_OBJECTIVES } from "./search-graph.ts";
import type { SearchQuery } from "./search-query.ts";
import type { SearchResult } from "./search-result.ts";

const MILLIONTHS = 1_000_000;

/** The least that any route of a query can cost, in each objective on its own (the ideal point). */
export function idealCosts(
  { starts, direct }: SearchQuery,
  bounds: LowerBounds,
  objectiveCount: number,
): Float64Array {
  const ideal = new Float64Array(objectiveCount).fill(Infinity);
  const rest = new Int32Array(MOST_OBJECTIVES);
  for (const { node, costs } of starts) {
    bounds.write(node, rest, 0);
    if (rest[0] === INF) continue;
    for (let k = 0; k < objectiveCount; k++) ideal[k] = Math.min(ideal[k]!, costs[k]! + rest[k]!);
  }
  for (const { costs } of direct) {
    for (let k = 0; k < objectiveCount; k++) ideal[k] = Math.min(ideal[k]!, costs[k]!);
  }
  return ideal;
}

/**
 * The least epsilon, in whole millionths, for which one of the routes is within 1 + epsilon of whatever
 * costs at least `floor` in every objective; null where that is more than 1, or nothing is near.
 */
export function epsilonAbove(
  { objectiveCount, costs }: Pick<SearchResult, "objectiveCount" | "costs">,
  floor: ArrayLike<number>,
): number | null {
  let least = Infinity;
  for (let at = 0; at < costs.length; at += objectiveCount) {
    let worst = 0;
    for (let k = 0; k < objectiveCount; k++) {
      const excess = costs[at + k]! - floor[k]!;
      // The product is exact, and no quotient of such integers is rounded down to a whole number.
      if (excess > 0) worst = Math.max(worst, Math.ceil((excess * MILLIONTHS) / floor[k]!));
    }
    least = Math.min(least, worst);
  }
  return least <= MILLIONTHS ? least / MILLIONTHS : null;
}

import type { LowerBounds } from "../search/lower-bounds.ts";
import type { SearchQuery } from "../search/search-query.ts";
import { OBJECTIVES, type PlanRequest } from "./plan-types.ts";

/**
 * Weights per search unit: relative to each objective's best value as the search counts it, the largest
 * one being 1. The real best of a battery vehicle can be nothing or less, and no measure then.
 */
export function relativeWeights(
  weights: NonNullable<PlanRequest["weights"]>,
  ideal: readonly number[],
): [number, number, number] {
  const largest = Math.max(...OBJECTIVES.map((objective) => weights[objective] ?? 0));
  const relative = OBJECTIVES.map((objective, k) => {
    const weight = largest > 0 ? (weights[objective] ?? 0) / largest : 0;
    return ideal[k]! > 0 ? weight / ideal[k]! : weight;
  });
  return [relative[0]!, relative[1]!, relative[2]!];
}

/** Lowest possible value of each objective for a query: what weights are relative to. */
export function idealCosts(starts: SearchQuery["starts"], bounds: LowerBounds): number[] {
  const rest = new Int32Array(OBJECTIVES.length);
  const ideal = OBJECTIVES.map(() => Infinity);
  for (const { node, costs } of starts) {
    bounds.write(node, rest, 0);
    for (const [k, cost] of costs.entries()) ideal[k] = Math.min(ideal[k]!, cost + rest[k]!);
  }
  return ideal;
}

import { idealCosts } from "../search/ideal-costs.ts";
import type { SearchBudget } from "../search/search-budget.ts";
import { COST_LIMIT, INF } from "../search/search-graph.ts";
import type { SearchQuery } from "../search/search-query.ts";
import type { SearchSpace } from "../search/search-space.ts";
import { type Objective, OBJECTIVES } from "./objectives.ts";

/** The objectives that a search cannot count, given the least that any route costs in each, if it is known. */
export function tooDearIn(ideal: ArrayLike<number>): readonly Objective[] {
  return OBJECTIVES.filter((_, k) => ideal[k]! >= COST_LIMIT && ideal[k]! < INF);
}

/**
 * The objectives in which every route of a query costs more than a search can count; none where some
 * routes do not, or the budget is spent.
 */
export function objectivesTooDear(
  space: SearchSpace,
  query: SearchQuery,
  budget: SearchBudget,
): readonly Objective[] {
  const { status, bounds } = space.boundsFor(query, budget);
  return status === "complete" ? tooDearIn(idealCosts(query, bounds, OBJECTIVES.length)) : [];
}

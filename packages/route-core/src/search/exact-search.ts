import { collectFront } from "./collect-front.ts";
import { FrontSearch } from "./front-search.ts";
import { PLAIN_SHIFT } from "./label-columns.ts";
import type { LowerBounds } from "./lower-bounds.ts";
import type { SearchBudget } from "./search-budget.ts";
import type { SearchQuery } from "./search-query.ts";
import { emptyResult, type SearchResult } from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";

/**
 * The exact Pareto front of a query: one route per cost vector that no other legal route dominates.
 *
 * LTMOA* (Hernandez et al., IJCAI 2023), here with sorted fronts and a queue of buckets.
 *
 * @param bounds of this query, from {@link SearchSpace.boundsFor}; found when left out
 */
export function exactSearch(
  space: SearchSpace,
  query: SearchQuery,
  budget: SearchBudget,
  bounds?: LowerBounds,
): SearchResult {
  const begun = space.begin(query, budget, PLAIN_SHIFT, bounds);
  if (begun.status !== "complete") return emptyResult(begun.status, space.graph.objectiveCount);
  const search = new FrontSearch(space, query, begun.bounds, undefined);
  return collectFront(space, query, search, search.run(budget));
}

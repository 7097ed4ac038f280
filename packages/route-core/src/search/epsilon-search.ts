import { collectFront } from "./collect-front.ts";
import { FrontSearch } from "./front-search.ts";
import { APEX_SHIFT } from "./label-columns.ts";
import type { LowerBounds } from "./lower-bounds.ts";
import type { SearchBudget } from "./search-budget.ts";
import type { SearchQuery } from "./search-query.ts";
import { emptyResult, type SearchResult } from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";
import { Tolerance } from "./tolerance.ts";

/**
 * Routes that cover the exact front of a query: for each legal route there is one of them that costs
 * at most (1 + epsilon) times as much in every objective. Costs and paths are those of real routes.
 *
 * A*pex (Zhang et al., ICAPS 2022): open labels of one state are merged while one of them stays within
 * (1 + epsilon) of what they have in common, their apex; the apex takes part in dominance, the label in
 * routes.
 *
 * @param epsilon >= 0, rounded down to a multiple of 1e-6
 * @param bounds of this query, from {@link SearchSpace.boundsFor}; found when left out
 * @param known legal routes of the query, as results have them: what they cover is left out, so that
 *   only together with them the routes cover the front
 * @throws RangeError when epsilon is negative or above 1
 */
export function epsilonSearch(
  space: SearchSpace,
  query: SearchQuery,
  epsilon: number,
  budget: SearchBudget,
  bounds?: LowerBounds,
  known?: SearchResult,
): SearchResult {
  const tolerance = new Tolerance(epsilon);
  const begun = space.begin(query, budget, APEX_SHIFT, bounds);
  if (begun.status !== "complete") return emptyResult(begun.status, space.graph.objectiveCount);
  const search = new FrontSearch(space, query, begun.bounds, tolerance, known);
  return collectFront(space, query, search, search.run(budget));
}

import { bestPath } from "./best-path.ts";
import type { LowerBounds } from "./lower-bounds.ts";
import { paretoRoutes } from "./pareto-routes.ts";
import type { SearchBudget } from "./search-budget.ts";
import type { SearchQuery } from "./search-query.ts";
import type { SearchResult } from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";

/**
 * The best route of each objective, and the one with the least sum of costs, each cost relative to the
 * least there is: four short searches, whatever the length of the trip. Those that are interrupted
 * leave their route out.
 *
 * @param query without limits
 * @param ideal see {@link idealCosts}
 */
export function firstRoutes(
  space: SearchSpace,
  query: SearchQuery,
  ideal: Float64Array,
  budget: SearchBudget,
  bounds: LowerBounds,
): SearchResult {
  const { objectiveCount } = space.graph;
  const single = Array.from(ideal, (_, wanted) => Array.from(ideal, (_cost, k) => +(k === wanted)));
  const balanced = Array.from(ideal, (cost) => 1 / Math.max(1, cost));
  const found = [...single, balanced].map((weights) =>
    bestPath(space, query, weights, budget, bounds),
  );
  const { status } = found.find((one) => one.status !== "complete") ?? found[0]!;
  return {
    status,
    ...paretoRoutes({
      objectiveCount,
      costs: Int32Array.from(found.flatMap(({ costs }) => [...costs])),
      paths: found.flatMap(({ paths }) => paths),
    }),
    unreachable: false,
    pops: found.reduce((sum, { pops }) => sum + pops, 0),
    labels: found.reduce((sum, { labels }) => sum + labels, 0),
  };
}

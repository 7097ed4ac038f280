import { paretoFilter } from "@gradeway/pareto";

import type { SearchResult } from "./search-result.ts";

/** Costs and paths of routes, as in {@link SearchResult}. */
export type Routes = Pick<SearchResult, "objectiveCount" | "costs" | "paths">;

/** The routes that no other one dominates, one per cost vector, lexicographically ascending. */
export function paretoRoutes({ objectiveCount, costs, paths }: Routes): Routes {
  const front = paretoFilter({ dimensions: objectiveCount, values: costs });
  const kept = new Int32Array(front.length * objectiveCount);
  for (const [place, route] of front.entries()) {
    const from = route * objectiveCount;
    kept.set(costs.subarray(from, from + objectiveCount), place * objectiveCount);
  }
  return { objectiveCount, costs: kept, paths: front.map((route) => paths[route]!) };
}

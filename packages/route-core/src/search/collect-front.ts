import type { FrontSearch } from "./front-search.ts";
import { paretoRoutes } from "./pareto-routes.ts";
import type { SearchQuery } from "./search-query.ts";
import type { SearchResult, SearchStatus } from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";
import { costsOfRoute, withoutTurningBack } from "./turning-back.ts";

/** Reads the routes of a search, sorts them by cost, and drops those that others dominate. */
export function collectFront(
  space: SearchSpace,
  query: SearchQuery,
  search: FrontSearch,
  status: SearchStatus,
): SearchResult {
  const { graph, labels, paths } = space;
  const { objectiveCount } = graph;
  const { solutions } = search;
  const stride = 1 + objectiveCount;
  const found = new Int32Array((solutions.length / stride) * objectiveCount);
  const arcs: Int32Array[] = [];
  for (let at = 0; at < solutions.length; at += stride) {
    const steps = paths.stepsOf(solutions[at]!);
    const path = withoutTurningBack(graph.turnBans.states, query, steps);
    const costs =
      path.length === steps.length
        ? solutions.slice(at + 1, at + stride)
        : costsOfRoute(graph, query, path);
    found.set(costs, arcs.length * objectiveCount);
    arcs.push(path);
  }
  const front = paretoRoutes({ objectiveCount, costs: found, paths: arcs });
  return {
    status,
    ...front,
    unreachable: status === "complete" && front.paths.length === 0,
    pops: search.pops,
    labels: labels.made,
  };
}

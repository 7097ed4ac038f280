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
  const { graph, labels, paths, queue } = space;
  const { objectiveCount } = graph;
  const { solutions } = search;
  const stride = 1 + objectiveCount;
  const found = new Int32Array((solutions.length / stride) * objectiveCount);
  const arcs: Int32Array[] = [];
  for (let at = 0; at < solutions.length; at += stride) {
    const row = arcs.length * objectiveCount;
    for (let k = 0; k < objectiveCount; k++) found[row + k] = solutions[at + 1 + k]!;
    if (!search.isMerged) {
      arcs.push(paths.arcsOf(solutions[at]!, graph.turnBans.states));
      continue;
    }
    const steps = paths.stepsOf(solutions[at]!);
    const path = withoutTurningBack(graph.turnBans.states, query, steps);
    if (path.length < steps.length) found.set(costsOfRoute(graph, query, path), row);
    arcs.push(path);
  }
  const front = paretoRoutes({ objectiveCount, costs: found, paths: arcs });
  return {
    status,
    ...front,
    unreachable: status === "complete" && front.paths.length === 0,
    pops: search.pops,
    labels: labels.made,
    ...(status === "complete" ? {} : { settledBelow: Math.max(0, queue.first) }),
  };
}

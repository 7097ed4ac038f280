import { anytimeSearch } from "../search/anytime-search.ts";
import { epsilonSearch } from "../search/epsilon-search.ts";
import { exactSearch } from "../search/exact-search.ts";
import type { LowerBounds } from "../search/lower-bounds.ts";
import type { SearchBudget } from "../search/search-budget.ts";
import type { SearchQuery } from "../search/search-query.ts";
import type { ProvenResult } from "../search/search-result.ts";
import type { SearchSpace } from "../search/search-space.ts";
import { limitedObjectives, limitedSearch } from "./limited-search.ts";
import type { PlanRequest } from "./plan-types.ts";
import type { Kernel, TripEnds, TripSearch } from "./search-trip.ts";

/** Share of an anytime request's time that is kept for writing out what was found. */
const WRITING_SHARE = 0.2;
/** Most of it, ms. */
const LONGEST_WRITING_MS = 200;

/**
 * The kernel that finds the front a request asks for.
 *
 * @param onImprovement hears of each front that is proven before the last
 */
export function frontKernel(
  request: PlanRequest,
  space: SearchSpace,
  budget: SearchBudget,
  onImprovement: (trip: TripSearch) => void,
): Kernel {
  const { epsilon = 0, constraints } = request;
  const search =
    request.anytime === true
      ? anytimeKernel(request, space, budget, onImprovement)
      : (query: SearchQuery, _: TripEnds, bounds?: LowerBounds): ProvenResult => {
          const found =
            epsilon === 0
              ? exactSearch(space, query, budget, bounds)
              : epsilonSearch(space, query, epsilon, budget, bounds);
          // A merged label may be given up although a route just keeps the limits.
          const isSure = epsilon === 0 || query.limits === undefined || !found.unreachable;
          return { ...(isSure ? found : exactSearch(space, query, budget, bounds)), epsilon };
        };
  if (constraints === undefined || limitedObjectives(constraints).length === 0) return search;
  return (query, ends) =>
    limitedSearch(space, constraints, budget, (limited, bounds) => search(limited, ends, bounds))(
      query,
    );
}

function anytimeKernel(
  { epsilon = 0, deadlineMs = Infinity }: PlanRequest,
  space: SearchSpace,
  budget: SearchBudget,
  onImprovement: (trip: TripSearch) => void,
): (query: SearchQuery, ends: TripEnds, bounds?: LowerBounds) => ProvenResult {
  const writingMs = Math.min(WRITING_SHARE * deadlineMs, LONGEST_WRITING_MS);
  const early = { ...budget, deadlineAtMs: budget.deadlineAtMs - writingMs };
  return (query, ends, bounds) => {
    const options = {
      epsilon,
      onImprovement(result: ProvenResult): void {
        if (result.epsilon !== epsilon) onImprovement({ ...ends, result });
      },
    };
    return anytimeSearch(space, query, early, options, bounds);
  };
}

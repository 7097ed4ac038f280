import { anytimeSearch } from "../search/anytime-search.ts";
import { epsilonSearch } from "../search/epsilon-search.ts";
import { exactSearch } from "../search/exact-search.ts";
import type { SearchBudget } from "../search/search-budget.ts";
import type { SearchSpace } from "../search/search-space.ts";
import type { PlanRequest } from "./plan-types.ts";
import type { Kernel, TripSearch } from "./search-trip.ts";

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
  const { epsilon = 0, deadlineMs = Infinity } = request;
  if (request.anytime !== true) {
    return (query) =>
      epsilon === 0
        ? { ...exactSearch(space, query, budget), epsilon }
        : { ...epsilonSearch(space, query, epsilon, budget), epsilon };
  }
  const writingMs = Math.min(WRITING_SHARE * deadlineMs, LONGEST_WRITING_MS);
  const early = { ...budget, deadlineAtMs: budget.deadlineAtMs - writingMs };
  return (query, ends) =>
    anytimeSearch(space, query, early, {
      epsilon,
      onImprovement(result) {
        if (result.epsilon !== epsilon) onImprovement({ ...ends, result });
      },
    });
}

import { anytimeSearch } from "../search/anytime-search.ts";
import { epsilonSearch } from "../search/epsilon-search.ts";
import { exactSearch } from "../search/exact-search.ts";
import type { LowerBounds } from "../search/lower-bounds.ts";
import type { SearchBudget } from "../search/search-budget.ts";
import type { SearchQuery } from "../search/search-query.ts";
import { emptyResult, type ProvenResult } from "../search/search-result.ts";
import type { SearchSpace } from "../search/search-space.ts";
import {
  countedObjectives,
  frontOver,
  limitedObjectives,
  limitedSearch,
} from "./limited-search.ts";
import { OBJECTIVES, type PlanRequest } from "./plan-types.ts";
import type { Kernel, TripEnds, TripSearch } from "./search-trip.ts";
import {
  isShiftedUp,
  leastCosts,
  shiftedGoal,
  type TripShift,
  withRealEpsilon,
} from "./trip-shift.ts";

/** Share of an anytime request's time that is kept for writing out what was found. */
const WRITING_SHARE = 0.2;
/** Most of it, ms. */
const LONGEST_WRITING_MS = 200;

/**
 * The kernel that finds the front a request asks for.
 *
 * @param space of all objectives that span the front or are limited
 * @param shiftOf what the routes between two ends cost the search more than they cost
 * @param onImprovement hears of each front that is proven before the last
 */
export function frontKernel(
  request: PlanRequest,
  space: SearchSpace,
  budget: SearchBudget,
  shiftOf: (ends: TripEnds) => TripShift,
  onImprovement: (trip: TripSearch) => void,
): Kernel {
  const { objectives = OBJECTIVES, constraints = {} } = request;
  const isNarrower = countedObjectives(request).length > objectives.length;
  const narrowed = (result: ProvenResult): ProvenResult =>
    isNarrower ? frontOver(result, objectives) : result;
  const early = searchingBudget(request, budget);
  return (query, ends) => {
    const hear = (result: ProvenResult): void =>
      onImprovement({ ...ends, result: narrowed(result) });
    const shift = shiftOf(ends);
    const search = (limited: SearchQuery, bounds?: LowerBounds): ProvenResult =>
      searchShifted(request, space, limited, early, shift, hear, bounds);
    if (limitedObjectives(constraints).length === 0) return search(query);
    return narrowed(limitedSearch(space, constraints, early, search)(query, shift));
  };
}

/** The budget of the search alone: an anytime request keeps time to write out what was found. */
export function searchingBudget(request: PlanRequest, budget: SearchBudget): SearchBudget {
  if (request.anytime !== true) return budget;
  const writingMs = Math.min(WRITING_SHARE * (request.deadlineMs ?? Infinity), LONGEST_WRITING_MS);
  return { ...budget, deadlineAtMs: budget.deadlineAtMs - writingMs };
}

/** Searches with the tolerance that proves the one asked for, and tells what is proven of real costs. */
function searchShifted(
  request: PlanRequest,
  space: SearchSpace,
  query: SearchQuery,
  budget: SearchBudget,
  shift: TripShift,
  onImprovement: (result: ProvenResult) => void,
  known: LowerBounds | undefined,
): ProvenResult {
  const { epsilon = 0, anytime } = request;
  const isPlain = !isShiftedUp(shift) || (epsilon === 0 && anytime !== true);
  if (isPlain) return searchFront(request, space, query, budget, onImprovement, known);
  const found = known === undefined ? space.boundsFor(query, budget) : { bounds: known };
  if ("status" in found && found.status !== "complete") {
    return { ...emptyResult(found.status, OBJECTIVES.length), epsilon: null };
  }
  const goal = shiftedGoal(epsilon, shift, leastCosts(query, found.bounds));
  const hear = (result: ProvenResult): void => onImprovement(withRealEpsilon(result, goal));
  const sought = { ...request, epsilon: goal.searched };
  const result = searchFront(sought, space, query, budget, hear, found.bounds);
  return withRealEpsilon(result, goal);
}

function searchFront(
  { epsilon = 0, anytime }: PlanRequest,
  space: SearchSpace,
  query: SearchQuery,
  budget: SearchBudget,
  onImprovement: (result: ProvenResult) => void,
  bounds: LowerBounds | undefined,
): ProvenResult {
  const exact = (): ProvenResult => ({ ...exactSearch(space, query, budget, bounds), epsilon: 0 });
  if (anytime !== true && epsilon === 0) return exact();
  const found =
    anytime === true
      ? anytimeSearch(
          space,
          query,
          budget,
          {
            epsilon,
            onImprovement(result) {
              if (result.epsilon !== epsilon) onImprovement(result);
            },
          },
          bounds,
        )
      : { ...epsilonSearch(space, query, epsilon, budget, bounds), epsilon };
  // A merged label may be given up although a route just keeps the limits.
  const isSure = epsilon === 0 || query.limits === undefined || !found.unreachable;
  return isSure ? found : exact();
}

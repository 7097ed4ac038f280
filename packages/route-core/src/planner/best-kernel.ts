import { bestPath } from "../search/best-path.ts";
import type { LowerBounds } from "../search/lower-bounds.ts";
import type { SearchBudget } from "../search/search-budget.ts";
import type { SearchQuery } from "../search/search-query.ts";
import { emptyResult, type ProvenResult } from "../search/search-result.ts";
import type { PreparedCosting } from "./prepare-costing.ts";
import { limitedObjectives, limitedSearch } from "./limited-search.ts";
import { OBJECTIVES, type PlanRequest } from "./plan-types.ts";
import type { RangeGuard } from "./range-guard.ts";
import { idealCosts, relativeWeights } from "./relative-weights.ts";
import type { Kernel } from "./search-trip.ts";
import { tripShift } from "./trip-shift.ts";

/** The kernel that finds the best route for the weights of a request, within its limits. */
export function bestKernel(
  { weights = { time: 1 }, constraints = {} }: PlanRequest,
  prepared: PreparedCosting,
  budget: SearchBudget,
  guard: RangeGuard | undefined,
): Kernel {
  const { space } = prepared;
  const search = (query: SearchQuery, bounds: LowerBounds): ProvenResult => {
    const vector = relativeWeights(weights, idealCosts(query.starts, bounds));
    return { ...bestPath(space, query, vector, budget, bounds), epsilon: 0 };
  };
  const free = (query: SearchQuery): ProvenResult => {
    const { bounds, status } = space.boundsFor(query, budget);
    if (status === "complete") return search(query, bounds);
    return { ...emptyResult(status, OBJECTIVES.length), epsilon: null };
  };
  if (limitedObjectives(constraints).length === 0) return free;
  const within = limitedSearch(space, constraints, budget, search);
  return (query, { origin, destination }) => {
    const shift = tripShift(prepared, origin, destination);
    // Most trips are far within the range, and to search without a limit is faster.
    const any = guard?.isOnlyRange === true ? free(query) : undefined;
    return any !== undefined && guard!.isWithin(any, shift) ? any : within(query, shift);
  };
}

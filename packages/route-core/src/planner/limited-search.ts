import { paretoFilter } from "@gradeway/pareto";
import { ReasonError } from "@gradeway/reason-codes";

import { GRAINS } from "../costing/grains.ts";
import { bestPath } from "../search/best-path.ts";
import type { LowerBounds } from "../search/lower-bounds.ts";
import type { SearchBudget } from "../search/search-budget.ts";
import type { SearchQuery } from "../search/search-query.ts";
import { emptyResult, type ProvenResult, type SearchResult } from "../search/search-result.ts";
import type { SearchSpace } from "../search/search-space.ts";
import type { RouteLimits } from "./plan-constraints.ts";
import { type Objective, OBJECTIVES, type PlanRequest } from "./plan-types.ts";
import { roundTo } from "./route-figures.ts";
import type { TripShift } from "./trip-shift.ts";

/** Quotients of decimal figures may lie a hair below the whole number that they are. */
const HAIR = 1e-6;

/** How limits and what is possible are told. */
const UNITS: Readonly<Record<Objective, string>> = {
  time: "s",
  money: "of the region's currency",
  co2e: "kg",
};

type Amounts = Partial<Record<Objective, number>>;

/** The objectives that a request limits. */
export function limitedObjectives(limits: RouteLimits): Objective[] {
  const absolute = absoluteLimits(limits);
  return OBJECTIVES.filter((objective, k) => {
    return absolute[k]! < Infinity || limits.overBest?.[objective] !== undefined;
  });
}

/** The objectives that a search of a front counts: those that span it, and those that are limited. */
export function countedObjectives({
  objectives = OBJECTIVES,
  constraints = {},
}: PlanRequest): readonly Objective[] {
  const limited = limitedObjectives(constraints);
  return OBJECTIVES.filter((one) => objectives.includes(one) || limited.includes(one));
}

/** The searches of one trip that limits need. */
export interface LimitableSearch {
  /** What each route costs the search more than it costs; limits are about what it costs. */
  readonly shift: TripShift;
  /** The best route for weights, in the order of OBJECTIVES. */
  best(weights: readonly number[]): SearchResult;
  /** @param limits per objective, in search units */
  within(limits: readonly number[]): ProvenResult;
}

/**
 * Searches within the limits of a request; all objectives that are limited must be counted.
 *
 * @throws {ReasonError} epsilon_infeasible when there are routes and none keeps the limits
 */
export function searchWithin(limits: RouteLimits, trip: LimitableSearch): ProvenResult {
  const limited = limitedObjectives(limits);
  const best: Amounts = {};
  const { shift } = trip;
  /** Finds the best value of an objective; returns the search where there is none. */
  const findBest = (objective: Objective): ProvenResult | undefined => {
    const found = trip.best(OBJECTIVES.map((other) => Number(other === objective)));
    if (found.status !== "complete" || found.unreachable) return { ...found, epsilon: null };
    const k = OBJECTIVES.indexOf(objective);
    best[objective] = found.costs[k]! - shift[k]!;
    return undefined;
  };
  const most = absoluteLimits(limits);
  for (const [k, objective] of OBJECTIVES.entries()) {
    const share = limits.overBest?.[objective];
    if (share === undefined) continue;
    const without = findBest(objective);
    if (without !== undefined) return without;
    // Of a best below nothing too: more than it, not less.
    const allowed = best[objective]! + share * Math.abs(best[objective]!);
    most[k] = Math.min(most[k]!, Math.floor(allowed + HAIR));
  }
  const shifted = most.map((limit, k) => limit + shift[k]!);
  const result = shifted.some((limit) => limit < 0)
    ? { ...emptyResult("complete", OBJECTIVES.length), epsilon: 0 }
    : trip.within(shifted);
  if (!result.unreachable) return result;
  for (const objective of limited) {
    const without = best[objective] === undefined ? findBest(objective) : undefined;
    if (without !== undefined) return without;
  }
  throw infeasible(limited, most, best);
}

/** {@link searchWithin} for a query between two ends. */
export function limitedSearch(
  space: SearchSpace,
  limits: RouteLimits,
  budget: SearchBudget,
  search: (query: SearchQuery, bounds: LowerBounds) => ProvenResult,
): (query: SearchQuery, shift: TripShift) => ProvenResult {
  return (query, shift) => {
    const { status, bounds } = space.boundsFor(query, budget);
    if (status !== "complete") return { ...emptyResult(status, OBJECTIVES.length), epsilon: null };
    return searchWithin(limits, {
      shift,
      best: (weights) => bestPath(space, query, weights, budget, bounds),
      within: (most) => search({ ...query, limits: most }, bounds),
    });
  };
}

/** The part of a front that matters when fewer objectives span it than were counted. */
export function frontOver(result: ProvenResult, objectives: readonly Objective[]): ProvenResult {
  if (result.paths.length === 0) return result;
  const width = result.objectiveCount;
  const used = objectives.map((objective) => OBJECTIVES.indexOf(objective)).sort((a, b) => a - b);
  const kept = paretoFilter(
    result.paths.map((_, route) => used.map((k) => result.costs[route * width + k]!)),
  );
  const costs = new Int32Array(kept.length * width);
  for (const [place, route] of kept.entries()) {
    costs.set(result.costs.subarray(route * width, (route + 1) * width), place * width);
  }
  return { ...result, costs, paths: kept.map((route) => result.paths[route]!) };
}

/** In search units, in the order of OBJECTIVES; `Infinity` where there is none. */
function absoluteLimits({ maxDurationS, maxCost, maxCo2eKg }: RouteLimits): number[] {
  return [maxDurationS, maxCost, maxCo2eKg].map((limit, k) =>
    limit === undefined ? Infinity : Math.floor(limit / GRAINS[OBJECTIVES[k]!] + HAIR),
  );
}

function infeasible(
  limited: readonly Objective[],
  most: readonly number[],
  bestCosts: Amounts,
): ReasonError<"epsilon_infeasible"> {
  const limits: Amounts = {};
  const best: Amounts = {};
  for (const objective of limited) {
    limits[objective] = amountOf(objective, most[OBJECTIVES.indexOf(objective)]!);
    best[objective] = amountOf(objective, bestCosts[objective]!);
  }
  const each = limited.map(
    (objective) =>
      `${objective} at most ${limits[objective]}, at best ${best[objective]} ${UNITS[objective]}`,
  );
  const message = `No route keeps ${limited.length > 1 ? "all limits at once" : "the limit"} in the search, which counts driving without breaks: ${each.join("; ")}.`;
  return new ReasonError("epsilon_infeasible", message, { limits, best });
}

function amountOf(objective: Objective, cost: number): number {
  return roundTo(cost * GRAINS[objective], 4);
}

import { epsilonSearch } from "./epsilon-search.ts";
import { exactSearch } from "./exact-search.ts";
import { firstRoutes } from "./first-routes.ts";
import { epsilonAbove, idealCosts } from "./ideal-costs.ts";
import type { LowerBounds } from "./lower-bounds.ts";
import { paretoRoutes } from "./pareto-routes.ts";
import type { SearchBudget } from "./search-budget.ts";
import type { SearchQuery } from "./search-query.ts";
import {
  emptyResult,
  type ProvenResult,
  type SearchResult,
  type SearchStatus,
} from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";

/** Tolerances that are gone through before the one that was asked for. */
export const ANYTIME_STEPS: readonly number[] = [0.05, 0.01];

/**
 * Labels that the front asked for may take at once, before coarser ones are tried: most trips within a
 * region need fewer, and where they need more, little time is lost.
 */
export const FIRST_TRY_LABELS = 20_000;

/** The same for time: share of what is left until the deadline. */
const FIRST_TRY_SHARE = 0.25;

/** What an anytime search shall come to, and how. */
export interface AnytimeOptions {
  /** The tolerance to reach, 0 .. 1. Default 0: the exact front. */
  readonly epsilon?: number;
  /** Coarser tolerances on the way, falling; those not above `epsilon` are left out. */
  readonly steps?: readonly number[];
  /** Labels of the first try for `epsilon`; 0 = none. */
  readonly firstTryLabels?: number;
  /** Receives each front as soon as it is proven, the last one included; epsilon falls. */
  readonly onImprovement?: (front: ProvenResult) => void;
}

/**
 * The best front within a budget: a few single routes, then coarse fronts, each a search of its own that
 * shares the bounds of the query, until the tolerance asked for is reached or the budget is used up.
 *
 * `complete` means that the tolerance was reached; the result is then that of `epsilonSearch` or
 * `exactSearch`. Otherwise it is the last front that was completed, with the routes that it lacked of
 * the interrupted searches and the single ones, which can only improve it, and with the least epsilon that
 * is proven: its tolerance, or what follows from the bounds and from how far a later search had come. Labels are counted over
 * all searches, memory per search.
 *
 * @param bounds of this query, from {@link SearchSpace.boundsFor}; found when left out
 * @throws RangeError when a tolerance is not in 0 .. 1
 */
export function anytimeSearch(
  space: SearchSpace,
  query: SearchQuery,
  budget: SearchBudget,
  options: AnytimeOptions = {},
  bounds?: LowerBounds,
): ProvenResult {
  const { epsilon: goal = 0 } = options;
  const begun = bounds === undefined ? space.boundsFor(query, budget) : { bounds };
  if ("status" in begun && begun.status !== "complete") {
    return { ...emptyResult(begun.status, space.graph.objectiveCount), epsilon: null };
  }
  const ideal = idealCosts(query, begun.bounds, space.graph.objectiveCount);
  let labelsLeft = budget.maxLabels ?? Infinity;
  let hasFirstRoutes = query.limits !== undefined;
  let settledBelow = 0;
  let best: ProvenResult = {
    ...emptyResult("complete", space.graph.objectiveCount),
    unreachable: false,
    epsilon: null,
  };
  for (const { epsilon, isFirst, maxLabels } of triesFor(options)) {
    if (!isFirst && !hasFirstRoutes && labelsLeft > 0) {
      hasFirstRoutes = true;
      const found = firstRoutes(space, query, ideal, budget, begun.bounds);
      labelsLeft -= found.labels;
      const { status } = best;
      best = { ...withRoutes(best, found), status };
      best = { ...best, epsilon: provenSoFar(best, goal, settledBelow, ideal) };
      if (best.epsilon !== null && best.epsilon > goal) {
        options.onImprovement?.({ ...best, status: "complete" });
      }
    }
    // What an interrupted search left open may have proven it.
    if (epsilon > goal && best.epsilon !== null && epsilon >= best.epsilon) continue;
    const limited = {
      ...budget,
      deadlineAtMs: isFirst ? firstDeadlineAtMs(budget) : budget.deadlineAtMs,
      maxLabels: Math.min(maxLabels, labelsLeft),
    };
    // The last front is that of a search on its own; those on the way need not find what is known.
    const known = epsilon > goal ? best : undefined;
    const found =
      epsilon === 0
        ? exactSearch(space, query, limited, begun.bounds)
        : epsilonSearch(space, query, epsilon, limited, begun.bounds, known);
    labelsLeft -= found.labels;
    const isComplete = found.status === "complete";
    // No route at all is the exact answer, however coarse the search that says so; but a coarse one may
    // miss routes that just keep the limits (cost-limits.ts).
    const isSure = query.limits === undefined || epsilon === 0;
    const joined = withRoutes(best, found);
    const { unreachable } = joined;
    const proven = unreachable && isSure ? goal : epsilon;
    settledBelow = found.settledBelow ?? 0;
    best = isComplete
      ? { ...joined, ...(known === undefined ? frontOf(found) : {}), epsilon: proven }
      : { ...joined, epsilon: provenSoFar(joined, epsilon, settledBelow, ideal) };
    if (isComplete && !unreachable) options.onImprovement?.(best);
    if (isComplete && best.epsilon === goal) break;
    // Coarser fronts may fit where the one asked for took too much.
    if (!isComplete && !(isFirst && TOO_MUCH.has(found.status))) break;
  }
  return best;
}

/**
 * What is proven of routes after an interrupted search: its own epsilon for what it had settled, and for
 * the rest, which costs at least as much in the first objective and the ideal in the others, how near the
 * routes come to that. Null where nothing is.
 */
function provenSoFar(
  routes: ProvenResult,
  epsilon: number,
  settledBelow: number,
  ideal: Float64Array,
): number | null {
  const [first = 0, ...others] = ideal;
  const open = epsilonAbove(routes, [Math.max(first, settledBelow), ...others]);
  if (open === null) return routes.epsilon;
  return Math.min(routes.epsilon ?? Infinity, Math.max(open, epsilon));
}

/** What a search on its own has found, without what it took. */
function frontOf({ costs, paths, unreachable }: SearchResult): Partial<ProvenResult> {
  return { costs, paths, unreachable };
}

/** How a first try ends that took more than a coarser search might. */
const TOO_MUCH: ReadonlySet<SearchStatus> = new Set(["deadline", "labels", "memory", "overflow"]);

function firstDeadlineAtMs(budget: SearchBudget): number {
  const { deadlineAtMs } = budget;
  if (deadlineAtMs === Infinity) return Infinity;
  const startedAtMs = budget.now();
  return startedAtMs + FIRST_TRY_SHARE * (deadlineAtMs - startedAtMs);
}

/** One search on the way. */
interface Try {
  readonly epsilon: number;
  readonly isFirst: boolean;
  readonly maxLabels: number;
}

function triesFor(options: AnytimeOptions): Try[] {
  const { epsilon, steps = ANYTIME_STEPS, firstTryLabels = FIRST_TRY_LABELS } = options;
  const goal = epsilon ?? 0;
  const coarser = steps.filter((step) => step > goal).sort((a, b) => b - a);
  const whole = [...coarser, goal].map((step) => ({
    epsilon: step,
    isFirst: false,
    maxLabels: Infinity,
  }));
  const first = { epsilon: goal, isFirst: true, maxLabels: firstTryLabels };
  return firstTryLabels > 0 ? [first, ...whole] : whole;
}

/** What was proven before stays proven when routes are added and those they dominate are left out. */
function withRoutes(best: ProvenResult, found: SearchResult): ProvenResult {
  const { objectiveCount } = found;
  const costs = new Int32Array(best.costs.length + found.costs.length);
  costs.set(best.costs);
  costs.set(found.costs, best.costs.length);
  const paths = [...best.paths, ...found.paths];
  return {
    ...found,
    ...paretoRoutes({ objectiveCount, costs, paths }),
    unreachable: found.unreachable && paths.length === 0,
    epsilon: best.epsilon,
    pops: best.pops + found.pops,
    labels: best.labels + found.labels,
  };
}

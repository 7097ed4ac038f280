import { ANYTIME_STEPS } from "../search/anytime-search.ts";
import { bestPath } from "../search/best-path.ts";
import { epsilonSearch } from "../search/epsilon-search.ts";
import { exactSearch } from "../search/exact-search.ts";
import { COST_LIMIT, INF } from "../search/search-graph.ts";
import type { SearchBudget } from "../search/search-budget.ts";
import { emptyResult, type ProvenResult, type SearchResult } from "../search/search-result.ts";
import type { EdgePosition } from "../snap/edge-locator.ts";
import type { AvoidedRoads } from "./avoided-roads.ts";
import type { PreparedCosting } from "./prepare-costing.ts";
import { type Chain, type ChainResult, type Leg, legsOfChain, searchChains } from "./leg-chains.ts";
import { legQuery, type Stop, stopsAt } from "./leg-query.ts";
import { limitedObjectives, searchWithin } from "./limited-search.ts";
import { type Objective, OBJECTIVES, type PlanRequest } from "./plan-types.ts";
import { idealCosts, relativeWeights } from "./relative-weights.ts";
import {
  isShiftedUp,
  shiftedGoal,
  type TripShift,
  tripShift,
  withRealEpsilon,
} from "./trip-shift.ts";
import { tooDearIn } from "./too-dear.ts";
import { isSameJunction, tripQuery } from "./trip-query.ts";

/** What is asked of a trip: its front, or the one best route for the weights of the request. */
export type Wanted = "front" | "best";

/** The legs of a trip and the searches on them. */
export class ViaTrip {
  readonly #prepared: PreparedCosting;
  readonly #request: PlanRequest;
  readonly #budget: SearchBudget;
  readonly #legs: readonly Leg[];
  readonly #shift: TripShift;
  /** Chains by the path that stands for them in a result. */
  readonly #chains = new Map<Int32Array, Chain>();
  /** Least cost of each leg in each objective, turns aside. */
  #ideal: readonly (readonly number[])[] | undefined;

  constructor(
    prepared: PreparedCosting,
    request: PlanRequest,
    budget: SearchBudget,
    positions: readonly EdgePosition[],
    avoided: AvoidedRoads | undefined,
  ) {
    this.#prepared = prepared;
    this.#request = request;
    this.#budget = budget;
    this.#legs = legsOf(prepared, request, positions, avoided);
    this.#shift = tripShift(prepared, positions[0]!, positions.at(-1)!);
  }

  /** The objectives in which the legs together cost more than a search can count. */
  tooDear(): readonly Objective[] {
    return tooDearIn(OBJECTIVES.map((_, k) => this.#idealFrom(0, k)));
  }

  chainOf(path: Int32Array): Chain {
    return this.#chains.get(path)!;
  }

  /**
   * What is wanted, within the limits of the request.
   *
   * @param onImprovement hears of each front of an anytime request that is proven before the last
   */
  search(wanted: Wanted, onImprovement: (front: ProvenResult) => void): ProvenResult {
    const { constraints = {} } = this.#request;
    const within = (limits?: readonly number[]): ProvenResult =>
      wanted === "front"
        ? this.#fronts(limits, onImprovement)
        : { ...this.#bestWeighted(limits), epsilon: 0 };
    if (limitedObjectives(constraints).length === 0) return within();
    const best = (weights: readonly number[]): SearchResult => this.best(weights);
    return searchWithin(constraints, { shift: this.#shift, best, within });
  }

  /** The front that is asked for, after coarser ones for an anytime request. */
  #fronts(
    limits: readonly number[] | undefined,
    onImprovement: (front: ProvenResult) => void,
  ): ProvenResult {
    const { epsilon: asked = 0, anytime } = this.#request;
    if (!isShiftedUp(this.#shift) || (asked === 0 && anytime !== true)) {
      return this.#frontsTo(asked, limits, onImprovement);
    }
    const least = OBJECTIVES.map((_, k) => this.#idealFrom(0, k));
    const goal = shiftedGoal(asked, this.#shift, least);
    const hear = (front: ProvenResult): void => onImprovement(withRealEpsilon(front, goal));
    return withRealEpsilon(this.#frontsTo(goal.searched, limits, hear), goal);
  }

  #frontsTo(
    goal: number,
    limits: readonly number[] | undefined,
    onImprovement: (front: ProvenResult) => void,
  ): ProvenResult {
    const { anytime } = this.#request;
    if (anytime !== true) return this.#front(goal, limits);
    let best: ProvenResult | undefined;
    for (const epsilon of ANYTIME_STEPS.filter((step) => step > goal)) {
      const found = this.#front(epsilon, limits);
      if (found.status !== "complete") return stoppedAfter(best, found);
      if (found.unreachable) return found;
      best = found;
      onImprovement(best);
    }
    const last = this.#front(goal, limits);
    return last.status === "complete" ? last : stoppedAfter(best, last);
  }

  #front(epsilon: number, limits: readonly number[] | undefined): ProvenResult {
    const found = this.#asResult(this.#chainsWithin(epsilon, limits));
    // A merged label may be given up although a route just keeps the limits.
    const isSure = epsilon === 0 || limits === undefined || !found.unreachable;
    return isSure ? { ...found, epsilon } : this.#front(0, limits);
  }

  /** The best route for weights in the order of OBJECTIVES. */
  best(weights: readonly number[]): SearchResult {
    const { space } = this.#prepared;
    const found = searchChains(
      this.#legs,
      (query) => space.boundsFor(query, this.#budget),
      (query, bounds) => bestPath(space, query, weights, this.#budget, bounds),
    );
    return this.#asResult(leastWeighted(found, weights));
  }

  /** The best route for the request's weights. */
  #bestWeighted(limits?: readonly number[]): SearchResult {
    const ideal = OBJECTIVES.map((_, k) => this.#idealFrom(0, k));
    const weights = relativeWeights(this.#request.weights ?? { time: 1 }, ideal);
    if (limits === undefined) return this.best(weights);
    // Which leg should spend how much of a limit is a choice among all the routes of its front.
    return this.#asResult(leastWeighted(this.#chainsWithin(0, limits), weights));
  }

  #chainsWithin(epsilon: number, limits: readonly number[] | undefined): ChainResult {
    const { space } = this.#prepared;
    const budget = this.#budget;
    // Now, because bounds are valid only until others are looked for.
    const rest = limits?.map((_, k) => this.#legs.map((_leg, leg) => this.#idealFrom(leg + 1, k)));
    const found = searchChains(
      this.#legs,
      (query) => space.boundsFor(query, budget),
      (whole, bounds, leg, spent) => {
        const left = limits?.map((limit, k) => limit - (spent[k] ?? 0) - rest![k]![leg]!);
        if (left?.some((limit) => limit < 0) === true)
          return emptyResult("complete", OBJECTIVES.length);
        const query = left === undefined ? whole : { ...whole, limits: left };
        return epsilon === 0
          ? exactSearch(space, query, budget, bounds)
          : epsilonSearch(space, query, epsilon, budget, bounds);
      },
    );
    if (limits === undefined) return found;
    const chains = found.chains.filter(({ costs }) => costs.every((cost, k) => cost <= limits[k]!));
    return { ...found, chains };
  }

  /** What the legs from one on cost at least in an objective. */
  #idealFrom(first: number, k: number): number {
    this.#ideal ??= this.#legs.map((leg) => this.#idealOf(leg));
    return this.#ideal.slice(first).reduce((sum, ideal) => sum + ideal[k]!, 0);
  }

  #idealOf(leg: Leg): readonly number[] {
    const { space } = this.#prepared;
    let least: readonly number[] = OBJECTIVES.map(() => INF);
    for (const to of leg.to) {
      for (const from of leg.from) {
        const one = leg.query(from, to);
        const { status, bounds } = space.boundsFor(one, this.#budget);
        // Nothing is known, and 0 is always right; the search itself will meet what stopped it.
        if (status !== "complete") return OBJECTIVES.map(() => 0);
        const ideal = idealCosts(one.starts, bounds);
        least = least.map((value, k) =>
          Math.min(value, ideal[k]!, ...one.direct.map(({ costs }) => costs[k]!)),
        );
      }
    }
    return least;
  }

  #asResult({ status, chains, pops, labels }: ChainResult): SearchResult {
    const tooDear = chains.some(({ costs }) => costs.some((cost) => cost >= COST_LIMIT));
    const paths = chains.map((chain) => {
      const arcs = Int32Array.from(legsOfChain(chain).flatMap(({ path }) => [...path]));
      this.#chains.set(arcs, chain);
      return arcs;
    });
    return {
      status: tooDear && status === "complete" ? "overflow" : status,
      objectiveCount: OBJECTIVES.length,
      costs: Int32Array.from(chains.flatMap(({ costs }) => costs)),
      paths,
      unreachable: status === "complete" && chains.length === 0,
      pops,
      labels,
    };
  }
}

function legsOf(
  { costing, space, network, objectiveMask }: PreparedCosting,
  { uTurnsAtWaypoints = false }: PlanRequest,
  positions: readonly EdgePosition[],
  avoided: AvoidedRoads | undefined,
): readonly Leg[] {
  const stops: (readonly Stop[])[] = [];
  for (const [k, position] of positions.entries()) {
    const isEnd = k === 0 || k === positions.length - 1;
    const isStillThere =
      k > 0 && !isEnd && isSameJunction(costing.graph, positions[k - 1]!, position);
    if (isStillThere) stops.push(stops[k - 1]!);
    else if (isEnd) stops.push([{ position, arc: undefined }]);
    else stops.push(stopsAt(costing, space.graph, position, uTurnsAtWaypoints));
  }
  return positions.slice(1).map((position, k): Leg => {
    const whole = tripQuery(
      costing,
      space.graph,
      network,
      positions[k]!,
      position,
      objectiveMask,
      avoided,
    );
    return {
      from: stops[k]!,
      to: stops[k + 1]!,
      query: (from, to) => legQuery(costing, space.graph, whole, from, to, objectiveMask, avoided),
    };
  });
}

function leastWeighted(found: ChainResult, weights: readonly number[]): ChainResult {
  let best: Chain | undefined;
  let least = Infinity;
  for (const chain of found.chains) {
    const sum = chain.costs.reduce((total, cost, k) => total + cost * weights[k]!, 0);
    if (sum >= least) continue;
    least = sum;
    best = chain;
  }
  return { ...found, chains: best === undefined ? [] : [best] };
}

/** What a search has when one of its steps was stopped: the front before, which is still proven. */
function stoppedAfter(best: ProvenResult | undefined, found: ProvenResult): ProvenResult {
  return best === undefined
    ? { ...found, epsilon: null }
    : { ...best, status: found.status, unreachable: false };
}

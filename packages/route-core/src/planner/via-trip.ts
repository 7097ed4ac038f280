import { bestPath } from "../search/best-path.ts";
import { epsilonSearch } from "../search/epsilon-search.ts";
import { exactSearch } from "../search/exact-search.ts";
import { COST_LIMIT, INF } from "../search/search-graph.ts";
import type { SearchBudget } from "../search/search-budget.ts";
import type { SearchResult } from "../search/search-result.ts";
import type { EdgeLocator, EdgePosition } from "../snap/edge-locator.ts";
import { snapPoint, type TripPoint } from "../snap/snap-ends.ts";
import type { AvoidedRoads } from "./avoided-roads.ts";
import type { PreparedCosting } from "./costing-cache.ts";
import { type Chain, type ChainResult, type Leg, legsOfChain, searchChains } from "./leg-chains.ts";
import { limitedObjectives, searchWithin } from "./limited-search.ts";
import { OBJECTIVES, type PlanRequest } from "./plan-types.ts";
import { idealCosts, relativeWeights } from "./relative-weights.ts";
import { partsOfPath } from "./route-parts.ts";
import {
  disconnected,
  nothingLeft,
  requireFinished,
  requireFreeEnd,
  type TripSearch,
} from "./search-trip.ts";
import { isSameJunction, legQuery, type Stop, stopsAt, tripQuery } from "./trip-query.ts";

/** What is asked of a trip: its front, or the one best route for the weights of the request. */
export type Wanted = "front" | "best";

/**
 * Searches a trip with waypoints as a whole: one front over all legs, and limits on their sum.
 *
 * @throws {ReasonError} as `searchTrip` does, and epsilon_infeasible
 */
export function searchViaTrip(
  locator: EdgeLocator,
  prepared: PreparedCosting,
  request: PlanRequest,
  budget: SearchBudget,
  startedAtMs: number,
  wanted: Wanted,
  avoided?: AvoidedRoads,
): TripSearch {
  const { costing } = prepared;
  const { origin, destination, waypoints = [], constraints = {} } = request;
  const points = [origin, ...waypoints, destination];
  const names = points.map((_, k): TripPoint => {
    if (k === 0) return "origin";
    return k < points.length - 1 ? `waypoint ${k}` : "destination";
  });
  const positions = points.map((point, k) => snapPoint(locator, costing, names[k]!, point));
  const trip = new ViaTrip(prepared, request, budget, positions, avoided);
  const search = (): SearchResult => (wanted === "front" ? trip.front() : trip.bestWeighted());
  const within = (limits: readonly number[]): SearchResult =>
    wanted === "front" ? trip.front(limits) : trip.bestWeighted(limits);
  const result =
    limitedObjectives(constraints).length === 0
      ? search()
      : searchWithin(constraints, { best: (weights) => trip.best(weights), within });
  requireFinished(result.status, budget, startedAtMs);
  if (result.unreachable) {
    if (avoided !== undefined) {
      for (const [k, position] of positions.entries()) {
        requireFreeEnd(prepared, avoided, names[k]!, position);
      }
      const free = new ViaTrip(prepared, request, budget, positions, undefined).best([1, 1, 1]);
      requireFinished(free.status, budget, startedAtMs);
      if (!free.unreachable) throw nothingLeft(avoided);
    }
    throw disconnected(prepared, positions[0]!, positions.at(-1)!);
  }
  return {
    origin: positions[0]!,
    destination: positions.at(-1)!,
    waypoints: positions.slice(1, -1),
    result: { ...result, epsilon: wanted === "front" ? (request.epsilon ?? 0) : 0 },
    warnings: [],
    legsOf: (path) =>
      legsOfChain(trip.chainOf(path)).map((leg) =>
        partsOfPath(costing, leg.from.position, leg.to.position, leg.path),
      ),
  };
}

/** The legs of a trip and the searches on them. */
class ViaTrip {
  readonly #prepared: PreparedCosting;
  readonly #request: PlanRequest;
  readonly #budget: SearchBudget;
  readonly #legs: readonly Leg[];
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
  }

  chainOf(path: Int32Array): Chain {
    return this.#chains.get(path)!;
  }

  /** The front of the request's epsilon. */
  front(limits?: readonly number[]): SearchResult {
    const { epsilon = 0 } = this.#request;
    const found = this.#frontWithin(epsilon, limits);
    // A merged label may be given up although a route just keeps the limits.
    const isSure = epsilon === 0 || limits === undefined || !found.unreachable;
    return isSure ? found : this.#frontWithin(0, limits);
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
  bestWeighted(limits?: readonly number[]): SearchResult {
    const ideal = OBJECTIVES.map((_, k) => this.#idealFrom(0, k));
    const weights = relativeWeights(this.#request.weights ?? { time: 1 }, ideal);
    if (limits === undefined) return this.best(weights);
    // Which leg should spend how much of a limit is a choice among all the routes of its front.
    return this.#asResult(leastWeighted(this.#chainsWithin(0, limits), weights));
  }

  #frontWithin(epsilon: number, limits: readonly number[] | undefined): SearchResult {
    return this.#asResult(this.#chainsWithin(epsilon, limits));
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
        if (left?.some((limit) => limit < 0) === true) return NOTHING;
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

const NOTHING: SearchResult = {
  status: "complete",
  objectiveCount: OBJECTIVES.length,
  costs: new Int32Array(0),
  paths: [],
  unreachable: true,
  pops: 0,
  labels: 0,
};

function legsOf(
  { costing, space, network, objectiveMask }: PreparedCosting,
  { uTurnsAtWaypoints }: PlanRequest,
  positions: readonly EdgePosition[],
  avoided: AvoidedRoads | undefined,
): readonly Leg[] {
  const stops: (readonly Stop[])[] = [];
  for (const [k, position] of positions.entries()) {
    const isEnd = k === 0 || k === positions.length - 1;
    const isStillThere =
      k > 0 && !isEnd && isSameJunction(costing.graph, positions[k - 1]!, position);
    if (isStillThere) stops.push(stops[k - 1]!);
    else if (isEnd || uTurnsAtWaypoints === true) stops.push([{ position, arc: undefined }]);
    else stops.push(stopsAt(costing, space.graph, position));
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

import { paretoFilter } from "@gradeway/pareto";

import type { LowerBounds } from "../search/lower-bounds.ts";
import type { SearchQuery } from "../search/search-query.ts";
import type { SearchResult, SearchStatus } from "../search/search-result.ts";
import type { Stop } from "./leg-query.ts";

/** Combinations of routes up to a stop that are looked at before a search is out of memory. */
const MOST_COMBINATIONS = 2 ** 22;

/** Routes of all legs up to a stop. */
export interface Chain {
  readonly costs: readonly number[];
  readonly before: Chain | undefined;
  readonly from: Stop;
  readonly to: Stop;
  /** Of the last leg. */
  readonly path: Int32Array;
}

/** One leg, from any stop of a waypoint to any stop of the next. */
export interface Leg {
  readonly from: readonly Stop[];
  readonly to: readonly Stop[];
  query(from: Stop, to: Stop): SearchQuery;
}

/** Legs put together. */
export interface ChainResult {
  readonly status: SearchStatus;
  /** To the stops of the last leg: none of them beaten by another one. */
  readonly chains: readonly Chain[];
  readonly pops: number;
  readonly labels: number;
}

/** Finds the bounds of a query that ends at a stop; they serve all queries that do. */
type FindBounds = (query: SearchQuery) => {
  readonly status: SearchStatus;
  readonly bounds: LowerBounds;
};

/** @param spent what the legs before have cost at least, per objective */
type SearchLeg = (
  query: SearchQuery,
  bounds: LowerBounds,
  leg: number,
  spent: readonly number[],
) => SearchResult;

/**
 * The front of a trip with waypoints, from fronts of its legs. Costs add up, and how a trip may go on
 * from a stop depends on nothing but the stop, as there is one for each direction. So a chain that another one
 * to the same stop beats leads to no route that the other one does not match; and the front to a stop is made of
 * sums of points of the fronts to the stops before and of points of the legs' fronts. With legs that are covered
 * within 1 + epsilon, so are their sums.
 */
export function searchChains(
  legs: readonly Leg[],
  findBounds: FindBounds,
  searchLeg: SearchLeg,
): ChainResult {
  let pops = 0;
  let labels = 0;
  const ended = (status: SearchStatus, chains: readonly Chain[] = []): ChainResult => ({
    status,
    chains,
    pops,
    labels,
  });
  let reached = new Map<Stop, readonly Chain[]>();
  for (const [index, leg] of legs.entries()) {
    const next = new Map<Stop, readonly Chain[]>();
    for (const to of leg.to) {
      const found: Chain[] = [];
      const [any] = leg.from;
      if (any === undefined) return ended("complete");
      const { status, bounds } = findBounds(leg.query(any, to));
      if (status !== "complete") return ended(status);
      for (const from of leg.from) {
        const before = index === 0 ? [undefined] : (reached.get(from) ?? []);
        if (before.length === 0) continue;
        const result = searchLeg(leg.query(from, to), bounds, index, leastOf(before));
        pops += result.pops;
        labels += result.labels;
        if (result.status !== "complete") return ended(result.status);
        if (found.length + before.length * result.paths.length > MOST_COMBINATIONS) {
          return ended("memory");
        }
        for (const chain of before) addLeg(chain, from, to, result, found);
      }
      if (found.length > 0) next.set(to, frontOf(found));
    }
    reached = next;
  }
  const all = [...reached.values()].flat();
  return ended("complete", all.length > 0 ? frontOf(all) : []);
}

function addLeg(
  before: Chain | undefined,
  from: Stop,
  to: Stop,
  { paths, costs, objectiveCount }: SearchResult,
  found: Chain[],
): void {
  for (const [route, path] of paths.entries()) {
    const at = route * objectiveCount;
    const own = costs.subarray(at, at + objectiveCount);
    const sum = Array.from(own, (cost, k) => cost + (before?.costs[k] ?? 0));
    found.push({ costs: sum, before, from, to, path });
  }
}

function frontOf(chains: readonly Chain[]): readonly Chain[] {
  return paretoFilter(chains.map(({ costs }) => costs)).map((index) => chains[index]!);
}

/** The least cost of some chains in each objective; nothing where no leg came before. */
function leastOf(chains: readonly (Chain | undefined)[]): readonly number[] {
  const [first] = chains;
  return (first?.costs ?? []).map((_, k) =>
    chains.reduce((least, chain) => Math.min(least, chain!.costs[k]!), Infinity),
  );
}

/** The legs of a chain in driving order. */
export function legsOfChain(chain: Chain): readonly Chain[] {
  const legs: Chain[] = [];
  for (let leg: Chain | undefined = chain; leg !== undefined; leg = leg.before) legs.unshift(leg);
  return legs;
}

import type {
  CostVector,
  QueryDirect,
  QueryEnd,
  QueryStart,
  SearchQuery,
} from "@gradeway/route-core/search";

import type { Random } from "../mulberry32.ts";
import type { Trial, TrialArc, TrialNetwork } from "./trial.ts";

/** Cost ranges: ties and zeros, ordinary fronts, and routes so alike that 1 % can merge them. */
const COST_RANGES = [
  [0, 3],
  [1, 60],
  [970, 1_000],
] as const;
const MOST_NODES = 6;
const MOST_EDGES = 10;
/** Positions on an edge are multiples of this share of it. */
const QUARTERS = 4;

/**
 * A random network with a truck that starts and ends somewhere on its edges: parallel edges, loops,
 * one-way streets, dead ends, access-only arcs, banned turns, equal and zero costs.
 */
export function randomTrial(random: Random): Trial {
  const network = randomNetwork(random);
  return { network, query: randomQuery(network, random) };
}

function integer(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

function randomNetwork(random: Random): TrialNetwork {
  const nodeCount = integer(random, 3, MOST_NODES);
  const edgeCount = integer(random, nodeCount + 2, MOST_EDGES);
  const [low, high] = COST_RANGES[integer(random, 0, COST_RANGES.length - 1)]!;
  const arc = (tail: number, head: number): TrialArc => ({
    tail,
    head,
    costs: [integer(random, low, high), integer(random, low, high), integer(random, low, high)],
    restricted: random() < 0.1,
  });
  const arcs: (TrialArc | undefined)[] = [];
  for (let edge = 0; edge < edgeCount; edge++) {
    // The first edges join every node to an earlier one, so that most trips have a route.
    const from = edge + 1 < nodeCount ? edge + 1 : integer(random, 0, nodeCount - 1);
    const to = edge + 1 < nodeCount ? integer(random, 0, edge) : integer(random, 0, nodeCount - 1);
    const open = random();
    arcs.push(open < 0.1 ? undefined : arc(from, to), open > 0.9 ? undefined : arc(to, from));
  }
  return { nodeCount, arcs, bans: randomBans(arcs, random) };
}

function randomBans(arcs: readonly (TrialArc | undefined)[], random: Random): [number, number][] {
  const bans: [number, number][] = [];
  for (const [arcIn, into] of arcs.entries()) {
    for (const [arcOut, out] of arcs.entries()) {
      if (into === undefined || into.head !== out?.tail) continue;
      if (random() < 0.04) bans.push([arcIn, arcOut]);
    }
  }
  return bans;
}

function randomQuery({ arcs }: TrialNetwork, random: Random): SearchQuery {
  const edgeCount = arcs.length / 2;
  const from = { edge: integer(random, 0, edgeCount - 1), at: integer(random, 0, QUARTERS) };
  const to = { edge: integer(random, 0, edgeCount - 1), at: integer(random, 0, QUARTERS) };
  const starts: QueryStart[] = [];
  const ends: QueryEnd[] = [];
  const direct: QueryDirect[] = [];
  for (const way of [0, 1]) {
    const origin = arcs[2 * from.edge + way];
    const destination = arcs[2 * to.edge + way];
    const driven = way === 0 ? from.at : QUARTERS - from.at;
    const until = way === 0 ? to.at : QUARTERS - to.at;
    if (origin !== undefined) {
      const costs = partOf(origin.costs, QUARTERS - driven);
      starts.push({ node: origin.head, arcId: 2 * from.edge + way, costs });
    }
    if (destination !== undefined) {
      const costs = partOf(destination.costs, until);
      ends.push({ node: destination.tail, arcId: 2 * to.edge + way, costs });
    }
    if (origin !== undefined && from.edge === to.edge && driven <= until) {
      direct.push({ arcId: 2 * from.edge + way, costs: partOf(origin.costs, until - driven) });
    }
  }
  const isOpened = (arcId: number): boolean => arcs[arcId]?.restricted === true && random() < 0.5;
  const openArcs = Int32Array.from([...arcs.keys()].filter(isOpened));
  return { starts, ends, direct, openArcs };
}

function partOf([time, money, co2e]: CostVector, quarters: number): CostVector {
  const part = (cost: number): number => Math.floor((cost * quarters) / QUARTERS);
  return [part(time), part(money), part(co2e)];
}

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
const FEWEST_NODES = 4;
const MOST_NODES = 6;
const MOST_EDGES = 15;
/** Of all edges: those that lead a step or two onward, and one-way streets among these. */
const ONWARD_SHARE = 0.85;
const ONE_WAY_SHARE = 0.8;
/** Positions on an edge are multiples of this share of it. */
const QUARTERS = 4;

/**
 * A random network with a truck that starts and ends somewhere on its edges: parallel edges, loops,
 * one-way streets, dead ends, access-only arcs, banned turns, forbidden paths, equal and zero costs. Most edges lead
 * onward from node 0, which makes for many rival routes and few walks in circles.
 */
export function randomTrial(random: Random): Trial {
  const network = randomNetwork(random);
  return { network, query: randomQuery(network, random) };
}

function integer(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

function randomNetwork(random: Random): TrialNetwork {
  const nodeCount = integer(random, FEWEST_NODES, MOST_NODES);
  const edgeCount = integer(random, 2 * nodeCount, MOST_EDGES);
  const [low, high] = COST_RANGES[integer(random, 0, COST_RANGES.length - 1)]!;
  const arc = (tail: number, head: number): TrialArc => ({
    tail,
    head,
    costs: [integer(random, low, high), integer(random, low, high), integer(random, low, high)],
    restricted: random() < 0.05,
  });
  const arcs: (TrialArc | undefined)[] = [];
  for (let edge = 0; edge < edgeCount; edge++) {
    const isOnward = random() < ONWARD_SHARE;
    const isOneWay = isOnward && random() < ONE_WAY_SHARE;
    const from = integer(random, 0, nodeCount - (isOnward ? 2 : 1));
    const to = isOnward
      ? Math.min(from + (random() < 0.8 ? 1 : 2), nodeCount - 1)
      : integer(random, 0, nodeCount - 1);
    arcs.push(arc(from, to), isOneWay ? undefined : arc(to, from));
  }
  return { nodeCount, arcs, bans: randomBans(arcs, random), paths: randomPaths(arcs, random) };
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

/** In every sixth network up to five paths of three arcs are forbidden: more would be long to walk. */
function randomPaths(arcs: readonly (TrialArc | undefined)[], random: Random): number[][] {
  if (random() < 5 / 6) return [];
  const present = [...arcs.keys()].filter((arc) => arcs[arc] !== undefined);
  const anyOf = (list: readonly number[]): number => list[integer(random, 0, list.length - 1)]!;
  const paths = Array.from({ length: integer(random, 1, 5) }, () => {
    const path = [anyOf(present)];
    while (path.length < 3) {
      const last = path.at(-1)!;
      const onward = present.filter(
        (arc) => arcs[arc]!.tail === arcs[last]!.head && arc !== (last ^ 1),
      );
      if (onward.length === 0) return [];
      path.push(anyOf(onward));
    }
    return path;
  });
  return paths.filter((path) => path.length > 0);
}

function randomQuery({ arcs }: TrialNetwork, random: Random): SearchQuery<CostVector> {
  const edgeCount = arcs.length / 2;
  const position = (edge: number) => ({ edge, at: integer(random, 0, QUARTERS) });
  const anyEdge = (): number => integer(random, 0, edgeCount - 1);
  const tailOf = (edge: number): number => arcs[2 * edge]!.tail;
  const byTail = Array.from({ length: 6 }, anyEdge).sort((a, b) => tailOf(a) - tailOf(b));
  // Three of four trucks go onward, the others anywhere.
  const isOnward = random() < 0.75;
  const from = position(isOnward ? byTail[0]! : anyEdge());
  const to = position(isOnward ? byTail[5]! : anyEdge());
  const starts: QueryStart<CostVector>[] = [];
  const ends: QueryEnd<CostVector>[] = [];
  const direct: QueryDirect<CostVector>[] = [];
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

import fc from "fast-check";

import { buildSearchGraph, INF, type SearchGraph } from "../../src/search/search-graph.ts";
import { NO_ARC, type SearchQuery } from "../../src/search/search-query.ts";
import { buildTurnBans } from "../../src/search/turn-bans.ts";

export type Costs = number[];

/** A network as plain lists, the form the oracle reads; `undefined` = not open in that direction. */
export interface SmallNetwork {
  nodeCount: number;
  arcs: ({ tail: number; head: number; costs: Costs; restricted: boolean } | undefined)[];
  bans: [number, number][];
  /** Arcs that may not be driven one right after the other; none when left out. */
  paths?: number[][];
}

export interface SmallCase {
  network: SmallNetwork;
  query: SearchQuery;
}

export function graphOf(network: SmallNetwork): SearchGraph {
  const { arcs, bans, paths, nodeCount } = network;
  const objectiveCount = arcs.find((arc) => arc !== undefined)?.costs.length ?? 3;
  const closed: Costs = Array.from({ length: objectiveCount }, () => INF);
  return buildSearchGraph({
    nodeCount,
    tails: Int32Array.from(arcs, (arc) => arc?.tail ?? 0),
    heads: Int32Array.from(arcs, (arc) => arc?.head ?? 0),
    costs: Int32Array.from(arcs.flatMap((arc) => arc?.costs ?? closed)),
    objectiveCount,
    restricted: Uint8Array.from(arcs, (arc) => (arc?.restricted === true ? 1 : 0)),
    turnBans: buildTurnBans(
      arcs.length,
      bans.map(([arcIn, arcOut]) => ({ arcIn, arcOut })),
      paths,
    ),
  });
}

export interface NetworkLimits {
  maxNodes: number;
  maxEdges: number;
  maxCost: number;
  objectives: number;
}

const TINY: NetworkLimits = { maxNodes: 7, maxEdges: 8, maxCost: 4, objectives: 3 };

/** Parallel edges, loops, one-way edges, ties, zero costs, islands, bans and restricted arcs. */
export function smallCase(given: Partial<NetworkLimits> = {}): fc.Arbitrary<SmallCase> {
  const limits = { ...TINY, ...given };
  return fc
    .integer({ min: 2, max: limits.maxNodes })
    .chain((nodeCount) => someNetwork(nodeCount, limits))
    .chain((made) => someQuery(made, limits).map((asked) => ({ network: made, query: asked })));
}

function someNetwork(nodeCount: number, limits: NetworkLimits): fc.Arbitrary<SmallNetwork> {
  const node = fc.integer({ min: 0, max: nodeCount - 1 });
  const cost = fc.integer({ min: 0, max: limits.maxCost });
  const costs = fc.array(cost, { minLength: limits.objectives, maxLength: limits.objectives });
  const restricted = fc.integer({ min: 0, max: 5 }).map((k) => k === 0);
  const edge = fc.record({
    from: node,
    to: node,
    forward: costs,
    backward: costs,
    openWays: fc.constantFrom("both", "both", "both", "forward", "backward"),
    restrictedForward: restricted,
    restrictedBackward: restricted,
  });
  return fc
    .record({
      edges: fc.array(edge, { minLength: 1, maxLength: limits.maxEdges }),
      banSeeds: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: limits.maxEdges }),
    })
    .map(({ edges, banSeeds }) => {
      const arcs = edges.flatMap((e) => [
        e.openWays === "backward"
          ? undefined
          : { tail: e.from, head: e.to, costs: e.forward, restricted: e.restrictedForward },
        e.openWays === "forward"
          ? undefined
          : { tail: e.to, head: e.from, costs: e.backward, restricted: e.restrictedBackward },
      ]);
      const turns = arcs.flatMap((arrival, a) =>
        arcs.flatMap((exit, b): [number, number][] =>
          arrival !== undefined && arrival.head === exit?.tail ? [[a, b]] : [],
        ),
      );
      const bans = turns.length === 0 ? [] : banSeeds.map(([k]) => turns[k % turns.length]!);
      return { nodeCount, arcs, bans };
    });
}

/** Half of the queries are as a snapped truck makes them, the other half are arbitrary. */
function someQuery(made: SmallNetwork, limits: NetworkLimits): fc.Arbitrary<SearchQuery> {
  const edgeCount = made.arcs.length / 2;
  const edge = fc.integer({ min: 0, max: edgeCount - 1 });
  const share = fc.integer({ min: 0, max: 4 });
  const openArcs = fc
    .subarray(made.arcs.map((_, arc) => arc))
    .map((list) => Int32Array.from(list.filter((arc) => made.arcs[arc]?.restricted === true)));
  const snapped = fc
    .record({ from: edge, to: edge, fromShare: share, toShare: share, openArcs })
    .map((asked) => snappedQuery(made, asked));
  const node = fc.integer({ min: 0, max: made.nodeCount - 1 });
  const cost = fc.integer({ min: 0, max: limits.maxCost });
  const costs = fc.array(cost, { minLength: limits.objectives, maxLength: limits.objectives });
  const noCosts: Costs = Array.from({ length: limits.objectives }, () => 0);
  const oneCost = noCosts.with(limits.objectives >> 1, 1);
  const arcs = made.arcs.flatMap((arc, id) => (arc === undefined ? [] : [{ ...arc, arcId: id }]));
  const onArc = fc.tuple(fc.constantFrom(...arcs), costs);
  const free = fc
    .record({
      starts: fc.array(onArc, { maxLength: 3 }),
      ends: fc.array(onArc, { maxLength: 3 }),
      startNodes: fc.uniqueArray(node, { maxLength: 1 }),
      endNodes: fc.uniqueArray(node, { maxLength: 1 }),
      direct: fc.array(onArc, { maxLength: 1 }),
      openArcs,
    })
    .map((asked): SearchQuery => ({
      starts: [
        ...oncePerArc(asked.starts).map(([arc, c]) => ({
          node: arc.head,
          arcId: arc.arcId,
          costs: c,
        })),
        ...asked.startNodes.map((at) => ({ node: at, arcId: NO_ARC, costs: noCosts })),
      ],
      ends: [
        ...oncePerArc(asked.ends).map(([arc, c]) => ({
          node: arc.tail,
          arcId: arc.arcId,
          costs: c,
        })),
        ...asked.endNodes.map((at) => ({ node: at, arcId: NO_ARC, costs: oneCost })),
      ],
      direct: asked.direct.map(([arc, c]) => ({ arcId: arc.arcId, costs: c })),
      openArcs: asked.openArcs,
    }));
  return fc.oneof(snapped, free);
}

interface OnArc {
  arcId: number;
  tail: number;
  head: number;
}

function oncePerArc(list: readonly [OnArc, Costs][]): [OnArc, Costs][] {
  return [...new Map(list.map((item) => [item[0].arcId, item])).values()];
}

function part(costs: Costs, quarters: number): Costs {
  return costs.map((cost) => Math.floor((cost * quarters) / 4));
}

/** Origin and destination at quarters of an edge. */
function snappedQuery(
  made: SmallNetwork,
  asked: { from: number; to: number; fromShare: number; toShare: number; openArcs: Int32Array },
): SearchQuery {
  const starts: SearchQuery["starts"][number][] = [];
  const ends: SearchQuery["ends"][number][] = [];
  const direct: SearchQuery["direct"][number][] = [];
  for (const way of [0, 1]) {
    const origin = made.arcs[asked.from * 2 + way];
    const destination = made.arcs[asked.to * 2 + way];
    const driven = way === 0 ? asked.fromShare : 4 - asked.fromShare;
    const until = way === 0 ? asked.toShare : 4 - asked.toShare;
    if (origin !== undefined) {
      const arcId = asked.from * 2 + way;
      starts.push({ node: origin.head, arcId, costs: part(origin.costs, 4 - driven) });
    }
    if (destination !== undefined) {
      const arcId = asked.to * 2 + way;
      ends.push({ node: destination.tail, arcId, costs: part(destination.costs, until) });
    }
    if (origin !== undefined && asked.from === asked.to && until >= driven) {
      direct.push({ arcId: asked.from * 2 + way, costs: part(origin.costs, until - driven) });
    }
  }
  return { starts, ends, direct, openArcs: asked.openArcs };
}

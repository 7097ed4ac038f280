import {
  buildSearchGraph,
  buildTurnBans,
  INF,
  NO_ARC,
  type SearchGraph,
  type SearchQuery,
} from "@gradeway/route-core/search";

import { METRICS, type MeasuredNetwork } from "../hierarchy/measured-network.ts";

/**
 * The graph of a network for searches. Every arc is an edge of its own, so that nothing is the way back
 * of anything: what published studies search, and what the yardstick searches.
 */
export function plainSearchGraph({ shape, costs, closed }: MeasuredNetwork): SearchGraph {
  const arcIdCount = shape.tails.length * 2;
  const tails = new Int32Array(arcIdCount);
  const heads = new Int32Array(arcIdCount);
  const restricted = new Uint8Array(arcIdCount);
  const spread = new Int32Array(arcIdCount * METRICS).fill(INF);
  for (let arc = 0; arc < shape.tails.length; arc++) {
    tails[arc * 2] = shape.tails[arc]!;
    heads[arc * 2] = shape.heads[arc]!;
    restricted[arc * 2] = closed[arc]!;
    spread.set(costs.subarray(arc * METRICS, (arc + 1) * METRICS), arc * 2 * METRICS);
  }
  const { nodeCount } = shape;
  const turnBans = buildTurnBans(arcIdCount, []);
  return buildSearchGraph({ nodeCount, tails, heads, costs: spread, restricted, turnBans });
}

/** A trip from node to node. */
export function nodeQuery(source: number, target: number): SearchQuery {
  return {
    starts: [{ node: source, arcId: NO_ARC, costs: [0, 0, 0] }],
    ends: [{ node: target, arcId: NO_ARC, costs: [0, 0, 0] }],
    direct: [],
    openArcs: new Int32Array(0),
  };
}

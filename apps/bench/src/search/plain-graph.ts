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
 * The graph of a network for searches. Two arcs between the same nodes, one each way, are one road, so
 * that a search does not go back over the road by which it came; that would lead it nowhere new. There are
 * no turn restrictions.
 */
export function plainSearchGraph(network: MeasuredNetwork): SearchGraph {
  const { shape, costs, closed } = network;
  const { arcIds, arcIdCount } = roadsOf(network);
  const tails = new Int32Array(arcIdCount);
  const heads = new Int32Array(arcIdCount);
  const restricted = new Uint8Array(arcIdCount);
  const spread = new Int32Array(arcIdCount * METRICS).fill(INF);
  for (let arc = 0; arc < shape.tails.length; arc++) {
    const id = arcIds[arc]!;
    tails[id] = shape.tails[arc]!;
    heads[id] = shape.heads[arc]!;
    restricted[id] = closed[arc]!;
    spread.set(costs.subarray(arc * METRICS, (arc + 1) * METRICS), id * METRICS);
  }
  const { nodeCount } = shape;
  const turnBans = buildTurnBans(arcIdCount, []);
  return buildSearchGraph({ nodeCount, tails, heads, costs: spread, restricted, turnBans });
}

/** An id per arc: 2e and 2e + 1 for the two ways of road e. */
function roadsOf({ shape }: MeasuredNetwork): {
  readonly arcIds: Int32Array;
  readonly arcIdCount: number;
} {
  const { nodeCount, tails, heads } = shape;
  const arcIds = new Int32Array(tails.length);
  /** By tail and head: the arc that waits for its way back. */
  const waiting = new Map<number, number>();
  let arcIdCount = 0;
  for (let arc = 0; arc < tails.length; arc++) {
    const back = heads[arc]! * nodeCount + tails[arc]!;
    const partner = waiting.get(back);
    if (partner === undefined) {
      arcIds[arc] = arcIdCount;
      arcIdCount += 2;
      waiting.set(tails[arc]! * nodeCount + heads[arc]!, arc);
    } else {
      arcIds[arc] = arcIds[partner]! + 1;
      waiting.delete(back);
    }
  }
  return { arcIds, arcIdCount };
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

import { INF } from "@gradeway/route-core/hierarchy";
import { NodeHeap } from "@gradeway/route-core/search";

import { METRICS, type MeasuredNetwork } from "./measured-network.ts";

/** A network in one metric: arcs of node n from `2 * first[n]`, head and cost in turns. */
interface PlainArcs {
  readonly first: Int32Array;
  readonly arcs: Int32Array;
}

function plainArcs({ shape, costs, closed }: MeasuredNetwork, metric: number): PlainArcs {
  const { nodeCount, tails, heads } = shape;
  const isOpen = (arc: number): boolean =>
    closed[arc] === 0 && costs[arc * METRICS + metric]! < INF;
  const first = new Int32Array(nodeCount + 1);
  for (let arc = 0; arc < tails.length; arc++) if (isOpen(arc)) first[tails[arc]! + 1]!++;
  for (let node = 0; node < nodeCount; node++) first[node + 1]! += first[node]!;
  const arcs = new Int32Array(2 * first[nodeCount]!);
  const next = first.slice();
  for (let arc = 0; arc < tails.length; arc++) {
    if (!isOpen(arc)) continue;
    const at = 2 * next[tails[arc]!]!++;
    arcs[at] = heads[arc]!;
    arcs[at + 1] = costs[arc * METRICS + metric]!;
  }
  return { first, arcs };
}

/** Dijkstra from one node to all others: the unit in which the time of an order is counted. */
export function createOneToAll(
  network: MeasuredNetwork,
  metric: number,
): (source: number) => Int32Array {
  const { first, arcs } = plainArcs(network, metric);
  const distance = new Int32Array(network.shape.nodeCount);
  const heap = new NodeHeap();
  return (source) => {
    distance.fill(INF);
    distance[source] = 0;
    heap.push(0, source);
    while (heap.size > 0) {
      heap.pop();
      const { node, distance: settled } = heap;
      if (settled > distance[node]!) continue;
      for (let at = 2 * first[node]!, end = 2 * first[node + 1]!; at < end; at += 2) {
        const reached = settled + arcs[at + 1]!;
        const head = arcs[at]!;
        if (reached >= distance[head]!) continue;
        distance[head] = reached;
        heap.push(reached, head);
      }
    }
    return distance;
  };
}

/** What one A* search found. */
export interface BoundedResult {
  /** INF = no path. */
  readonly distance: number;
  /** Nodes that were given a distance. */
  readonly touched: number;
}

/** A* between two nodes; `bound` gives consistent lower bounds to the target, INF = cannot reach it. */
export function createBoundedSearch(
  network: MeasuredNetwork,
  metric: number,
): (source: number, target: number, bound: (node: number) => number) => BoundedResult {
  const { first, arcs } = plainArcs(network, metric);
  const distance = new Int32Array(network.shape.nodeCount).fill(INF);
  const heap = new NodeHeap();
  return (source, target, bound) => {
    const touched = [source];
    heap.size = 0;
    distance[source] = 0;
    if (bound(source) < INF) heap.push(bound(source), source);
    while (heap.size > 0) {
      heap.pop();
      const { node } = heap;
      const settled = distance[node]!;
      if (node === target) break;
      if (heap.distance > settled + bound(node)) continue;
      for (let at = 2 * first[node]!, end = 2 * first[node + 1]!; at < end; at += 2) {
        const reached = settled + arcs[at + 1]!;
        const head = arcs[at]!;
        const rest = reached < distance[head]! ? bound(head) : INF;
        if (rest === INF) continue;
        if (distance[head] === INF) touched.push(head);
        distance[head] = reached;
        heap.push(reached + rest, head);
      }
    }
    const found = distance[target]!;
    for (const node of touched) distance[node] = INF;
    return { distance: found, touched: touched.length };
  };
}

import { NodeHeap } from "../../src/search/node-heap.ts";
import { INF } from "../../src/search/search-graph.ts";
import type { CostedGraph } from "./arc-graphs.ts";

/** Distances from a node to all others in one metric, into an array that is used again. */
export function createDijkstra(
  graph: Omit<CostedGraph, "x" | "y">,
): (source: number, metric: number) => Int32Array {
  const { nodeCount, metricCount, tails, heads, costs } = graph;
  const first = new Int32Array(nodeCount + 1);
  for (const tail of tails) first[tail + 1]!++;
  for (let node = 0; node < nodeCount; node++) first[node + 1]! += first[node]!;
  const arcs = new Int32Array(tails.length);
  const next = first.slice();
  for (let arc = 0; arc < tails.length; arc++) arcs[next[tails[arc]!]!++] = arc;
  const distance = new Int32Array(nodeCount);
  const heap = new NodeHeap();
  return (source, metric) => {
    distance.fill(INF);
    distance[source] = 0;
    heap.push(0, source);
    while (heap.size > 0) {
      heap.pop();
      const { node, distance: settled } = heap;
      if (settled > distance[node]!) continue;
      for (let k = first[node]!; k < first[node + 1]!; k++) {
        const arc = arcs[k]!;
        const reached = settled + costs[arc * metricCount + metric]!;
        if (reached >= distance[heads[arc]!]!) continue;
        distance[heads[arc]!] = reached;
        heap.push(reached, heads[arc]!);
      }
    }
    return distance;
  };
}

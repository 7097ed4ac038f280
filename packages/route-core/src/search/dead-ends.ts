import { IN_STRIDE, type SearchGraph } from "./search-graph.ts";

/**
 * The trees that hang on the rest of a road network by one junction each: cul-de-sacs, and valleys
 * with one way in. Per node the neighbour on the way out of its tree; -1 for the nodes of the rest.
 *
 * Whoever drives into a tree comes out where he went in, so only a trip that ends in there, or a truck
 * that needs a place to turn round, has any business in it. Access-only roads count as joining nodes
 * whether they are open or not.
 */
export function waysOutOfTrees(graph: SearchGraph): Int32Array {
  const { nodeCount } = graph;
  const wayOut = new Int32Array(nodeCount).fill(-1);
  const stripped = new Uint8Array(nodeCount);
  const queue = new Int32Array(nodeCount);
  let last = 0;
  const stripIfEnd = (node: number): void => {
    const neighbour = onlyNeighbour(graph, node, stripped);
    if (stripped[node] === 1 || neighbour === SEVERAL) return;
    stripped[node] = 1;
    wayOut[node] = neighbour;
    queue[last++] = node;
  };
  for (let node = 0; node < nodeCount; node++) stripIfEnd(node);
  for (let next = 0; next < last; next++) {
    if (wayOut[queue[next]!]! >= 0) stripIfEnd(wayOut[queue[next]!]!);
  }
  return wayOut;
}

const SEVERAL = -2;

/** The one neighbour that is not stripped, -1 for none, or `SEVERAL`. Loops do not count. */
function onlyNeighbour(graph: SearchGraph, node: number, stripped: Uint8Array): number {
  const { firstOut, outArcs, arcStride, firstIn, inArcs } = graph;
  let only = -1;
  for (let arc = firstOut[node]!; arc < firstOut[node + 1]!; arc++) {
    const other = outArcs[arc * arcStride]!;
    if (other === node || other === only || stripped[other] === 1) continue;
    if (only >= 0) return SEVERAL;
    only = other;
  }
  for (let arc = firstIn[node]!; arc < firstIn[node + 1]!; arc++) {
    const other = inArcs[arc * IN_STRIDE]!;
    if (other === node || other === only || stripped[other] === 1) continue;
    if (only >= 0) return SEVERAL;
    only = other;
  }
  return only;
}

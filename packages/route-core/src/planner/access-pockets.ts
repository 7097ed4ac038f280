import type { RoutingGraph } from "../graph/routing-graph.ts";
import { ARC_STRIDE, type SearchGraph } from "../search/search-graph.ts";

/**
 * Nodes of the largest part of the network that hangs together by open roads alone (1). Everything
 * else is either cut off or lies behind access-only roads.
 */
export function mainOpenNodes(searchGraph: SearchGraph): Uint8Array {
  const { nodeCount, restricted, firstOut, outArcs, firstIn, inArcs } = searchGraph;
  const part = new Int32Array(nodeCount).fill(-1);
  const stack = new Int32Array(nodeCount);
  let main = -1;
  let mainSize = 0;
  for (let root = 0; root < nodeCount; root++) {
    if (part[root] !== -1) continue;
    let size = 0;
    let depth = 1;
    stack[0] = root;
    part[root] = root;
    while (depth > 0) {
      const node = stack[--depth]!;
      size++;
      for (const [first, arcs] of [
        [firstOut, outArcs],
        [firstIn, inArcs],
      ] as const) {
        for (let at = first[node]!; at < first[node + 1]!; at++) {
          const other = arcs[at * ARC_STRIDE]!;
          if (restricted[arcs[at * ARC_STRIDE + 4]!] === 1 || part[other] !== -1) continue;
          part[other] = root;
          stack[depth++] = other;
        }
      }
    }
    if (size > mainSize) {
      main = root;
      mainSize = size;
    }
  }
  return Uint8Array.from(part, (root) => (root === main ? 1 : 0));
}

/**
 * Access-only arcs that a trip may use to reach the place at one of its ends: those connected to
 * the end's edge, and those around a place that open roads alone do not reach. Destination roads
 * are never through roads, so an end on the open network opens none.
 */
export function pocketArcs(
  graph: RoutingGraph,
  searchGraph: SearchGraph,
  isMain: Uint8Array,
  edge: number,
): readonly number[] {
  const { restricted, firstOut, outArcs, firstIn, inArcs } = searchGraph;
  const tail = graph.edgeTail[edge]!;
  const head = graph.edgeHead[edge]!;
  const isRestricted = restricted[2 * edge] === 1 || restricted[2 * edge + 1] === 1;
  if (!isRestricted && (isMain[tail] === 1 || isMain[head] === 1)) return [];
  const open = new Set<number>([2 * edge, 2 * edge + 1]);
  const seen = new Set<number>([tail, head]);
  const queue = [...seen];
  const visit = (first: Int32Array, arcs: Int32Array, node: number): void => {
    for (let at = first[node]! * ARC_STRIDE; at < first[node + 1]! * ARC_STRIDE; at += ARC_STRIDE) {
      const arc = arcs[at + 4]!;
      const other = arcs[at]!;
      if (restricted[arc] === 1) open.add(arc);
      else if (isMain[node] === 1 || isMain[other] === 1) continue;
      if (!seen.has(other)) {
        seen.add(other);
        queue.push(other);
      }
    }
  };
  while (queue.length > 0) {
    const node = queue.pop()!;
    visit(firstOut, outArcs, node);
    visit(firstIn, inArcs, node);
  }
  return [...open].filter((arc) => restricted[arc] === 1);
}

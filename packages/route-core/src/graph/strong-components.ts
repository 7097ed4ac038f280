import { levelOf } from "../osm/way-access.ts";
import type { EdgeColumns } from "./edge-columns.ts";

/** Strong components of the network. */
export interface StrongComponents {
  readonly nodeComponent: Int32Array;
  readonly componentNodes: Int32Array;
}

/** Finds the sets of nodes that can all reach each other over roads open to some kind of truck. */
export function strongComponents(edges: EdgeColumns): StrongComponents {
  const { firstOut, heads } = passableArcs(edges);
  return findStrongComponents(edges.nodeLonE7.length, firstOut, heads);
}

/**
 * Finds the strong components of a directed graph by Tarjan's algorithm with an explicit stack
 * (R. Tarjan, SIAM J. Comput. 1 (1972)).
 *
 * @param heads - node n has arcs to `heads[firstOut[n] .. firstOut[n + 1]]`
 */
export function findStrongComponents(
  nodeCount: number,
  firstOut: Int32Array,
  heads: Int32Array,
): StrongComponents {
  const order = new Int32Array(nodeCount);
  const low = new Int32Array(nodeCount);
  const nodeComponent = new Int32Array(nodeCount).fill(-1);
  const stack = new Int32Array(nodeCount);
  const path = new Int32Array(nodeCount);
  const nextArc = firstOut.slice(0, nodeCount);
  const sizes: number[] = [];
  let stackSize = 0;
  let clock = 0;
  for (let root = 0; root < nodeCount; root++) {
    if (order[root] !== 0) continue;
    let depth = 0;
    path[0] = root;
    order[root] = low[root] = ++clock;
    stack[stackSize++] = root;
    while (depth >= 0) {
      const node = path[depth]!;
      if (nextArc[node]! < firstOut[node + 1]!) {
        const head = heads[nextArc[node]!++]!;
        if (order[head] === 0) {
          order[head] = low[head] = ++clock;
          stack[stackSize++] = head;
          path[++depth] = head;
        } else if (nodeComponent[head]! < 0) low[node] = Math.min(low[node]!, order[head]!);
        continue;
      }
      depth--;
      if (depth >= 0) low[path[depth]!] = Math.min(low[path[depth]!]!, low[node]!);
      if (low[node] !== order[node]) continue;
      const component = sizes.length;
      let size = 0;
      let member: number;
      do {
        member = stack[--stackSize]!;
        nodeComponent[member] = component;
        size++;
      } while (member !== node);
      sizes.push(size);
    }
  }
  return { nodeComponent, componentNodes: Int32Array.from(sizes) };
}

function passableArcs(edges: EdgeColumns): { firstOut: Int32Array; heads: Int32Array } {
  const { edgeTail, edgeHead, edgeAccess } = edges;
  const nodeCount = edges.nodeLonE7.length;
  const firstOut = new Int32Array(nodeCount + 1);
  const passable = (edge: number, back: boolean): boolean =>
    levelOf(edgeAccess[edge]!, "hgv", back) > 0 || levelOf(edgeAccess[edge]!, "van", back) > 0;
  for (let edge = 0; edge < edgeTail.length; edge++) {
    if (passable(edge, false)) firstOut[edgeTail[edge]! + 1]!++;
    if (passable(edge, true)) firstOut[edgeHead[edge]! + 1]!++;
  }
  for (let node = 0; node < nodeCount; node++) firstOut[node + 1]! += firstOut[node]!;
  const heads = new Int32Array(firstOut[nodeCount]!);
  const next = firstOut.slice();
  for (let edge = 0; edge < edgeTail.length; edge++) {
    if (passable(edge, false)) heads[next[edgeTail[edge]!]!++] = edgeHead[edge]!;
    if (passable(edge, true)) heads[next[edgeHead[edge]!]!++] = edgeTail[edge]!;
  }
  return { firstOut, heads };
}

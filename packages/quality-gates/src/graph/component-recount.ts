import type { RoutingGraph } from "@gradeway/route-core";

/** Bits of the access byte that let some vehicle along an edge, and against it. */
const ALONG = 0b0011_0011;
const AGAINST = 0b1100_1100;

/**
 * Finds the strong components of a graph by Kosaraju's two passes (M. Sharir, Comput. Math. Appl. 7
 * (1981)), which share nothing with the graph's own algorithm, and says where the two disagree.
 */
export function componentFault(graph: RoutingGraph): string | undefined {
  const { nodeCount, nodeComponent, componentNodes } = graph;
  const ahead = neighbours(graph, false);
  const behind = neighbours(graph, true);
  const order = finishOrder(nodeCount, ahead);
  const component = new Int32Array(nodeCount).fill(-1);
  const stack: number[] = [];
  let count = 0;
  for (let at = nodeCount - 1; at >= 0; at--) {
    const root = order[at]!;
    if (component[root]! >= 0) continue;
    const claimed = nodeComponent[root]!;
    let size = 0;
    component[root] = count;
    stack.push(root);
    while (stack.length > 0) {
      const node = stack.pop()!;
      size++;
      if (nodeComponent[node] !== claimed) {
        return `nodes ${root} and ${node} reach each other, but are in different components`;
      }
      for (let k = behind.first[node]!; k < behind.first[node + 1]!; k++) {
        const next = behind.nodes[k]!;
        if (component[next]! >= 0) continue;
        component[next] = count;
        stack.push(next);
      }
    }
    if (componentNodes[claimed] !== size) {
      return `component ${claimed} is said to have ${componentNodes[claimed]} nodes and has ${size}`;
    }
    count++;
  }
  return count === componentNodes.length
    ? undefined
    : `there are ${count} components, not ${componentNodes.length}`;
}

interface Neighbours {
  readonly first: Int32Array;
  readonly nodes: Int32Array;
}

/** Nodes that can be driven to from each node, or from which each node can be driven to. */
function neighbours(graph: RoutingGraph, isReversed: boolean): Neighbours {
  const { nodeCount, edgeCount, edgeTail, edgeHead, edgeAccess } = graph;
  const first = new Int32Array(nodeCount + 1);
  const each = (visit: (from: number, to: number) => void): void => {
    for (let edge = 0; edge < edgeCount; edge++) {
      const tail = edgeTail[edge]!;
      const head = edgeHead[edge]!;
      if ((edgeAccess[edge]! & ALONG) !== 0)
        visit(isReversed ? head : tail, isReversed ? tail : head);
      if ((edgeAccess[edge]! & AGAINST) !== 0)
        visit(isReversed ? tail : head, isReversed ? head : tail);
    }
  };
  each((from) => first[from + 1]!++);
  for (let node = 0; node < nodeCount; node++) first[node + 1]! += first[node]!;
  const nodes = new Int32Array(first[nodeCount]!);
  const next = first.slice();
  each((from, to) => (nodes[next[from]!++] = to));
  return { first, nodes };
}

/** Nodes in the order in which a depth-first search leaves them. */
function finishOrder(nodeCount: number, { first, nodes }: Neighbours): Int32Array {
  const order = new Int32Array(nodeCount);
  const next = first.slice(0, nodeCount);
  const seen = new Uint8Array(nodeCount);
  const path: number[] = [];
  let finished = 0;
  for (let root = 0; root < nodeCount; root++) {
    if (seen[root] !== 0) continue;
    seen[root] = 1;
    path.push(root);
    while (path.length > 0) {
      const node = path.at(-1)!;
      if (next[node] === first[node + 1]) {
        path.pop();
        order[finished++] = node;
        continue;
      }
      const head = nodes[next[node]!++]!;
      if (seen[head] !== 0) continue;
      seen[head] = 1;
      path.push(head);
    }
  }
  return order;
}

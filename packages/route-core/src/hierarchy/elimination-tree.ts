import { NONE } from "./hierarchy.ts";
import type { UndirectedGraph } from "./undirected-graph.ts";

/**
 * Parent per rank in the elimination tree of an order, without the fill (J. Liu, ACM Trans. Math. Softw.
 * 12 (1986)): the root of everything lower that a node is joined to becomes its child.
 */
export function eliminationTree(
  graph: UndirectedGraph,
  order: Int32Array,
  rank: Int32Array,
): Int32Array {
  const { nodeCount, firstNeighbour, neighbours } = graph;
  const parent = new Int32Array(nodeCount).fill(NONE);
  /** Shortened ways up. */
  const ancestor = new Int32Array(nodeCount).fill(NONE);
  for (let upper = 0; upper < nodeCount; upper++) {
    const node = order[upper]!;
    for (let k = firstNeighbour[node]!; k < firstNeighbour[node + 1]!; k++) {
      let lower = rank[neighbours[k]!]!;
      while (lower < upper) {
        const above = ancestor[lower]!;
        ancestor[lower] = upper;
        if (above === NONE) {
          parent[lower] = upper;
          break;
        }
        lower = above;
      }
    }
  }
  return parent;
}

/** Number per node in a postorder of the forest: children before parents, subtrees without gaps. */
export function postorder(parent: Int32Array): Int32Array {
  const nodeCount = parent.length;
  const firstChild = new Int32Array(nodeCount).fill(NONE);
  const nextSibling = new Int32Array(nodeCount).fill(NONE);
  for (let node = nodeCount - 1; node >= 0; node--) {
    const above = parent[node]!;
    if (above === NONE) continue;
    nextSibling[node] = firstChild[above]!;
    firstChild[above] = node;
  }
  const place = new Int32Array(nodeCount);
  let count = 0;
  for (let root = 0; root < nodeCount; root++) {
    if (parent[root] !== NONE) continue;
    let node = leafBelow(root, firstChild);
    for (;;) {
      place[node] = count++;
      if (node === root) break;
      const sibling = nextSibling[node]!;
      node = sibling === NONE ? parent[node]! : leafBelow(sibling, firstChild);
    }
  }
  return place;
}

function leafBelow(node: number, firstChild: Int32Array): number {
  let leaf = node;
  while (firstChild[leaf] !== NONE) leaf = firstChild[leaf]!;
  return leaf;
}

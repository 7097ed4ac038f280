import { GrowableArray } from "../growable-array.ts";
import { eliminationTree, postorder } from "./elimination-tree.ts";
import { type Hierarchy, NONE } from "./hierarchy.ts";
import { type UndirectedGraph, undirectedGraph } from "./undirected-graph.ts";

/**
 * Builds the hierarchy of a graph for an order of its nodes. Ranks are rearranged into a postorder of
 * the elimination tree, which makes the same arcs and keeps what is searched together close together.
 *
 * @param tails,heads node per graph arc id
 * @param order graph node per rank, such as that of `nestedDissection`
 * @throws RangeError on nodes out of range and when `order` is no permutation
 */
export function buildHierarchy(
  nodeCount: number,
  tails: Int32Array,
  heads: Int32Array,
  order: Int32Array,
): Hierarchy {
  const graph = undirectedGraph(nodeCount, tails, heads);
  const ranked = inPostorder(graph, order);
  const { firstUp, upper } = chordalArcs(graph, ranked);
  const lower = new Int32Array(upper.length);
  const firstDown = new Int32Array(nodeCount + 1);
  for (let node = 0; node < nodeCount; node++) {
    lower.fill(node, firstUp[node], firstUp[node + 1]);
  }
  for (const head of upper) firstDown[head + 1]!++;
  for (let node = 0; node < nodeCount; node++) firstDown[node + 1]! += firstDown[node]!;
  const downArcs = new Int32Array(upper.length);
  const next = firstDown.slice();
  for (let arc = 0; arc < upper.length; arc++) downArcs[next[upper[arc]!]!++] = arc;
  return {
    nodeCount,
    arcCount: upper.length,
    ...ranked,
    firstBelow: subtreeStarts(ranked.parent),
    firstUp,
    upper,
    lower,
    firstDown,
    downArcs,
    arcPlace: placeArcs(tails, heads, ranked.rank, firstUp, upper),
  };
}

type Ranked = Pick<Hierarchy, "order" | "rank" | "parent">;

function inPostorder(graph: UndirectedGraph, givenOrder: Int32Array): Ranked {
  const givenRank = inverse(givenOrder, graph.nodeCount);
  const givenParent = eliminationTree(graph, givenOrder, givenRank);
  const place = postorder(givenParent);
  const order = new Int32Array(graph.nodeCount);
  const parent = new Int32Array(graph.nodeCount);
  for (let given = 0; given < place.length; given++) {
    const above = givenParent[given]!;
    order[place[given]!] = givenOrder[given]!;
    parent[place[given]!] = above === NONE ? NONE : place[above]!;
  }
  return { order, rank: inverse(order, graph.nodeCount), parent };
}

function inverse(order: Int32Array, nodeCount: number): Int32Array {
  const rank = new Int32Array(nodeCount).fill(NONE);
  for (let at = 0; at < order.length; at++) {
    if (rank[order[at]!] !== NONE) throw new RangeError(`order[${at}] is no node, or one twice`);
    rank[order[at]!] = at;
  }
  if (order.length !== nodeCount) throw new RangeError(`an order of ${order.length} nodes`);
  return rank;
}

/**
 * Arcs to higher ranks of every node: those of the graph, and those of its children in the elimination
 * tree, whose other upper ends it has to join.
 */
function chordalArcs(graph: UndirectedGraph, { order, rank, parent }: Ranked) {
  const { nodeCount, firstNeighbour, neighbours } = graph;
  const firstUp = new Int32Array(nodeCount + 1);
  const upper = new GrowableArray((n) => new Int32Array(n), 4 * nodeCount + 1);
  const seenBy = new Int32Array(nodeCount).fill(NONE);
  const firstChild = new Int32Array(nodeCount).fill(NONE);
  const nextSibling = new Int32Array(nodeCount).fill(NONE);
  for (let node = 0; node < nodeCount; node++) {
    seenBy[node] = node;
    for (let k = firstNeighbour[order[node]!]!; k < firstNeighbour[order[node]! + 1]!; k++) {
      const other = rank[neighbours[k]!]!;
      if (other < node) continue;
      seenBy[other] = node;
      upper.push(other);
    }
    for (let child = firstChild[node]!; child !== NONE; child = nextSibling[child]!) {
      for (let k = firstUp[child]!; k < firstUp[child + 1]!; k++) {
        const other = upper.at(k);
        if (seenBy[other] === node) continue;
        seenBy[other] = node;
        upper.push(other);
      }
    }
    firstUp[node + 1] = upper.length;
    const above = parent[node]!;
    if (above === NONE) continue;
    nextSibling[node] = firstChild[above]!;
    firstChild[above] = node;
  }
  return { firstUp, upper: sortRows(firstUp, upper.toArray()) };
}

/** Sorts every row by turning the table round twice. */
function sortRows(first: Int32Array, entries: Int32Array): Int32Array {
  const rowCount = first.length - 1;
  const firstOf = new Int32Array(rowCount + 1);
  for (const entry of entries) firstOf[entry + 1]!++;
  for (let row = 0; row < rowCount; row++) firstOf[row + 1]! += firstOf[row]!;
  const rowsOf = new Int32Array(entries.length);
  const next = firstOf.slice();
  for (let row = 0; row < rowCount; row++) {
    for (let k = first[row]!; k < first[row + 1]!; k++) rowsOf[next[entries[k]!]!++] = row;
  }
  const sorted = new Int32Array(entries.length);
  const filled = first.slice();
  for (let entry = 0; entry < rowCount; entry++) {
    for (let k = firstOf[entry]!; k < firstOf[entry + 1]!; k++) {
      sorted[filled[rowsOf[k]!]!++] = entry;
    }
  }
  return sorted;
}

/** In postorder a subtree begins where that of its first child does. */
function subtreeStarts(parent: Int32Array): Int32Array {
  const firstBelow = Int32Array.from(parent, (_, node) => node);
  for (let node = 0; node < parent.length; node++) {
    const above = parent[node]!;
    if (above !== NONE && firstBelow[node]! < firstBelow[above]!) {
      firstBelow[above] = firstBelow[node]!;
    }
  }
  return firstBelow;
}

function placeArcs(
  tails: Int32Array,
  heads: Int32Array,
  rank: Int32Array,
  firstUp: Int32Array,
  upper: Int32Array,
): Int32Array {
  const arcPlace = new Int32Array(tails.length).fill(NONE);
  for (let arc = 0; arc < tails.length; arc++) {
    const tail = rank[tails[arc]!]!;
    const head = rank[heads[arc]!]!;
    if (tail === head) continue;
    const found = findArc(firstUp, upper, Math.min(tail, head), Math.max(tail, head));
    arcPlace[arc] = 2 * found + (tail < head ? 0 : 1);
  }
  return arcPlace;
}

/** The arc between two ranks that are joined. */
function findArc(
  firstUp: Int32Array,
  upper: Int32Array,
  lowerRank: number,
  upperRank: number,
): number {
  let low = firstUp[lowerRank]!;
  let high = firstUp[lowerRank + 1]! - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (upper[middle]! < upperRank) low = middle + 1;
    else high = middle;
  }
  return low;
}

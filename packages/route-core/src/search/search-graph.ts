import type { TurnBans } from "./turn-bans.ts";

/** "No such arc" in costs and "cannot reach" in bounds. */
export const INF = 2 ** 30 - 1;

/** Every cost a queue key holds must stay below this (keys pack two costs into one float). */
export const COST_LIMIT = 2 ** 26;

/** Ints per arc in `outArcs` and `inArcs`. */
export const ARC_STRIDE = 5;

/** Backward search keys pack a distance of 30 bits and a node of 23 bits. */
const MAX_NODES = 2 ** 23;

/**
 * Directed road graph with three integer costs per arc, as flat arrays that threads may share.
 *
 * Arc ids: `2 * edge` forward, `2 * edge + 1` backward, so the reverse of arc `a` is `a ^ 1`.
 */
export interface SearchGraph {
  readonly nodeCount: number;
  readonly arcIdCount: number;
  /** Int32Array(nodeCount + 1), counted in arcs. */
  readonly firstOut: Int32Array;
  /** Stride 5: head, cost 0, cost 1, cost 2, arc id. */
  readonly outArcs: Int32Array;
  /** Int32Array(nodeCount + 1), counted in arcs. */
  readonly firstIn: Int32Array;
  /** Stride 5: tail, cost 0, cost 1, cost 2, arc id. */
  readonly inArcs: Int32Array;
  /** Per arc id; 1 = access only: usable only where the query opens it. */
  readonly restricted: Uint8Array;
  readonly turnBans: TurnBans;
}

/**
 * Builds both adjacency arrays. Parallel arcs and loops are kept (a loop is a way to turn round);
 * an arc whose first cost is `INF` or more is left out.
 *
 * @param tails,heads node per arc id
 * @param costs 3 per arc id, each >= 0
 * @throws RangeError on arrays of the wrong length, nodes out of range or negative costs
 */
export function buildSearchGraph(
  nodeCount: number,
  arcIdCount: number,
  tails: Int32Array,
  heads: Int32Array,
  costs: Int32Array,
  restricted: Uint8Array,
  turnBans: TurnBans,
): SearchGraph {
  if (nodeCount > MAX_NODES) throw new RangeError(`more than ${MAX_NODES} nodes`);
  requireLength("tails", tails, arcIdCount);
  requireLength("heads", heads, arcIdCount);
  requireLength("costs", costs, arcIdCount * 3);
  requireLength("restricted", restricted, arcIdCount);
  requireLength("turnBans.first", turnBans.first, arcIdCount + 1);
  requireArcs(nodeCount, tails, heads, costs);
  const out = adjacency(nodeCount, tails, heads, costs);
  const into = adjacency(nodeCount, heads, tails, costs);
  return {
    nodeCount,
    arcIdCount,
    firstOut: out.first,
    outArcs: out.arcs,
    firstIn: into.first,
    inArcs: into.arcs,
    restricted,
    turnBans,
  };
}

/** Counting sort of the present arcs by `from`; arcs of one node stay in arc id order. */
function adjacency(nodeCount: number, from: Int32Array, to: Int32Array, costs: Int32Array) {
  const first = new Int32Array(nodeCount + 1);
  for (let arc = 0; arc < from.length; arc++) {
    if (costs[arc * 3]! < INF) first[from[arc]! + 1]! += 1;
  }
  for (let node = 0; node < nodeCount; node++) first[node + 1]! += first[node]!;
  const next = first.slice();
  const arcs = new Int32Array(first[nodeCount]! * ARC_STRIDE);
  for (let arc = 0; arc < from.length; arc++) {
    if (costs[arc * 3]! >= INF) continue;
    const node = from[arc]!;
    const at = next[node]! * ARC_STRIDE;
    next[node]! += 1;
    arcs[at] = to[arc]!;
    arcs[at + 1] = costs[arc * 3]!;
    arcs[at + 2] = costs[arc * 3 + 1]!;
    arcs[at + 3] = costs[arc * 3 + 2]!;
    arcs[at + 4] = arc;
  }
  return { first, arcs };
}

function requireArcs(
  nodeCount: number,
  tails: Int32Array,
  heads: Int32Array,
  costs: Int32Array,
): void {
  for (let arc = 0; arc < tails.length; arc++) {
    if (costs[arc * 3]! >= INF) continue;
    const tail = tails[arc]!;
    const head = heads[arc]!;
    if (tail < 0 || tail >= nodeCount || head < 0 || head >= nodeCount) {
      throw new RangeError(`arc ${arc} joins ${tail} and ${head}, not nodes 0..${nodeCount - 1}`);
    }
    for (let k = arc * 3; k < arc * 3 + 3; k++) {
      if (costs[k]! < 0) throw new RangeError(`arc ${arc} has the negative cost ${costs[k]}`);
    }
  }
}

function requireLength(name: string, array: ArrayLike<number>, length: number): void {
  if (array.length !== length) {
    throw new RangeError(`${name} has ${array.length} entries, not ${length}`);
  }
}

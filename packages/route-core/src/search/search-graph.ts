import { type ArrayTaker, newArrays } from "../array-taker.ts";
import type { TurnBans } from "./turn-bans.ts";

/** "No such arc" in costs and "cannot reach" in bounds. */
export const INF = 2 ** 30 - 1;

/** Every cost a queue key holds must stay below this (keys pack two costs into one float). */
export const COST_LIMIT = 2 ** 26;

/** Objectives that a search can weigh against each other. */
export const MOST_OBJECTIVES = 4;

/** Columns of an arc in `outArcs`; the fourth cost, where there is one, comes last. */
export const FIRST_COST = 1;
export const ARC_ID = 4;
export const FOURTH_COST = 5;

/** Ints per arc in `inArcs`: tail, where in `outArcs`. */
export const IN_STRIDE = 2;

/** Backward search keys pack a distance of 30 bits and a node of 23 bits. */
const MAX_NODES = 2 ** 23;

/**
 * Directed road graph with integer costs per arc, as flat arrays that threads may share.
 *
 * Arc ids: `2 * edge` forward, `2 * edge + 1` backward, so the reverse of arc `a` is `a ^ 1`.
 */
export interface SearchGraph {
  readonly nodeCount: number;
  readonly arcIdCount: number;
  /** 1 to 4. */
  readonly objectiveCount: number;
  /** Ints per arc in `outArcs`: 5, or 6 with four objectives. */
  readonly arcStride: number;
  /** Int32Array(nodeCount + 1), counted in arcs. */
  readonly firstOut: Int32Array;
  /** Per arc: head, cost 0, cost 1, cost 2, arc id, cost 3. A cost there is no objective for is 0. */
  readonly outArcs: Int32Array;
  /** Int32Array(nodeCount + 1), counted in arcs. */
  readonly firstIn: Int32Array;
  /** Stride 2: tail, where the arc begins in `outArcs`. */
  readonly inArcs: Int32Array;
  /** Per arc id; 1 = access only: usable only where the query opens it. */
  readonly restricted: Uint8Array;
  readonly turnBans: TurnBans;
}

/** What {@link buildSearchGraph} makes a graph of. */
export interface SearchGraphParts {
  readonly nodeCount: number;
  /** Node per arc id. */
  readonly tails: Int32Array;
  readonly heads: Int32Array;
  /** One per objective and arc id, each >= 0, those of an arc side by side. */
  readonly costs: Int32Array;
  /** 1 to 4; default 3. */
  readonly objectiveCount?: number;
  readonly restricted: Uint8Array;
  readonly turnBans: TurnBans;
  /** Where adjacency goes; new arrays when left out. */
  readonly arrays?: ArrayTaker;
}

/**
 * Builds both adjacency arrays. Parallel arcs and loops are kept (a loop is a way to turn round);
 * an arc whose first cost is `INF` or more is left out.
 *
 * @throws RangeError on arrays of the wrong length, nodes out of range or negative costs
 */
export function buildSearchGraph(parts: SearchGraphParts): SearchGraph {
  const { nodeCount, tails, heads, restricted, turnBans, objectiveCount = 3 } = parts;
  const arcIdCount = tails.length;
  requireParts(parts, objectiveCount);
  const arcStride = objectiveCount > 3 ? 6 : 5;
  const arrays = parts.arrays ?? newArrays;
  const firstOut = countRows(arrays.int32(nodeCount + 1), tails, parts.costs, objectiveCount);
  const firstIn = countRows(arrays.int32(nodeCount + 1), heads, parts.costs, objectiveCount);
  const outArcs = arrays.int32(firstOut[nodeCount]! * arcStride);
  const inArcs = arrays.int32(firstIn[nodeCount]! * IN_STRIDE);
  const nextOut = firstOut.slice();
  const nextIn = firstIn.slice();
  for (let arc = 0; arc < arcIdCount; arc++) {
    const from = arc * objectiveCount;
    if (parts.costs[from]! >= INF) continue;
    const at = nextOut[tails[arc]!]! * arcStride;
    nextOut[tails[arc]!]! += 1;
    outArcs[at] = heads[arc]!;
    outArcs[at + ARC_ID] = arc;
    for (let k = 0; k < objectiveCount; k++) {
      outArcs[at + (k < 3 ? FIRST_COST + k : FOURTH_COST)] = parts.costs[from + k]!;
    }
    const into = nextIn[heads[arc]!]! * IN_STRIDE;
    nextIn[heads[arc]!]! += 1;
    inArcs[into] = tails[arc]!;
    inArcs[into + 1] = at;
  }
  return {
    nodeCount,
    arcIdCount,
    objectiveCount,
    arcStride,
    firstOut,
    outArcs,
    firstIn,
    inArcs,
    restricted,
    turnBans,
  };
}

/** Finds a graph of three objectives that {@link buildSearchGraph} has put into arrays. */
export function openSearchGraph(
  parts: Pick<SearchGraphParts, "nodeCount" | "restricted" | "turnBans">,
  arrays: ArrayTaker,
): SearchGraph {
  const { nodeCount, restricted, turnBans } = parts;
  const arcStride = 5;
  const firstOut = arrays.int32(nodeCount + 1);
  const firstIn = arrays.int32(nodeCount + 1);
  return {
    nodeCount,
    arcIdCount: restricted.length,
    objectiveCount: 3,
    arcStride,
    firstOut,
    outArcs: arrays.int32(firstOut[nodeCount]! * arcStride),
    firstIn,
    inArcs: arrays.int32(firstIn[nodeCount]! * IN_STRIDE),
    restricted,
    turnBans,
  };
}

/** Where in `outArcs` an arc that leaves `node` begins, or -1. */
export function findOutArc(graph: SearchGraph, node: number, arcId: number): number {
  const { firstOut, outArcs, arcStride } = graph;
  const end = firstOut[node + 1]! * arcStride;
  for (let at = firstOut[node]! * arcStride; at < end; at += arcStride) {
    if (outArcs[at + ARC_ID] === arcId) return at;
  }
  return -1;
}

/** Where in `inArcs` an arc that enters `node` begins, or -1. */
export function findInArc(graph: SearchGraph, node: number, arcId: number): number {
  const { firstIn, inArcs, outArcs } = graph;
  const end = firstIn[node + 1]! * IN_STRIDE;
  for (let at = firstIn[node]! * IN_STRIDE; at < end; at += IN_STRIDE) {
    if (outArcs[inArcs[at + 1]! + ARC_ID] === arcId) return at;
  }
  return -1;
}

/** Cost `k` of the arc that begins at `at` in `outArcs`. */
export function arcCost({ outArcs }: SearchGraph, at: number, k: number): number {
  return outArcs[at + (k < 3 ? FIRST_COST + k : FOURTH_COST)]!;
}

/** Rows of the present arcs by `nodes`; a counting sort puts the arcs of one node in arc id order. */
function countRows(
  first: Int32Array,
  nodes: Int32Array,
  costs: Int32Array,
  objectiveCount: number,
): Int32Array {
  for (let arc = 0; arc < nodes.length; arc++) {
    if (costs[arc * objectiveCount]! < INF) first[nodes[arc]! + 1]! += 1;
  }
  for (let row = 1; row < first.length; row++) first[row]! += first[row - 1]!;
  return first;
}

function requireParts(parts: SearchGraphParts, objectiveCount: number): void {
  const { nodeCount, tails, heads, costs } = parts;
  if (nodeCount > MAX_NODES) throw new RangeError(`more than ${MAX_NODES} nodes`);
  if (
    !(Number.isInteger(objectiveCount) && objectiveCount >= 1 && objectiveCount <= MOST_OBJECTIVES)
  ) {
    throw new RangeError(`${objectiveCount} objectives; a search takes 1 to ${MOST_OBJECTIVES}`);
  }
  requireLength("heads", heads, tails.length);
  requireLength("costs", costs, tails.length * objectiveCount);
  requireLength("restricted", parts.restricted, tails.length);
  const stateCount = tails.length + parts.turnBans.states.arcs.length;
  requireLength("turnBans.first", parts.turnBans.first, stateCount + 1);
  for (let arc = 0; arc < tails.length; arc++) {
    if (costs[arc * objectiveCount]! >= INF) continue;
    const tail = tails[arc]!;
    const head = heads[arc]!;
    if (tail < 0 || tail >= nodeCount || head < 0 || head >= nodeCount) {
      throw new RangeError(`arc ${arc} joins ${tail} and ${head}, not nodes 0..${nodeCount - 1}`);
    }
    for (let k = arc * objectiveCount; k < (arc + 1) * objectiveCount; k++) {
      if (costs[k]! < 0) throw new RangeError(`arc ${arc} has the negative cost ${costs[k]}`);
    }
  }
}

function requireLength(name: string, array: ArrayLike<number>, length: number): void {
  if (array.length !== length) {
    throw new RangeError(`${name} has ${array.length} entries, not ${length}`);
  }
}

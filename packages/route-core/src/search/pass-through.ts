import { type ArrayTaker, newArrays } from "../array-taker.ts";
import { type ArcFlags, CLOSED, CONSTRAINING, INTO_TREE } from "./arc-flags.ts";
import { ARC_ID, IN_STRIDE, type SearchGraph } from "./search-graph.ts";
import type { SearchQuery } from "./search-query.ts";

/** There is more than one way on, or none, or a reason to stop. */
const STOP = -1;

/**
 * Where a label has no choice: nodes with one way on, dead ends and the way back apart. Comparing labels
 * there only repeats what the next junction does, so a search goes through to that in one step.
 */
export class PassThrough {
  /** Per arc id: where in `outArcs` the only arc begins that may follow it, or -1. */
  readonly next: Int32Array;
  readonly #graph: SearchGraph;
  readonly #arcs: ArcFlags;
  /** Per arc id; made for the first query that keeps away from roads. */
  #tails: Int32Array | undefined;
  readonly #stopped: number[] = [];
  readonly #nextBefore: number[] = [];

  /**
   * @param arcs - before any query
   * @param next - as `onlyArcsOn` gives it; it stays as it is
   */
  constructor(graph: SearchGraph, arcs: ArcFlags, next = onlyArcsOn(graph, arcs.flags)) {
    this.#graph = graph;
    this.#arcs = arcs;
    this.next = next.slice();
  }

  /** Takes back what the query before has changed, and stops labels wherever this one ends. */
  begin(query: SearchQuery): void {
    while (this.#stopped.length > 0) this.next[this.#stopped.pop()!] = this.#nextBefore.pop()!;
    for (const arc of query.avoidedArcs ?? []) this.#stopAt(this.#tailOf(arc));
    for (const { node } of query.ends) {
      for (let at = node; at >= 0; at = this.#arcs.wayOutOf(at)) this.#stopAt(at);
    }
  }

  #tailOf(arc: number): number {
    this.#tails ??= tailsOf(this.#graph);
    return this.#tails[arc]!;
  }

  #stopAt(node: number): void {
    const { firstIn, inArcs, outArcs } = this.#graph;
    const end = firstIn[node + 1]! * IN_STRIDE;
    for (let at = firstIn[node]! * IN_STRIDE; at < end; at += IN_STRIDE) {
      const arc = outArcs[inArcs[at + 1]! + ARC_ID]!;
      if (this.next[arc] === STOP) continue;
      this.#stopped.push(arc);
      this.#nextBefore.push(this.next[arc]!);
      this.next[arc] = STOP;
    }
  }
}

/**
 * Per arc id: where in `outArcs` the only arc begins that may follow it, or -1.
 *
 * @param flags - of the arcs, before any query
 * @param arrays - where the table goes, or where it is already
 */
export function onlyArcsOn(
  graph: SearchGraph,
  flags: Uint8Array,
  arrays: ArrayTaker = newArrays,
): Int32Array {
  const next = arrays.int32(graph.arcIdCount);
  if (arrays.isFilled) return next;
  next.fill(STOP);
  for (let node = 0; node < graph.nodeCount; node++) passNode(graph, flags, node, next);
  openRings(graph, next);
  return next;
}

/** Sets what follows the arcs that lead to a node. */
function passNode(graph: SearchGraph, flags: Uint8Array, node: number, next: Int32Array): void {
  const { firstOut, outArcs, arcStride, firstIn, inArcs } = graph;
  const from = firstOut[node]! * arcStride;
  const to = firstOut[node + 1]! * arcStride;
  for (let at = from; at < to; at += arcStride) {
    // A query may open it.
    if ((flags[outArcs[at + ARC_ID]!]! & CLOSED) !== 0) return;
  }
  const end = firstIn[node + 1]! * IN_STRIDE;
  for (let into = firstIn[node]! * IN_STRIDE; into < end; into += IN_STRIDE) {
    const arc = outArcs[inArcs[into + 1]! + ARC_ID]!;
    if ((flags[arc]! & CONSTRAINING) === 0) next[arc] = onlyWayOn(graph, flags, from, to, arc ^ 1);
  }
}

function onlyWayOn(
  { outArcs, arcStride }: SearchGraph,
  flags: Uint8Array,
  from: number,
  to: number,
  back: number,
): number {
  let only = STOP;
  for (let at = from; at < to; at += arcStride) {
    const arc = outArcs[at + ARC_ID]!;
    if (arc === back || (flags[arc]! & INTO_TREE) !== 0) continue;
    if (only !== STOP || (flags[arc]! & CONSTRAINING) !== 0) return STOP;
    only = at;
  }
  return only;
}

/** Breaks rings without a junction, round which a label would go for ever. */
function openRings({ outArcs }: SearchGraph, next: Int32Array): void {
  const seenFrom = new Int32Array(next.length).fill(-1);
  for (let start = 0; start < next.length; start++) {
    for (let arc = start; seenFrom[arc] === -1 || seenFrom[arc] === start;) {
      if (seenFrom[arc] === start) next[arc] = STOP;
      seenFrom[arc] = start;
      if (next[arc] === STOP) break;
      arc = outArcs[next[arc]! + ARC_ID]!;
    }
  }
}

function tailsOf({ nodeCount, arcIdCount, firstOut, outArcs, arcStride }: SearchGraph): Int32Array {
  const tails = new Int32Array(arcIdCount);
  for (let node = 0; node < nodeCount; node++) {
    const end = firstOut[node + 1]! * arcStride;
    for (let at = firstOut[node]! * arcStride; at < end; at += arcStride) {
      tails[outArcs[at + ARC_ID]!] = node;
    }
  }
  return tails;
}

import { type ArrayTaker, newArrays } from "../array-taker.ts";
import { waysOutOfTrees } from "./dead-ends.ts";
import {
  ARC_ID,
  arcCost,
  findInArc,
  findOutArc,
  IN_STRIDE,
  type SearchGraph,
} from "./search-graph.ts";
import type { QueryEnd, QueryStart, SearchQuery } from "./search-query.ts";

/** A label that arrived by this arc lacks some continuation. */
export const CONSTRAINING = 1;
/** There is no way back over this arc. */
export const NO_WAY_BACK = 2;
/** Leads into a tree from which there is no other way out: see dead-ends.ts. */
export const INTO_TREE = 4;
/** May not be used by this query. */
export const CLOSED = 8;
/** Labels that arrived by this arc have a front of their own in this query. */
export const HAS_FRONT = 16;
/** This query keeps away from it. */
export const AVOIDED = 32;
/** Some way on from this state leads to a further one (see turn-states.ts). */
export const REMEMBERED = 64;
/** What an unconstrained label does not go over. */
export const UNUSEFUL = CLOSED | INTO_TREE | AVOIDED;

/**
 * What a search has to know of each arc and each further state, and which labels may dominate those that arrived at the same
 * node by another arc.
 *
 * A label that arrived over `a` lacks the continuations banned after `a` and the way back `a ^ 1`.
 * Without bans, the way back costs nothing to lack: it leads to where the label's parent stood,
 * which was there for less and (if it is unconstrained itself) may go on as the other label would.
 * So a label is constrained when its arc has bans, or when its parent is constrained and a way back
 * exists; an unconstrained label may dominate every label at its node. Three cases at the ends of a
 * route break the argument and are marked per query: no label stands for the parent of a start
 * label, or none for the parent of a label that drove past the destination.
 *
 * Where paths are forbidden, read "state" for "arc": an arc that begins one constrains like an arc with
 * bans, and so do all further states. An unconstrained label remembers nothing; wherever another one
 * may go from there on, it may go too, as a truck that remembers more is never allowed more.
 *
 * By the same argument an unconstrained label has nothing to gain in a dead end, unless the trip ends
 * there: it would come back to where it stood, later and at more cost.
 */
export class ArcFlags {
  /** Per arc id, then per further state; of those `CONSTRAINING`, `REMEMBERED` and `HAS_FRONT`. */
  readonly flags: Uint8Array;
  /** False when no label of this query can be constrained. */
  anyConstrained = false;
  readonly #graph: SearchGraph;
  readonly #graphHasBans: boolean;
  readonly #wayOut: Int32Array;
  readonly #changedArcs: number[] = [];
  readonly #flagsBefore: number[] = [];
  #avoidedArcs: Int32Array | undefined;

  /** @param facts - of the graph; they stay as they are */
  constructor(graph: SearchGraph, facts = arcFacts(graph)) {
    this.#graph = graph;
    this.#graphHasBans = graph.turnBans.banned.length > 0;
    this.#wayOut = facts.wayOut;
    this.flags = facts.flags.slice();
  }

  /** Takes back what the query before has changed, and sets up this one. */
  begin(query: SearchQuery): void {
    while (this.#changedArcs.length > 0) {
      this.flags[this.#changedArcs.pop()!] = this.#flagsBefore.pop()!;
    }
    for (const arc of this.#avoidedArcs ?? []) this.flags[arc]! &= ~AVOIDED;
    this.#avoidedArcs = query.avoidedArcs?.slice();
    for (const arc of this.#avoidedArcs ?? []) this.flags[arc]! |= AVOIDED;
    this.anyConstrained = this.#graphHasBans;
    for (const arc of query.openArcs) this.#change(arc, this.flags[arc]! & ~CLOSED);
    for (const end of query.ends) {
      this.#openTree(end.node);
      this.#markPassing(query, end);
    }
    if (query.starts.some((start) => this.isStartConstrained(query, start))) {
      this.anyConstrained = true;
    }
  }

  /** The neighbour on the way out of the dead end that a node lies in, or -1. */
  wayOutOf(node: number): number {
    return this.#wayOut[node]!;
  }

  isClosed(arc: number): boolean {
    return (this.flags[arc]! & (CLOSED | AVOIDED)) !== 0;
  }

  /** Notes that the labels of a state have a front of their own. */
  markFront(state: number): void {
    this.#change(state, this.flags[state]! | HAS_FRONT);
  }

  isStartConstrained(query: SearchQuery, start: QueryStart): boolean {
    if (start.arcId < 0) return false;
    if ((this.flags[start.state ?? start.arcId]! & CONSTRAINING) !== 0) return true;
    const back = start.arcId ^ 1;
    for (const end of query.ends) {
      if (end.arcId !== back || end.node !== start.node) continue;
      const sum = start.costs.map((cost, k) => cost + end.costs[k]!);
      if (!query.direct.some((direct) => isAtMost(direct.costs, sum))) return true;
    }
    const at = findOutArc(this.#graph, start.node, back);
    if (at < 0) return false;
    const tail = this.#graph.outArcs[at]!;
    // Who comes back remembers that arc at least; a start that remembers more does not stand for him.
    return !query.starts.some(
      ({ arcId, state = arcId, node, costs }) =>
        arcId === back && state === back && node === tail && this.#isWithin(costs, at),
    );
  }

  /** A label that drives past the destination may lack the way back to it. */
  #markPassing(query: SearchQuery, end: QueryEnd): void {
    const arc = end.arcId ^ 1;
    const passing = findInArc(this.#graph, end.node, arc);
    if (end.arcId < 0 || passing < 0) return;
    const tail = this.#graph.inArcs[passing]!;
    const at = this.#graph.inArcs[passing + 1]!;
    this.#change(arc, this.flags[arc]! & ~NO_WAY_BACK);
    // A label before the arc could have ended there for at most its cost.
    const endsBefore = query.ends.some(
      (other) => other.arcId === arc && other.node === tail && this.#isWithin(other.costs, at),
    );
    if (endsBefore) return;
    this.#change(arc, this.flags[arc]! | CONSTRAINING);
    this.anyConstrained = true;
  }

  #isWithin(costs: readonly number[], at: number): boolean {
    return costs.every((cost, k) => cost <= arcCost(this.#graph, at, k));
  }

  #openTree(node: number): void {
    const { firstIn, inArcs, outArcs } = this.#graph;
    for (let inside = node; this.#wayOut[inside]! >= 0; inside = this.#wayOut[inside]!) {
      const end = firstIn[inside + 1]! * IN_STRIDE;
      for (let at = firstIn[inside]! * IN_STRIDE; at < end; at += IN_STRIDE) {
        if (inArcs[at] !== this.#wayOut[inside]) continue;
        const arc = outArcs[inArcs[at + 1]! + ARC_ID]!;
        this.#change(arc, this.flags[arc]! & ~INTO_TREE);
      }
    }
  }

  #change(arc: number, flags: number): void {
    if (flags === this.flags[arc]) return;
    this.#changedArcs.push(arc);
    this.#flagsBefore.push(this.flags[arc]!);
    this.flags[arc] = flags;
  }
}

/** What is known of the arcs of a graph before any query. */
export interface ArcFacts {
  /** Per arc id, then per further state. */
  readonly flags: Uint8Array;
  /** Per node, as `waysOutOfTrees` gives them. */
  readonly wayOut: Int32Array;
}

/** @param arrays - where the facts go, or where they are already */
export function arcFacts(graph: SearchGraph, arrays: ArrayTaker = newArrays): ArcFacts {
  const flags = arrays.uint8(graph.arcIdCount + graph.turnBans.states.arcs.length);
  const wayOut = arrays.int32(graph.nodeCount);
  if (!arrays.isFilled) {
    wayOut.set(waysOutOfTrees(graph));
    setFlags(graph, wayOut, flags);
  }
  return { flags, wayOut };
}

function setFlags(graph: SearchGraph, wayOut: Int32Array, flags: Uint8Array): void {
  const { first, states } = graph.turnBans;
  const { firstOut, outArcs, arcStride, restricted } = graph;
  const present = new Uint8Array(graph.arcIdCount + 1);
  for (let node = 0; node < graph.nodeCount; node++) {
    const end = firstOut[node + 1]! * arcStride;
    for (let at = firstOut[node]! * arcStride; at < end; at += arcStride) {
      const head = outArcs[at]!;
      const arc = outArcs[at + ARC_ID]!;
      present[arc] = 1;
      if (wayOut[head] === node) flags[arc] = INTO_TREE;
    }
  }
  for (let arc = 0; arc < graph.arcIdCount; arc++) {
    if (first[arc]! < first[arc + 1]!) flags[arc]! |= CONSTRAINING;
    if (present[arc ^ 1] === 0) flags[arc]! |= NO_WAY_BACK;
    if (restricted[arc] !== 0) flags[arc]! |= CLOSED;
  }
  flags.fill(CONSTRAINING, graph.arcIdCount);
  for (const state of states.stepFrom) flags[state]! |= CONSTRAINING | REMEMBERED;
}

function isAtMost(costs: readonly number[], limits: readonly number[]): boolean {
  return costs.every((cost, k) => cost <= limits[k]!);
}

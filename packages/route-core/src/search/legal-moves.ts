import { type ArcFlags, AVOIDED, CLOSED, INTO_TREE } from "./arc-flags.ts";
import { ARC_ID, type SearchGraph } from "./search-graph.ts";
import { NO_ARC, type QueryEnd, type SearchQuery } from "./search-query.ts";
import { isBanned } from "./turn-bans.ts";
import { arcOfState, isWeaker, nextState } from "./turn-states.ts";

/** The way back over `NO_ARC`: there is none. */
export const NO_BACK = NO_ARC ^ 1;

/** What an unconstrained label does not go over. */
const UNUSEFUL = CLOSED | INTO_TREE | AVOIDED;

/**
 * The rules of movement, in one place for every kernel.
 *
 * Arc `b` may follow arc `a` when the pair is no banned turn, `b` is open (not restricted, or opened
 * by the query) and not avoided, and `b` is not the reverse of `a`: a truck turns round only where
 * nothing else is allowed after `a`, avoided or not. The query's end arcs count as arcs that leave their
 * node. Nor may `b` be the last arc of a forbidden path that the truck has driven so far; that alone
 * makes no dead end, so a truck that remembers more is never allowed more.
 */
export class LegalMoves {
  /**
   * What was collected: an offset in `graph.outArcs` (>= 0), or `~k` for `ends[k]` of the query.
   * Replaced by `begin`.
   */
  moves = new Int32Array(16);
  ends: readonly QueryEnd[] = [];
  /** Four per end; 0 where there is no objective. */
  endCosts = new Int32Array(0);
  readonly #graph: SearchGraph;
  readonly #flags: Uint8Array;
  readonly #maxOut: number;
  readonly #firstEndAt: Int32Array;
  #nextEnd = new Int32Array(0);

  constructor(graph: SearchGraph, { flags }: ArcFlags) {
    this.#graph = graph;
    this.#flags = flags;
    this.#firstEndAt = new Int32Array(graph.nodeCount).fill(-1);
    let maxOut = 0;
    for (let node = 0; node < graph.nodeCount; node++) {
      maxOut = Math.max(maxOut, graph.firstOut[node + 1]! - graph.firstOut[node]!);
    }
    this.#maxOut = maxOut;
  }

  /** Takes back what the query before had added, and sets up this one. */
  begin(query: SearchQuery): void {
    for (const end of this.ends) this.#firstEndAt[end.node] = -1;
    this.ends = [...query.ends];
    this.#nextEnd = new Int32Array(this.ends.length);
    this.endCosts = new Int32Array(this.ends.length * 4);
    for (const [k, { costs }] of this.ends.entries()) this.endCosts.set(costs, k * 4);
    for (let k = this.ends.length - 1; k >= 0; k--) {
      const { node } = this.ends[k]!;
      this.#nextEnd[k] = this.#firstEndAt[node]!;
      this.#firstEndAt[node] = k;
    }
    const most = this.#maxOut + this.ends.length;
    if (this.moves.length < most) this.moves = new Int32Array(most);
  }

  /** First of the query's ends at a node, or -1. */
  firstEndAt(node: number): number {
    return this.#firstEndAt[node]!;
  }

  /** The next end at the same node, or -1. */
  nextEnd(end: number): number {
    return this.#nextEnd[end]!;
  }

  /** Fills `moves` with what may follow `state`, an arc or a further state, at `node`; returns how many. */
  collect(node: number, state: number): number {
    const { firstOut, outArcs, arcStride, turnBans } = this.#graph;
    const arrivalArc = arcOfState(turnBans.states, state);
    const isFurther = arrivalArc !== state;
    const back = arrivalArc ^ 1;
    const { moves } = this;
    const flags = this.#flags;
    let count = 0;
    let goesOn = false;
    const end = firstOut[node + 1]! * arcStride;
    for (let at = firstOut[node]! * arcStride; at < end; at += arcStride) {
      const arc = outArcs[at + ARC_ID]!;
      if (arc === back || (flags[arc]! & CLOSED) !== 0) continue;
      if (isBanned(turnBans, arrivalArc, arc)) continue;
      goesOn = true;
      if ((flags[arc]! & AVOIDED) !== 0 || (isFurther && isBanned(turnBans, state, arc))) continue;
      moves[count++] = at;
    }
    for (let k = this.#firstEndAt[node]!; k >= 0; k = this.#nextEnd[k]!) {
      const arc = this.ends[k]!.arcId;
      if (arc === back || isBanned(turnBans, arrivalArc, arc)) continue;
      goesOn = true;
      if (this.#mayEnd(state, k)) moves[count++] = ~k;
    }
    return goesOn ? count : this.#turnRound(node, state);
  }

  /**
   * What an unconstrained label may want to do: bans do not concern it, and turning round or driving
   * into a dead end leads it nowhere new.
   *
   * @param first,end the arcs that leave the node, as offsets in `graph.outArcs`
   * @param firstEnd as `firstEndAt` gives it
   * @param back the arc not to be taken, or `NO_BACK`
   */
  collectUseful(first: number, end: number, firstEnd: number, back: number): number {
    const { outArcs, arcStride } = this.#graph;
    const { moves } = this;
    const flags = this.#flags;
    let count = 0;
    for (let at = first; at < end; at += arcStride) {
      const arc = outArcs[at + ARC_ID]!;
      if (arc !== back && (flags[arc]! & UNUSEFUL) === 0) moves[count++] = at;
    }
    for (let k = firstEnd; k >= 0; k = this.#nextEnd[k]!) {
      if (this.ends[k]!.arcId !== back) moves[count++] = ~k;
    }
    return count;
  }

  /** At a dead end: the way back, over the whole arc or only to a destination on it. */
  #turnRound(node: number, state: number): number {
    const { firstOut, outArcs, arcStride, turnBans } = this.#graph;
    const back = arcOfState(turnBans.states, state) ^ 1;
    if (isBanned(turnBans, state, back)) return 0;
    let count = 0;
    const end = firstOut[node + 1]! * arcStride;
    for (let at = firstOut[node]! * arcStride; at < end; at += arcStride) {
      const isOpen = (this.#flags[back]! & (CLOSED | AVOIDED)) === 0;
      if (outArcs[at + ARC_ID] === back && isOpen) this.moves[count++] = at;
    }
    for (let k = this.#firstEndAt[node]!; k >= 0; k = this.#nextEnd[k]!) {
      if (this.ends[k]!.arcId === back && this.#mayEnd(state, k)) this.moves[count++] = ~k;
    }
    return count;
  }

  /** Whether a truck that remembers what `state` says may take an end, its arc apart from that. */
  #mayEnd(state: number, end: number): boolean {
    const { turnBans } = this.#graph;
    const { arcId, state: needed } = this.ends[end]!;
    if (turnBans.states.arcs.length === 0) return true;
    if (isBanned(turnBans, state, arcId)) return false;
    return (
      needed === undefined ||
      isWeaker(turnBans.states, nextState(turnBans.states, state, arcId), needed)
    );
  }
}

import { ARC_STRIDE, type SearchGraph } from "./search-graph.ts";
import type { QueryEnd, SearchQuery } from "./search-query.ts";
import { isBanned } from "./turn-bans.ts";

const ARC_ID = 4;

/**
 * The rules of movement, in one place for every kernel.
 *
 * Arc `b` may follow arc `a` when the pair is no banned turn, `b` is open (not restricted, or opened
 * by the query), and `b` is not the reverse of `a`: a truck turns round only where nothing else is
 * allowed after `a`. The query's end arcs count as arcs that leave their node.
 */
export class LegalMoves {
  /**
   * What `collect` found: an offset in `graph.outArcs` (>= 0), or `~k` for `ends[k]` of the query.
   * Replaced by `begin`.
   */
  moves = new Int32Array(16);
  ends: readonly QueryEnd[] = [];
  /** Per arc id, 1 = may not be used by this query. */
  readonly closed: Uint8Array;
  readonly #graph: SearchGraph;
  readonly #hasRestricted: boolean;
  readonly #maxOut: number;
  readonly #firstEndAt: Int32Array;
  #nextEnd = new Int32Array(0);
  #openArcs = new Int32Array(0);

  constructor(graph: SearchGraph) {
    this.#graph = graph;
    this.closed = Uint8Array.from(graph.restricted);
    this.#hasRestricted = graph.restricted.includes(1);
    this.#firstEndAt = new Int32Array(graph.nodeCount).fill(-1);
    let maxOut = 0;
    for (let node = 0; node < graph.nodeCount; node++) {
      maxOut = Math.max(maxOut, graph.firstOut[node + 1]! - graph.firstOut[node]!);
    }
    this.#maxOut = maxOut;
  }

  /** Takes back what the query before had opened and added, and sets up this one. */
  begin(query: SearchQuery): void {
    for (const arc of this.#openArcs) this.closed[arc] = this.#graph.restricted[arc]!;
    for (const end of this.ends) this.#firstEndAt[end.node] = -1;
    this.#openArcs = Int32Array.from(query.openArcs);
    this.ends = [...query.ends];
    for (const arc of this.#openArcs) this.closed[arc] = 0;
    this.#nextEnd = new Int32Array(this.ends.length);
    for (let k = this.ends.length - 1; k >= 0; k--) {
      const { node } = this.ends[k]!;
      this.#nextEnd[k] = this.#firstEndAt[node]!;
      this.#firstEndAt[node] = k;
    }
    const most = this.#maxOut + this.ends.length;
    if (this.moves.length < most) this.moves = new Int32Array(most);
  }

  /** Fills `moves` with what may follow `arrivalArc` at `node`; returns how many. */
  collect(node: number, arrivalArc: number): number {
    const back = arrivalArc ^ 1;
    const { first } = this.#graph.turnBans;
    const hasBans = arrivalArc >= 0 && first[arrivalArc]! < first[arrivalArc + 1]!;
    const { firstOut, outArcs } = this.#graph;
    const { moves, closed } = this;
    const hasRestricted = this.#hasRestricted;
    let count = 0;
    const end = firstOut[node + 1]! * ARC_STRIDE;
    for (let at = firstOut[node]! * ARC_STRIDE; at < end; at += ARC_STRIDE) {
      const arc = outArcs[at + ARC_ID]!;
      if (arc === back || (hasRestricted && closed[arc] !== 0)) continue;
      if (hasBans && isBanned(this.#graph.turnBans, arrivalArc, arc)) continue;
      moves[count++] = at;
    }
    for (let k = this.#firstEndAt[node]!; k >= 0; k = this.#nextEnd[k]!) {
      const arc = this.ends[k]!.arcId;
      if (arc === back || (hasBans && isBanned(this.#graph.turnBans, arrivalArc, arc))) continue;
      moves[count++] = ~k;
    }
    return count > 0 ? count : this.#turnRound(node, arrivalArc);
  }

  /** At a dead end: the way back, over the whole arc or only to a destination on it. */
  #turnRound(node: number, arrivalArc: number): number {
    const back = arrivalArc ^ 1;
    if (isBanned(this.#graph.turnBans, arrivalArc, back)) return 0;
    const { firstOut, outArcs } = this.#graph;
    let count = 0;
    const end = firstOut[node + 1]! * ARC_STRIDE;
    for (let at = firstOut[node]! * ARC_STRIDE; at < end; at += ARC_STRIDE) {
      if (outArcs[at + ARC_ID] === back && this.closed[back] === 0) this.moves[count++] = at;
    }
    for (let k = this.#firstEndAt[node]!; k >= 0; k = this.#nextEnd[k]!) {
      if (this.ends[k]!.arcId === back) this.moves[count++] = ~k;
    }
    return count;
  }
}

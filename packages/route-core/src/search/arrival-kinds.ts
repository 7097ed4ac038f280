import { ARC_STRIDE, type SearchGraph } from "./search-graph.ts";
import type { CostVector, QueryEnd, QueryStart, SearchQuery } from "./search-query.ts";

/** A label that arrived by this arc has every continuation but the way back. */
export const ORDINARY = 0;
/** Some continuation is closed to it. */
export const CONSTRAINED = 1;
/** It has every continuation: there is no way back over this arc. */
export const FREE = 2;

/**
 * Which labels may dominate labels that arrived at the same node by another arc.
 *
 * A label that arrived over `a` lacks the continuations banned after `a` and the way back `a ^ 1`.
 * Without bans, the way back costs nothing to lack: it leads to where the label's parent stood,
 * which was there for less and (if it is unconstrained itself) may go on as the other label would.
 * So a label is constrained when its arc has bans, or when its parent is constrained and a way back
 * exists; an unconstrained label may dominate every label at its node. Three cases at the ends of a
 * route break the argument and are marked per query: no label stands for the parent of a start
 * label, or none for the parent of a label that drove past the destination.
 */
export class ArrivalKinds {
  /** Per arc id. */
  readonly kinds: Uint8Array;
  /** False when no label of this query can be constrained. */
  anyConstrained = false;
  readonly #graph: SearchGraph;
  readonly #graphHasBans: boolean;
  readonly #changedArcs: number[] = [];
  readonly #changedKinds: number[] = [];

  constructor(graph: SearchGraph) {
    this.#graph = graph;
    this.#graphHasBans = graph.turnBans.banned.length > 0;
    this.kinds = kindsOf(graph);
  }

  begin(query: SearchQuery): void {
    while (this.#changedArcs.length > 0) {
      this.kinds[this.#changedArcs.pop()!] = this.#changedKinds.pop()!;
    }
    this.anyConstrained = this.#graphHasBans;
    for (const end of query.ends) {
      const passing = inArcOffset(this.#graph, end.node, end.arcId ^ 1);
      if (end.arcId < 0 || passing < 0) continue;
      const arc = end.arcId ^ 1;
      if (this.kinds[arc] === FREE) this.#mark(arc, ORDINARY);
      if (!endsBefore(this.#graph, query, end, passing)) this.#mark(arc, CONSTRAINED);
    }
    if (query.starts.some((start) => this.isStartConstrained(query, start))) {
      this.anyConstrained = true;
    }
  }

  isStartConstrained(query: SearchQuery, start: QueryStart): boolean {
    if (start.arcId < 0) return false;
    if (this.kinds[start.arcId] === CONSTRAINED) return true;
    const back = start.arcId ^ 1;
    for (const end of query.ends) {
      if (end.arcId !== back || end.node !== start.node) continue;
      const sum = start.costs.map((cost, k) => cost + end.costs[k]!);
      if (!query.direct.some((direct) => atMost(direct.costs, sum))) return true;
    }
    const whole = outArcCosts(this.#graph, start.node, back);
    if (whole === undefined) return false;
    return !query.starts.some(
      (other) =>
        other.arcId === back && other.node === whole.head && atMost(other.costs, whole.costs),
    );
  }

  #mark(arc: number, kind: number): void {
    this.#changedArcs.push(arc);
    this.#changedKinds.push(this.kinds[arc]!);
    this.kinds[arc] = kind;
    if (kind === CONSTRAINED) this.anyConstrained = true;
  }
}

function kindsOf(graph: SearchGraph): Uint8Array {
  const { first } = graph.turnBans;
  const present = new Uint8Array(graph.arcIdCount + 1);
  for (let at = 0; at < graph.outArcs.length; at += ARC_STRIDE) present[graph.outArcs[at + 4]!] = 1;
  const kinds = new Uint8Array(graph.arcIdCount);
  for (let arc = 0; arc < graph.arcIdCount; arc++) {
    if (first[arc]! < first[arc + 1]!) kinds[arc] = CONSTRAINED;
    else kinds[arc] = present[arc ^ 1] === 1 ? ORDINARY : FREE;
  }
  return kinds;
}

/** True when a label before the arc at `passing` could have ended there for at most its cost. */
function endsBefore(graph: SearchGraph, query: SearchQuery, end: QueryEnd, passing: number) {
  const { inArcs } = graph;
  const tail = inArcs[passing]!;
  const whole = [inArcs[passing + 1]!, inArcs[passing + 2]!, inArcs[passing + 3]!];
  return query.ends.some(
    (other) => other.arcId === (end.arcId ^ 1) && other.node === tail && atMost(other.costs, whole),
  );
}

function inArcOffset(graph: SearchGraph, node: number, arcId: number): number {
  const end = graph.firstIn[node + 1]! * ARC_STRIDE;
  for (let at = graph.firstIn[node]! * ARC_STRIDE; at < end; at += ARC_STRIDE) {
    if (graph.inArcs[at + 4] === arcId) return at;
  }
  return -1;
}

function outArcCosts(graph: SearchGraph, node: number, arcId: number) {
  const { outArcs } = graph;
  const end = graph.firstOut[node + 1]! * ARC_STRIDE;
  for (let at = graph.firstOut[node]! * ARC_STRIDE; at < end; at += ARC_STRIDE) {
    if (outArcs[at + 4] === arcId) {
      return { head: outArcs[at]!, costs: [outArcs[at + 1]!, outArcs[at + 2]!, outArcs[at + 3]!] };
    }
  }
  return undefined;
}

function atMost(costs: CostVector, limits: readonly number[]): boolean {
  return costs.every((cost, k) => cost <= limits[k]!);
}

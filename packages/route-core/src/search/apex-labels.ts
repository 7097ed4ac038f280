import type { RouteColumns } from "./collect-result.ts";
import type { LabelArena } from "./label-arena.ts";
import type { OpenHeap } from "./open-heap.ts";
import { COST_LIMIT } from "./search-graph.ts";
import type { SearchStatus } from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";
import type { StateTable } from "./state-table.ts";
import type { Tolerance } from "./tolerance.ts";

/** Rows: apex f1..f3, real f1..f3, node (or `TARGET`), parent (or -1), arc, next open label. */
export const APEX_STRIDE = 10;
/** First of the three columns of the real costs. */
export const REAL = 3;
const NODE = 6;
const PARENT = 7;
const ARC = 8;
const NEXT = 9;

/** Node of a label that has reached the destination. */
export const TARGET = -1;

/** In column `NEXT`: last of its list; taken out of the queue. */
const LAST = -1;
const TAKEN = -2;

export const APEX_COLUMNS: RouteColumns = {
  stride: APEX_STRIDE,
  costs: REAL,
  parent: PARENT,
  arc: ARC,
  arcShift: 0,
};

/**
 * Apex-path pairs of A*pex, with a list of open ones per state (arrival arc, or the destination).
 *
 * The invariant of every pair: real <= (1 + epsilon) * apex in each objective, in f values.
 */
export class ApexLabels {
  readonly #labels: LabelArena;
  readonly #open: OpenHeap;
  readonly #openOf: StateTable;
  readonly #targetState: number;
  readonly #tolerance: Tolerance;
  /** The pair on offer: apex f1..f3, real f1..f3. */
  #a1 = 0;
  #a2 = 0;
  #a3 = 0;
  #r1 = 0;
  #r2 = 0;
  #r3 = 0;

  constructor(space: SearchSpace, tolerance: Tolerance) {
    this.#labels = space.labels;
    this.#open = space.open;
    this.#openOf = space.states;
    this.#targetState = space.graph.arcIdCount;
    this.#tolerance = tolerance;
  }

  nodeOf(label: number): number {
    return this.#labels.data[label * APEX_STRIDE + NODE]!;
  }

  arcOf(label: number): number {
    return this.#labels.data[label * APEX_STRIDE + ARC]!;
  }

  /** Sets the pair that the next `add` or `mergeOrAdd` is about. */
  offer(a1: number, a2: number, a3: number, r1: number, r2: number, r3: number): void {
    this.#a1 = a1;
    this.#a2 = a2;
    this.#a3 = a3;
    this.#r1 = r1;
    this.#r2 = r2;
    this.#r3 = r3;
  }

  /** Takes a label out of the queue; false when the entry is stale. */
  take(label: number, key: number): boolean {
    const data = this.#labels.data;
    const at = label * APEX_STRIDE;
    const next = data[at + NEXT]!;
    if (next === TAKEN || data[at]! * COST_LIMIT + data[at + 1]! !== key) return false;
    data[at + NEXT] = TAKEN;
    const state = this.#stateOf(data[at + NODE]!, data[at + ARC]!);
    if (state < 0) return true;
    let before = -1;
    for (let id = this.#openOf.get(state); id !== label;) {
      before = id;
      id = data[id * APEX_STRIDE + NEXT]!;
    }
    if (before < 0) this.#openOf.set(state, next);
    else data[before * APEX_STRIDE + NEXT] = next;
    return true;
  }

  /** Merges the offer into an open label of its state where the invariant allows, else adds it. */
  mergeOrAdd(node: number, parent: number, arc: number): SearchStatus {
    if (this.#tooLarge()) return "overflow";
    const state = this.#stateOf(node, arc);
    if (state >= 0) {
      const data = this.#labels.data;
      for (let id = this.#openOf.get(state); id >= 0; id = data[id * APEX_STRIDE + NEXT]!) {
        const at = id * APEX_STRIDE;
        const a1 = Math.min(this.#a1, data[at]!);
        const a2 = Math.min(this.#a2, data[at + 1]!);
        const a3 = Math.min(this.#a3, data[at + 2]!);
        const keep = this.#fits(data[at + 3]!, data[at + 4]!, data[at + 5]!, a1, a2, a3);
        const take = this.#fits(this.#r1, this.#r2, this.#r3, a1, a2, a3);
        if (!keep && !take) continue;
        if (take && !(keep && this.#staysBetter(at, a1, a2, a3))) this.#replace(at, parent, arc);
        return this.#lower(id, a1, a2, a3);
      }
    }
    return this.add(node, parent, arc);
  }

  /** Adds the offer as a label of its own. */
  add(node: number, parent: number, arc: number): SearchStatus {
    if (this.#tooLarge()) return "overflow";
    const label = this.#labels.add();
    if (label < 0) return "memory";
    const data = this.#labels.data;
    const at = label * APEX_STRIDE;
    data[at] = this.#a1;
    data[at + 1] = this.#a2;
    data[at + 2] = this.#a3;
    data[at + NODE] = node;
    this.#replace(at, parent, arc);
    const state = this.#stateOf(node, arc);
    data[at + NEXT] = LAST;
    if (state >= 0) {
      data[at + NEXT] = this.#openOf.get(state);
      this.#openOf.set(state, label);
    }
    return this.#open.push(this.#a1 * COST_LIMIT + this.#a2, label) ? "complete" : "memory";
  }

  /** Labels that begin at a node itself have no state: they are neither merged nor dominated. */
  #stateOf(node: number, arc: number): number {
    return node === TARGET ? this.#targetState : arc;
  }

  /** The real costs decide: they are never less than the apex. */
  #tooLarge(): boolean {
    return this.#r1 >= COST_LIMIT || this.#r2 >= COST_LIMIT || this.#r3 >= COST_LIMIT;
  }

  #fits(r1: number, r2: number, r3: number, a1: number, a2: number, a3: number): boolean {
    const tolerance = this.#tolerance;
    return tolerance.within(r1, a1) && tolerance.within(r2, a2) && tolerance.within(r3, a3);
  }

  /** Of two representatives that fit, the one whose worst objective is nearer to the apex. */
  #staysBetter(at: number, a1: number, a2: number, a3: number): boolean {
    const data = this.#labels.data;
    const kept = worst(data[at + 3]!, data[at + 4]!, data[at + 5]!, a1, a2, a3);
    return kept <= worst(this.#r1, this.#r2, this.#r3, a1, a2, a3);
  }

  #replace(at: number, parent: number, arc: number): void {
    const data = this.#labels.data;
    data[at + 3] = this.#r1;
    data[at + 4] = this.#r2;
    data[at + 5] = this.#r3;
    data[at + PARENT] = parent;
    data[at + ARC] = arc;
  }

  #lower(label: number, a1: number, a2: number, a3: number): SearchStatus {
    const data = this.#labels.data;
    const at = label * APEX_STRIDE;
    const moved = a1 !== data[at]! || a2 !== data[at + 1]!;
    data[at] = a1;
    data[at + 1] = a2;
    data[at + 2] = a3;
    if (!moved) return "complete";
    return this.#open.push(a1 * COST_LIMIT + a2, label) ? "complete" : "memory";
  }
}

/** Largest ratio; one is added on both sides because costs may be zero. */
function worst(r1: number, r2: number, r3: number, a1: number, a2: number, a3: number): number {
  return Math.max((r1 + 1) / (a1 + 1), (r2 + 1) / (a2 + 1), (r3 + 1) / (a3 + 1));
}

import {
  APEX_SHIFT,
  ARC,
  BACK,
  F,
  NEXT_OPEN,
  NODE,
  PATH,
  REAL,
  REPLACED,
} from "./label-columns.ts";
import type { LabelRows } from "./label-rows.ts";
import { NO_BACK } from "./legal-moves.ts";
import { FIRST_OPEN, type NodeRecords } from "./node-records.ts";
import type { OpenQueue } from "./open-queue.ts";
import { NO_PATH } from "./path-tree.ts";
import { COST_LIMIT } from "./search-graph.ts";
import type { SearchStatus } from "./search-result.ts";
import type { Tolerance } from "./tolerance.ts";

/**
 * Apex-path pairs of A*pex, with a list of open ones per state: a node, an arc whose labels are
 * constrained, or the destination.
 *
 * The invariant of every pair: real <= (1 + epsilon) * apex in each objective, in f values.
 *
 * An apex that is what one label brought along, whatever was merged into it, need not turn back over the
 * arc of that label: the label's parent stood there for less. One that has costs of several might.
 */
export class ApexLabels {
  readonly #labels: LabelRows;
  readonly #queue: OpenQueue;
  readonly #records: NodeRecords;
  readonly #tolerance: Tolerance;
  /** The pair on offer. */
  readonly #apex = new Int32Array(4);
  readonly #real = new Int32Array(4);
  /** What the apexes of two pairs have in common. */
  readonly #joint = new Int32Array(4);

  constructor(labels: LabelRows, queue: OpenQueue, records: NodeRecords, tolerance: Tolerance) {
    this.#labels = labels;
    this.#queue = queue;
    this.#records = records;
    this.#tolerance = tolerance;
  }

  offerApex(a1: number, a2: number, a3: number, a4: number): void {
    this.#apex[0] = a1;
    this.#apex[1] = a2;
    this.#apex[2] = a3;
    this.#apex[3] = a4;
  }

  /** False when the queue could not order such costs; the apex is never more than the real ones. */
  offerReal(r1: number, r2: number, r3: number, r4: number): boolean {
    if (r1 >= COST_LIMIT || r2 >= COST_LIMIT || r3 >= COST_LIMIT || r4 >= COST_LIMIT) return false;
    this.#real[0] = r1;
    this.#real[1] = r2;
    this.#real[2] = r3;
    this.#real[3] = r4;
    return true;
  }

  /** Takes a label out of the list of its state; false when another one has replaced it. */
  take(label: number, state: number): boolean {
    const { data } = this.#labels;
    const next = data[(label << APEX_SHIFT) + NEXT_OPEN]!;
    if (next === REPLACED) return false;
    const { rows } = this.#records;
    let before = -1;
    for (let id = rows[state + FIRST_OPEN]!; id !== label;) {
      before = id;
      id = data[(id << APEX_SHIFT) + NEXT_OPEN]!;
    }
    this.#link(state, before, next);
    return true;
  }

  /** Merges the offer into an open label of its state where the invariant allows, else adds it. */
  mergeOrAdd(state: number, node: number, path: number, arc: number): SearchStatus {
    const status = this.merge(state, path, arc);
    return status === "none" ? this.add(state, node, path, arc) : status;
  }

  /** Merges the offer into an open label of its state; `none` where the invariant allows it for none. */
  merge(state: number, path: number, arc: number): SearchStatus | "none" {
    const { data } = this.#labels;
    const apex = this.#apex;
    const joint = this.#joint;
    let before = -1;
    for (let id = this.#records.rows[state + FIRST_OPEN]!; id >= 0;) {
      const at = id << APEX_SHIFT;
      joint[0] = Math.min(apex[0]!, data[at]!);
      joint[1] = Math.min(apex[1]!, data[at + 1]!);
      joint[2] = Math.min(apex[2]!, data[at + 2]!);
      joint[3] = Math.min(apex[3]!, data[at + 3]!);
      const keep = this.#fits(data, at + REAL);
      const take = this.#fits(this.#real, 0);
      if (keep || take) {
        if (take && !(keep && this.#worst(data, at + REAL) <= this.#worst(this.#real, 0))) {
          write(data, at + REAL, this.#real);
          data[at + PATH] = path;
          data[at + ARC] = arc;
        }
        if (!equal(data, at + F, joint)) {
          data[at + BACK] = equal(joint, 0, apex) ? backOf(path, arc) : NO_BACK;
        }
        if (joint[0] < data[at + F]!) return this.#moveUp(id, before, state);
        write(data, at + F, joint);
        return "complete";
      }
      before = id;
      id = data[at + NEXT_OPEN]!;
    }
    return "none";
  }

  /** Adds the offer as a label of its own. */
  add(state: number, node: number, path: number, arc: number): SearchStatus {
    const label = this.#labels.add();
    if (label < 0) return "memory";
    const { data } = this.#labels;
    const at = label << APEX_SHIFT;
    write(data, at + F, this.#apex);
    write(data, at + REAL, this.#real);
    data[at + NODE] = node;
    data[at + PATH] = path;
    data[at + ARC] = arc;
    data[at + BACK] = backOf(path, arc);
    data[at + NEXT_OPEN] = this.#records.rows[state + FIRST_OPEN]!;
    this.#records.rows[state + FIRST_OPEN] = label;
    return this.#queue.push(label) ? "complete" : "memory";
  }

  /** The joint apex is due earlier than the label was: another one takes its place. */
  #moveUp(label: number, before: number, state: number): SearchStatus {
    const moved = this.#labels.add();
    if (moved < 0) return "memory";
    const { data } = this.#labels;
    const from = label << APEX_SHIFT;
    const at = moved << APEX_SHIFT;
    data.copyWithin(at, from, from + (1 << APEX_SHIFT));
    write(data, at + F, this.#joint);
    data[from + NEXT_OPEN] = REPLACED;
    this.#link(state, before, moved);
    return this.#queue.push(moved) ? "complete" : "memory";
  }

  #link(state: number, before: number, next: number): void {
    if (before < 0) this.#records.rows[state + FIRST_OPEN] = next;
    else this.#labels.data[(before << APEX_SHIFT) + NEXT_OPEN] = next;
  }

  #fits(real: Int32Array, at: number): boolean {
    const tolerance = this.#tolerance;
    const joint = this.#joint;
    return (
      tolerance.within(real[at]!, joint[0]!) &&
      tolerance.within(real[at + 1]!, joint[1]!) &&
      tolerance.within(real[at + 2]!, joint[2]!) &&
      tolerance.within(real[at + 3]!, joint[3]!)
    );
  }

  /**
   * How far a representative is from the joint apex in its worst objective; one is added on both sides
   * because costs may be zero.
   */
  #worst(real: Int32Array, at: number): number {
    const joint = this.#joint;
    return Math.max(
      (real[at]! + 1) / (joint[0]! + 1),
      (real[at + 1]! + 1) / (joint[1]! + 1),
      (real[at + 2]! + 1) / (joint[2]! + 1),
      (real[at + 3]! + 1) / (joint[3]! + 1),
    );
  }
}

/** `TypedArray.set` costs more than four assignments. */
function write(data: Int32Array, at: number, costs: Int32Array): void {
  data[at] = costs[0]!;
  data[at + 1] = costs[1]!;
  data[at + 2] = costs[2]!;
  data[at + 3] = costs[3]!;
}

function equal(data: Int32Array, at: number, costs: Int32Array): boolean {
  return (
    data[at] === costs[0] &&
    data[at + 1] === costs[1] &&
    data[at + 2] === costs[2] &&
    data[at + 3] === costs[3]
  );
}

/** No label stands for the parent of a label to begin with. */
function backOf(path: number, arc: number): number {
  return path === NO_PATH ? NO_BACK : (arc >> 1) ^ 1;
}

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
import { PARTS, type Tolerance } from "./tolerance.ts";

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
  constructor(labels: LabelRows, queue: OpenQueue, records: NodeRecords, tolerance: Tolerance) {
    this.#labels = labels;
    this.#queue = queue;
    this.#records = records;
    this.#tolerance = tolerance;
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

  /**
   * Merges a pair into an open label of its state; `none` where the invariant allows it for none.
   *
   * @param a1,a2,a3,a4 apex
   * @param r1,r2,r3,r4 costs of the real path, never less than the apex
   */
  merge(
    a1: number,
    a2: number,
    a3: number,
    a4: number,
    r1: number,
    r2: number,
    r3: number,
    r4: number,
    state: number,
    path: number,
    arc: number,
  ): SearchStatus | "none" {
    if (r1 >= COST_LIMIT || r2 >= COST_LIMIT || r3 >= COST_LIMIT || r4 >= COST_LIMIT) {
      return "overflow";
    }
    const { data } = this.#labels;
    const { factor } = this.#tolerance;
    let before = -1;
    for (let id = this.#records.rows[state + FIRST_OPEN]!; id >= 0;) {
      const at = id << APEX_SHIFT;
      // What the apexes of both have in common, and whether either path may stand for that.
      const j1 = Math.min(a1, data[at + F]!);
      const most1 = j1 * factor;
      let keep = data[at + REAL]! * PARTS <= most1;
      let take = r1 * PARTS <= most1;
      const j2 = Math.min(a2, data[at + F + 1]!);
      const most2 = j2 * factor;
      keep &&= data[at + REAL + 1]! * PARTS <= most2;
      take &&= r2 * PARTS <= most2;
      const j3 = Math.min(a3, data[at + F + 2]!);
      const most3 = j3 * factor;
      keep &&= data[at + REAL + 2]! * PARTS <= most3;
      take &&= r3 * PARTS <= most3;
      const j4 = Math.min(a4, data[at + F + 3]!);
      const most4 = j4 * factor;
      keep &&= data[at + REAL + 3]! * PARTS <= most4;
      take &&= r4 * PARTS <= most4;
      if (keep || take) {
        if (keep && take) {
          const kept = excess(
            data[at + REAL]!,
            data[at + REAL + 1]!,
            data[at + REAL + 2]!,
            data[at + REAL + 3]!,
            j1,
            j2,
            j3,
            j4,
          );
          take = kept > excess(r1, r2, r3, r4, j1, j2, j3, j4);
        }
        if (take) {
          data[at + REAL] = r1;
          data[at + REAL + 1] = r2;
          data[at + REAL + 2] = r3;
          data[at + REAL + 3] = r4;
          data[at + PATH] = path;
          data[at + ARC] = arc;
        }
        const first = data[at + F]!;
        const isAsBefore =
          j1 === first &&
          j2 === data[at + F + 1]! &&
          j3 === data[at + F + 2]! &&
          j4 === data[at + F + 3]!;
        if (isAsBefore) return "complete";
        const isNew = j1 === a1 && j2 === a2 && j3 === a3 && j4 === a4;
        data[at + BACK] = isNew ? backOf(path, arc) : NO_BACK;
        data[at + F + 1] = j2;
        data[at + F + 2] = j3;
        data[at + F + 3] = j4;
        return j1 < first ? this.#moveUp(id, before, state, j1) : "complete";
      }
      before = id;
      id = data[at + NEXT_OPEN]!;
    }
    return "none";
  }

  /** Adds a pair as a label of its own; the parameters are those of {@link ApexLabels.merge}. */
  add(
    a1: number,
    a2: number,
    a3: number,
    a4: number,
    r1: number,
    r2: number,
    r3: number,
    r4: number,
    state: number,
    node: number,
    path: number,
    arc: number,
  ): SearchStatus {
    const label = this.#labels.add();
    if (label < 0) return "memory";
    const { data } = this.#labels;
    const { rows } = this.#records;
    const at = label << APEX_SHIFT;
    data[at + F] = a1;
    data[at + F + 1] = a2;
    data[at + F + 2] = a3;
    data[at + F + 3] = a4;
    data[at + REAL] = r1;
    data[at + REAL + 1] = r2;
    data[at + REAL + 2] = r3;
    data[at + REAL + 3] = r4;
    data[at + NODE] = node;
    data[at + PATH] = path;
    data[at + ARC] = arc;
    data[at + BACK] = backOf(path, arc);
    data[at + NEXT_OPEN] = rows[state + FIRST_OPEN]!;
    rows[state + FIRST_OPEN] = label;
    return this.#queue.push(label) ? "complete" : "memory";
  }

  /** The joint apex is due earlier than the label was: another one takes its place. */
  #moveUp(label: number, before: number, state: number, first: number): SearchStatus {
    const moved = this.#labels.add();
    if (moved < 0) return "memory";
    const { data } = this.#labels;
    const from = label << APEX_SHIFT;
    const at = moved << APEX_SHIFT;
    for (let k = 0; k < 1 << APEX_SHIFT; k++) data[at + k] = data[from + k]!;
    data[at + F] = first;
    data[from + NEXT_OPEN] = REPLACED;
    this.#link(state, before, moved);
    return this.#queue.push(moved) ? "complete" : "memory";
  }

  #link(state: number, before: number, next: number): void {
    if (before < 0) this.#records.rows[state + FIRST_OPEN] = next;
    else this.#labels.data[(before << APEX_SHIFT) + NEXT_OPEN] = next;
  }
}

/**
 * How far a path is from an apex in its worst objective; one is added on both sides because costs may be
 * zero.
 */
function excess(
  r1: number,
  r2: number,
  r3: number,
  r4: number,
  j1: number,
  j2: number,
  j3: number,
  j4: number,
): number {
  return Math.max(
    (r1 + 1) / (j1 + 1),
    (r2 + 1) / (j2 + 1),
    (r3 + 1) / (j3 + 1),
    (r4 + 1) / (j4 + 1),
  );
}

/** No label stands for the parent of a label to begin with. */
function backOf(path: number, arc: number): number {
  return path === NO_PATH ? NO_BACK : (arc >> 1) ^ 1;
}

import { Bisection } from "./bisection.ts";
import type { DissectionStep, DissectionTask } from "./dissection-task.ts";
import { createFlowField, type FlowField } from "./flow-field.ts";
import { MinDegree } from "./min-degree.ts";
import { IN_CUT, NEAR_SINK, NEAR_SOURCE } from "./vertex-cut.ts";

/** Parts of at most so many nodes are ordered by minimum degree. */
const SMALL_PART = 100;

/**
 * Orders a part by nested dissection: a few nodes that part it in two come last, the two sides are
 * ordered in the same way before them, and small sides by minimum degree.
 *
 * @param stepsAbove parts with more nodes than this are cut once, and what is still large is
 *   handed back open. Whatever the limit, and wherever open parts are ordered, the order is the same.
 */
export function dissect(task: DissectionTask, stepsAbove = Infinity): DissectionStep {
  return new Dissection(task).run(stepsAbove);
}

class Dissection {
  readonly #task: DissectionTask;
  readonly #order: Int32Array;
  readonly #field: FlowField;
  readonly #bisection: Bisection;
  readonly #minDegree: MinDegree;
  readonly #localId: Int32Array;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  /** Stretches of the order to look at, as pairs of begin and end. */
  readonly #pending: number[] = [];

  constructor(task: DissectionTask) {
    const { nodeCount, idCount, firstNeighbour, neighbours } = task;
    this.#task = task;
    this.#order = new Int32Array(nodeCount);
    for (let node = 0; node < nodeCount; node++) this.#order[node] = node;
    this.#field = createFlowField(nodeCount, neighbours.length);
    this.#bisection = new Bisection(this.#field);
    this.#minDegree = new MinDegree(firstNeighbour, neighbours, idCount);
    this.#localId = new Int32Array(idCount).fill(-1);
    this.#x = new Float64Array(nodeCount);
    this.#y = new Float64Array(nodeCount);
  }

  run(stepsAbove: number): DissectionStep {
    const order = this.#order;
    const open: number[] = [];
    const isStep = order.length > stepsAbove;
    const pending = this.#pending;
    pending.push(0, order.length);
    let cuts = 0;
    while (pending.length > 0) {
      const end = pending.pop()!;
      const begin = pending.pop()!;
      if (end - begin <= 1) continue;
      if (end - begin <= SMALL_PART) this.#minDegree.order(order, begin, end);
      else if (isStep && cuts > 0) open.push(begin, end);
      else {
        this.#cut(begin, end);
        cuts++;
      }
    }
    return { order, openParts: Int32Array.from(open) };
  }

  /** Rearranges a stretch of the order: one side, the other side, the nodes between. */
  #cut(begin: number, end: number): void {
    const count = end - begin;
    this.#load(begin, end);
    if (this.#splitComponents(begin, end)) return;
    this.#bisection.run(this.#x, this.#y);
    const { side } = this.#bisection.best;
    const nodes = this.#order.slice(begin, end);
    let at = begin;
    for (const wanted of [NEAR_SOURCE, NEAR_SINK, IN_CUT]) {
      const from = at;
      for (let k = 0; k < count; k++) if (side[k] === wanted) this.#order[at++] = nodes[k]!;
      if (wanted !== IN_CUT) this.#pending.push(from, at);
    }
  }

  /** Copies the subgraph of a stretch, without the nodes around it, into the flow field. */
  #load(begin: number, end: number): void {
    const { firstNeighbour, neighbours, x, y } = this.#task;
    const { first, heads } = this.#field;
    const order = this.#order;
    const localId = this.#localId;
    for (let at = begin; at < end; at++) localId[order[at]!] = at - begin;
    let count = 0;
    for (let at = begin; at < end; at++) {
      const node = order[at]!;
      first[at - begin] = count;
      for (let k = firstNeighbour[node]!; k < firstNeighbour[node + 1]!; k++) {
        const local = localId[neighbours[k]!]!;
        if (local >= 0) heads[count++] = local;
      }
      this.#x[at - begin] = x[node]!;
      this.#y[at - begin] = y[node]!;
    }
    for (let at = begin; at < end; at++) localId[order[at]!] = -1;
    first[end - begin] = count;
    this.#field.nodeCount = end - begin;
  }

  /** Where a part is in several pieces, each becomes a part of its own. */
  #splitComponents(begin: number, end: number): boolean {
    const { first, heads, queue, level } = this.#field;
    const count = end - begin;
    level.fill(-1, 0, count);
    let pieces = 0;
    let size = 0;
    const ends: number[] = [];
    for (let start = 0; start < count; start++) {
      if (level[start] !== -1) continue;
      level[start] = pieces;
      queue[size++] = start;
      for (let at = size - 1; at < size; at++) {
        const node = queue[at]!;
        for (let k = first[node]!; k < first[node + 1]!; k++) {
          const head = heads[k]!;
          if (level[head] !== -1) continue;
          level[head] = pieces;
          queue[size++] = head;
        }
      }
      pieces++;
      ends.push(size);
    }
    if (pieces === 1) return false;
    const nodes = this.#order.slice(begin, end);
    let from = 0;
    for (const to of ends) {
      // Ascending ids, so that the order does not depend on how the pieces were walked.
      const piece = queue.subarray(from, to).sort();
      for (let k = 0; k < piece.length; k++) this.#order[begin + from + k] = nodes[piece[k]!]!;
      this.#pending.push(begin + from, begin + to);
      from = to;
    }
    return true;
  }
}

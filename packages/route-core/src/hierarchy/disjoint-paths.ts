import {
  beginFlow,
  FLOW_END,
  type FlowField,
  NO_FLOW,
  SINK,
  SOURCE,
  UNSEEN,
} from "./flow-field.ts";

/**
 * Finds as many paths from sources to sinks as can be without two sharing a node, by Dinic's
 * algorithm on the split nodes (E. Dinic, Soviet Math. Dokl. 11 (1970)). By Menger's theorem that is
 * also the size of the smallest set of nodes that parts them.
 */
export class DisjointPaths {
  readonly #field: FlowField;
  /** Next neighbour to try, per node at its way out; one before the row = give way to other flow. */
  readonly #row: Int32Array;
  readonly #path: Int32Array;

  constructor(field: FlowField) {
    this.#field = field;
    this.#row = new Int32Array(field.starts.length);
    this.#path = new Int32Array(field.level.length);
  }

  /** How many paths there are, or -1 as soon as there are more than `bound`. */
  run(bound: number): number {
    const field = this.#field;
    beginFlow(field);
    let count = 0;
    for (;;) {
      const sinkLevel = this.#findLevels();
      if (sinkLevel < 0) return count;
      for (let k = 0; k < field.startCount; k++) {
        const state = 2 * field.starts[k]!;
        if (field.level[state] !== 0) continue;
        const length = this.#findPath(state, sinkLevel);
        if (length === 0) continue;
        this.#augment(length);
        if (++count > bound) return -1;
      }
    }
  }

  /** Breadth first from the sources, over whatever still has room; level of the sink, or -1. */
  #findLevels(): number {
    const { nodeCount, first, heads, terminal, level, next, previous, queue } = this.#field;
    const row = this.#row;
    level.fill(UNSEEN, 0, 2 * nodeCount);
    let size = 0;
    for (let k = 0; k < this.#field.startCount; k++) {
      const node = this.#field.starts[k]!;
      if (previous[node] === FLOW_END) continue;
      level[2 * node] = 0;
      queue[size++] = 2 * node;
    }
    for (let at = 0; at < size; at++) {
      const state = queue[at]!;
      const node = state >> 1;
      const reached = level[state]! + 1;
      const to = next[node]!;
      if ((state & 1) === 0) {
        const other = to === NO_FLOW ? state + 1 : 2 * previous[node]! + 1;
        if (other < 0 || level[other] !== UNSEEN) continue;
        level[other] = reached;
        queue[size++] = other;
        continue;
      }
      if (terminal[node] === SINK && to !== FLOW_END) return reached;
      row[node] = first[node]! - 1;
      if (to !== NO_FLOW && level[state - 1] === UNSEEN) {
        level[state - 1] = reached;
        queue[size++] = state - 1;
      }
      for (let k = first[node]!, end = first[node + 1]!; k < end; k++) {
        const head = heads[k]!;
        if (level[2 * head] !== UNSEEN || terminal[head] === SOURCE || head === to) continue;
        level[2 * head] = reached;
        queue[size++] = 2 * head;
      }
    }
    return -1;
  }

  /**
   * Depth first along rising levels, into `#path`; its length, or 0. States on a path or tried in vain
   * lose their level, so that no state is looked at twice between two `#findLevels`.
   */
  #findPath(start: number, sinkLevel: number): number {
    const { terminal, level, next } = this.#field;
    const path = this.#path;
    let length = 0;
    let state = start;
    for (;;) {
      const reached = level[state]! + 1;
      level[state] = UNSEEN;
      path[length++] = state;
      const node = state >> 1;
      if (reached < sinkLevel) {
        const found = this.#step(state, reached);
        if (found >= 0) {
          state = found;
          continue;
        }
      } else if ((state & 1) === 1 && terminal[node] === SINK && next[node] !== FLOW_END) {
        return length;
      }
      length--;
      if (length === 0) return 0;
      state = path[--length]!;
      level[state] = reached - 2;
    }
  }

  /** A state of level `wanted` that may follow, or -1. */
  #step(state: number, wanted: number): number {
    const { first, heads, terminal, level, next, previous } = this.#field;
    const node = state >> 1;
    const to = next[node]!;
    if ((state & 1) === 0) {
      const other = to === NO_FLOW ? state + 1 : 2 * previous[node]! + 1;
      return other >= 0 && level[other] === wanted ? other : -1;
    }
    let k = this.#row[node]!;
    if (k < first[node]!) {
      this.#row[node] = ++k;
      if (to !== NO_FLOW && level[state - 1] === wanted) return state - 1;
    }
    for (const end = first[node + 1]!; k < end; k++) {
      const head = heads[k]!;
      if (level[2 * head] !== wanted || terminal[head] === SOURCE || head === to) continue;
      this.#row[node] = k + 1;
      return 2 * head;
    }
    this.#row[node] = k;
    return -1;
  }

  /** Sends flow along the path: first takes back what it undoes, then adds what it adds. */
  #augment(length: number): void {
    const { next, previous } = this.#field;
    const path = this.#path;
    for (let k = 0; k + 1 < length; k++) {
      const from = path[k]! >> 1;
      const to = path[k + 1]! >> 1;
      if (from === to || (path[k]! & 1) === 1) continue;
      previous[from] = NO_FLOW;
      next[to] = NO_FLOW;
    }
    for (let k = 0; k + 1 < length; k++) {
      const from = path[k]! >> 1;
      const to = path[k + 1]! >> 1;
      if (from === to || (path[k]! & 1) === 0) continue;
      next[from] = to;
      previous[to] = from;
    }
    previous[path[0]! >> 1] = FLOW_END;
    next[path[length - 1]! >> 1] = FLOW_END;
  }
}

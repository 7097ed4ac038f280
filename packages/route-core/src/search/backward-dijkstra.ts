import type { LegalMoves } from "./legal-moves.ts";
import type { LowerBounds } from "./lower-bounds.ts";
import { BUDGET_MASK, type SearchBudget, stopReason } from "./search-budget.ts";
import { ARC_STRIDE, INF, type SearchGraph } from "./search-graph.ts";
import { NodeHeap } from "./node-heap.ts";

const ARC_ID = 4;

/** Bounds from three whole backward searches, one per objective. */
export interface BackwardDijkstra extends LowerBounds {
  /**
   * Computes the bounds to the ends of the query `moves` was begun with. Closed arcs are left out,
   * turn bans are ignored, which only makes bounds smaller. A cost of `INF` or more counts as
   * `INF - 1`.
   * @returns why it stopped early, or `complete`
   */
  run(moves: LegalMoves, budget: SearchBudget): "complete" | "deadline" | "cancelled";
}

/** Scratch is allocated here, once; `run` allocates only where its queue has to grow. */
export function createBackwardDijkstra(graph: SearchGraph): BackwardDijkstra {
  return new ThreeSearches(graph);
}

class ThreeSearches implements BackwardDijkstra {
  readonly values: Int32Array;
  readonly #graph: SearchGraph;
  readonly #heap = new NodeHeap();
  readonly #reached: Int32Array;
  #reachedCount = 0;

  constructor(graph: SearchGraph) {
    this.#graph = graph;
    this.values = new Int32Array(graph.nodeCount * 3).fill(INF);
    this.#reached = new Int32Array(graph.nodeCount);
  }

  ensure(): void {
    // `run` has computed every node.
  }

  run(moves: LegalMoves, budget: SearchBudget): "complete" | "deadline" | "cancelled" {
    this.#clear();
    for (let objective = 0; objective < 3; objective++) {
      const stopped = this.#search(objective, moves, budget);
      if (stopped !== undefined) return stopped;
    }
    return "complete";
  }

  #search(objective: number, moves: LegalMoves, budget: SearchBudget) {
    const { firstIn, inArcs } = this.#graph;
    const { closed } = moves;
    const heap = this.#heap;
    const values = this.values;
    heap.size = 0;
    for (const end of moves.ends) {
      this.#improve(end.node, objective, Math.min(end.costs[objective]!, INF - 1));
    }
    let pops = 0;
    while (heap.size > 0) {
      if ((pops++ & BUDGET_MASK) === 0) {
        const stopped = stopReason(budget);
        if (stopped !== undefined) return stopped;
      }
      heap.pop();
      const node = heap.node;
      const distance = heap.distance;
      if (values[node * 3 + objective] !== distance) continue;
      const end = firstIn[node + 1]! * ARC_STRIDE;
      for (let at = firstIn[node]! * ARC_STRIDE; at < end; at += ARC_STRIDE) {
        const sum = distance + inArcs[at + 1 + objective]!;
        const improved = sum < INF ? sum : INF - 1;
        const tail = inArcs[at]!;
        if (improved < values[tail * 3 + objective]! && closed[inArcs[at + ARC_ID]!] === 0) {
          if (objective === 0 && values[tail * 3] === INF) {
            this.#reached[this.#reachedCount++] = tail;
          }
          values[tail * 3 + objective] = improved;
          heap.push(improved, tail);
        }
      }
    }
    return undefined;
  }

  #improve(node: number, objective: number, distance: number): void {
    const at = node * 3 + objective;
    const before = this.values[at]!;
    if (distance >= before) return;
    if (objective === 0 && before === INF) this.#reached[this.#reachedCount++] = node;
    this.values[at] = distance;
    this.#heap.push(distance, node);
  }

  /** Every objective reaches the same nodes, so the list of the first one is enough. */
  #clear(): void {
    const values = this.values;
    for (let k = 0; k < this.#reachedCount; k++) {
      const at = this.#reached[k]! * 3;
      values[at] = INF;
      values[at + 1] = INF;
      values[at + 2] = INF;
    }
    this.#reachedCount = 0;
  }
}

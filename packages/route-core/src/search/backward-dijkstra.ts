import type { ArcFlags } from "./arc-flags.ts";
import type { BoundsSource, FoundBounds, LowerBounds } from "./lower-bounds.ts";
import { NodeHeap } from "./node-heap.ts";
import { BUDGET_MASK, type SearchBudget, stopReason } from "./search-budget.ts";
import {
  ARC_ID,
  FIRST_COST,
  FOURTH_COST,
  IN_STRIDE,
  INF,
  type SearchGraph,
} from "./search-graph.ts";
import type { SearchQuery } from "./search-query.ts";

/**
 * Bounds from whole backward searches, one per objective. A cost of `INF` or more counts as `INF - 1`.
 *
 * Scratch is allocated with the first query; later ones allocate only where the queue has to grow.
 */
export function createBackwardDijkstra(graph: SearchGraph): BoundsSource {
  return new BackwardDijkstra(graph);
}

class BackwardDijkstra implements BoundsSource, LowerBounds {
  readonly #graph: SearchGraph;
  readonly #heap = new NodeHeap();
  /** One per objective and node. */
  #values = new Int32Array(0);
  #reached = new Int32Array(0);
  #reachedCount = 0;

  constructor(graph: SearchGraph) {
    this.#graph = graph;
  }

  write(node: number, out: Int32Array, at: number): void {
    const { objectiveCount } = this.#graph;
    for (let k = 0; k < objectiveCount; k++) {
      out[at + k] = this.#values[node * objectiveCount + k]!;
    }
  }

  boundsTo(
    { arcs }: { readonly arcs: ArcFlags },
    query: SearchQuery,
    budget: SearchBudget,
  ): FoundBounds {
    const { nodeCount, objectiveCount } = this.#graph;
    if (this.#values.length === 0) {
      this.#values = new Int32Array(nodeCount * objectiveCount).fill(INF);
      this.#reached = new Int32Array(nodeCount);
    }
    this.#clear();
    for (let objective = 0; objective < objectiveCount; objective++) {
      const stopped = this.#search(objective, arcs, query, budget);
      if (stopped !== undefined) return { status: stopped, bounds: this };
    }
    return { status: "complete", bounds: this };
  }

  #search(objective: number, arcs: ArcFlags, query: SearchQuery, budget: SearchBudget) {
    const { firstIn, inArcs, outArcs, objectiveCount } = this.#graph;
    const heap = this.#heap;
    const values = this.#values;
    const costAt = objective < 3 ? FIRST_COST + objective : FOURTH_COST;
    heap.size = 0;
    for (const { node, costs } of query.ends) {
      this.#improve(node, objective, Math.min(costs[objective]!, INF - 1));
    }
    let pops = 0;
    while (heap.size > 0) {
      if ((pops++ & BUDGET_MASK) === 0) {
        const stopped = stopReason(budget);
        if (stopped !== undefined) return stopped;
      }
      heap.pop();
      const { node, distance } = heap;
      if (values[node * objectiveCount + objective] !== distance) continue;
      const end = firstIn[node + 1]! * IN_STRIDE;
      for (let at = firstIn[node]! * IN_STRIDE; at < end; at += IN_STRIDE) {
        const arc = inArcs[at + 1]!;
        if (arcs.isClosed(outArcs[arc + ARC_ID]!)) continue;
        this.#improve(inArcs[at]!, objective, Math.min(distance + outArcs[arc + costAt]!, INF - 1));
      }
    }
    return undefined;
  }

  #improve(node: number, objective: number, distance: number): void {
    const at = node * this.#graph.objectiveCount + objective;
    const before = this.#values[at]!;
    if (distance >= before) return;
    if (objective === 0 && before === INF) this.#reached[this.#reachedCount++] = node;
    this.#values[at] = distance;
    this.#heap.push(distance, node);
  }

  /** Every objective reaches the same nodes, so the list of the first one is enough. */
  #clear(): void {
    const { objectiveCount } = this.#graph;
    for (let k = 0; k < this.#reachedCount; k++) {
      const at = this.#reached[k]! * objectiveCount;
      this.#values.fill(INF, at, at + objectiveCount);
    }
    this.#reachedCount = 0;
  }
}

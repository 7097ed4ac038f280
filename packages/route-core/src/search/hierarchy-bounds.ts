import type { Hierarchy } from "../hierarchy/hierarchy.ts";
import type { HierarchyWeights } from "../hierarchy/hierarchy-weights.ts";
import { type HierarchyEnd, LazyPotentials } from "../hierarchy/lazy-potentials.ts";
import type { ArcFlags } from "./arc-flags.ts";
import type { BoundsSource, FoundBounds, LowerBounds } from "./lower-bounds.ts";
import { type SearchBudget, stopReason } from "./search-budget.ts";
import { ARC_ID, arcCost, INF, type SearchGraph } from "./search-graph.ts";
import type { SearchQuery } from "./search-query.ts";

/** An access-only arc. */
interface RestrictedArc {
  readonly tail: number;
  readonly head: number;
  /** One per objective. */
  readonly costs: readonly number[];
}

/**
 * Bounds from the potentials of a hierarchy, found for just the nodes that a search comes across.
 *
 * @param weights customised with the costs of `graph`, one metric per objective, with its restricted
 *   arcs closed; the ones that a query opens are added to each query's ends
 */
export function createHierarchyBounds(
  graph: SearchGraph,
  hierarchy: Hierarchy,
  weights: HierarchyWeights,
): BoundsSource {
  if (weights.metricCount !== graph.objectiveCount) {
    throw new RangeError(`${weights.metricCount} metrics for ${graph.objectiveCount} objectives`);
  }
  return new HierarchyBounds(graph, new LazyPotentials(hierarchy, weights));
}

class HierarchyBounds implements BoundsSource, LowerBounds {
  readonly #potentials: LazyPotentials;
  readonly #values: Int32Array;
  readonly #objectiveCount: number;
  readonly #restrictedArcs: ReadonlyMap<number, RestrictedArc>;

  constructor(graph: SearchGraph, potentials: LazyPotentials) {
    this.#potentials = potentials;
    this.#values = potentials.values;
    this.#objectiveCount = graph.objectiveCount;
    this.#restrictedArcs = restrictedArcsOf(graph);
  }

  write(node: number, out: Int32Array, at: number): void {
    const from = this.#potentials.at(node);
    for (let k = 0; k < this.#objectiveCount; k++) out[at + k] = this.#values[from + k]!;
  }

  boundsTo(_: { readonly arcs: ArcFlags }, query: SearchQuery, budget: SearchBudget): FoundBounds {
    const ends: HierarchyEnd[] = [...query.ends];
    const opened = [...query.openArcs].flatMap((arc) => this.#restrictedArcs.get(arc) ?? []);
    this.#potentials.begin(ends);
    // Each round finds ways that change once more between open roads and opened ones.
    while (opened.length > 0) {
      const stopped = stopReason(budget);
      if (stopped !== undefined) return { status: stopped, bounds: this };
      const found = this.#waysOver(opened);
      if (found.length === 0) break;
      ends.push(...found);
      this.#potentials.begin(ends);
    }
    return { status: "complete", bounds: this };
  }

  /** Nodes from which the destination is nearer over opened arcs than the potentials know. */
  #waysOver(opened: readonly RestrictedArc[]): HierarchyEnd[] {
    const nearest = new Map<number, number[]>();
    const improved = new Set<number>();
    const costsFrom = (node: number): number[] => {
      let costs = nearest.get(node);
      if (costs === undefined) {
        const from = this.#potentials.at(node);
        costs = [...this.#values.subarray(from, from + this.#objectiveCount)];
        nearest.set(node, costs);
      }
      return costs;
    };
    for (let isStable = false; !isStable;) {
      isStable = true;
      for (const { tail, head, costs } of opened) {
        const from = costsFrom(tail);
        const rest = costsFrom(head);
        for (const [k, cost] of costs.entries()) {
          if (rest[k] === INF || Math.min(cost + rest[k]!, INF - 1) >= from[k]!) continue;
          from[k] = Math.min(cost + rest[k]!, INF - 1);
          improved.add(tail);
          isStable = false;
        }
      }
    }
    return [...improved].map((node) => ({ node, costs: nearest.get(node)! }));
  }
}

function restrictedArcsOf(graph: SearchGraph): Map<number, RestrictedArc> {
  const { nodeCount, firstOut, outArcs, arcStride, objectiveCount, restricted } = graph;
  const arcs = new Map<number, RestrictedArc>();
  for (let tail = 0; tail < nodeCount; tail++) {
    const end = firstOut[tail + 1]! * arcStride;
    for (let at = firstOut[tail]! * arcStride; at < end; at += arcStride) {
      if (restricted[outArcs[at + ARC_ID]!] === 0) continue;
      const costs = Array.from({ length: objectiveCount }, (_, k) => arcCost(graph, at, k));
      arcs.set(outArcs[at + ARC_ID]!, { tail, head: outArcs[at]!, costs });
    }
  }
  return arcs;
}

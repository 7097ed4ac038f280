import type { Hierarchy } from "../hierarchy/hierarchy.ts";
import type { HierarchyWeights } from "../hierarchy/hierarchy-weights.ts";
import { type HierarchyEnd, LazyPotentials } from "../hierarchy/lazy-potentials.ts";
import type { FoundBounds } from "./lower-bounds.ts";
import { type SearchBudget, stopReason } from "./search-budget.ts";
import { ARC_ID, arcCost, INF, type SearchGraph } from "./search-graph.ts";
import type { Costs, SearchQuery } from "./search-query.ts";

/** An access-only arc. */
interface RestrictedArc {
  readonly tail: number;
  readonly head: number;
  /** One per metric. */
  readonly costs: Costs;
}

/**
 * Potentials to the ends of a query. The hierarchy's weights know open roads only; the access-only
 * arcs that a query opens are added to its ends: the nodes they lead from become ends themselves, with
 * what is left to go from there.
 */
export class PocketPotentials {
  readonly #potentials: LazyPotentials;
  readonly #restrictedArcs: ReadonlyMap<number, RestrictedArc>;
  readonly #metricsOf: (costs: Costs) => Costs;

  /**
   * @param weights customised for the arcs of `graph` with its restricted ones closed
   * @param metricsOf the metrics of the weights, from the costs of the graph
   */
  constructor(
    graph: SearchGraph,
    hierarchy: Hierarchy,
    weights: HierarchyWeights,
    metricsOf: (costs: Costs) => Costs,
  ) {
    this.#potentials = new LazyPotentials(hierarchy, weights);
    this.#metricsOf = metricsOf;
    this.#restrictedArcs = restrictedArcsOf(graph, metricsOf);
  }

  /** Sets the ends; returns why it stopped early, or `complete`. */
  begin(query: SearchQuery, budget: SearchBudget): FoundBounds["status"] {
    const ends: HierarchyEnd[] = query.ends.map(({ node, costs }) => ({
      node,
      costs: this.#metricsOf(costs),
    }));
    const opened = [...query.openArcs].flatMap((arc) => this.#restrictedArcs.get(arc) ?? []);
    this.#potentials.begin(ends);
    // Each round finds ways that change once more between open roads and opened ones.
    while (opened.length > 0) {
      const stopped = stopReason(budget);
      if (stopped !== undefined) return stopped;
      const found = this.#waysOver(opened);
      if (found.length === 0) break;
      ends.push(...found);
      this.#potentials.begin(ends);
    }
    return "complete";
  }

  /** Writes the potentials of a node, one per metric, to `out` from `at` on. */
  write(node: number, out: Int32Array, at: number): void {
    const { metricCount, values } = this.#potentials;
    const from = this.#potentials.at(node);
    for (let metric = 0; metric < metricCount; metric++) out[at + metric] = values[from + metric]!;
  }

  /** Nodes from which the destination is nearer over opened arcs than the potentials know. */
  #waysOver(opened: readonly RestrictedArc[]): HierarchyEnd[] {
    const nearest = new Map<number, Int32Array>();
    const improved = new Set<number>();
    const costsFrom = (node: number): Int32Array => {
      let costs = nearest.get(node);
      if (costs === undefined) {
        costs = new Int32Array(this.#potentials.metricCount);
        this.write(node, costs, 0);
        nearest.set(node, costs);
      }
      return costs;
    };
    for (let isStable = false; !isStable;) {
      isStable = true;
      for (const { tail, head, costs } of opened) {
        const from = costsFrom(tail);
        const rest = costsFrom(head);
        for (const [metric, cost] of costs.entries()) {
          const over = rest[metric] === INF ? INF : Math.min(cost + rest[metric]!, INF - 1);
          if (over >= from[metric]!) continue;
          from[metric] = over;
          improved.add(tail);
          isStable = false;
        }
      }
    }
    return [...improved].map((node) => ({ node, costs: nearest.get(node)! }));
  }
}

function restrictedArcsOf(
  graph: SearchGraph,
  metricsOf: (costs: Costs) => Costs,
): Map<number, RestrictedArc> {
  const { nodeCount, firstOut, outArcs, arcStride, objectiveCount, restricted } = graph;
  const arcs = new Map<number, RestrictedArc>();
  for (let tail = 0; tail < nodeCount; tail++) {
    const end = firstOut[tail + 1]! * arcStride;
    for (let at = firstOut[tail]! * arcStride; at < end; at += arcStride) {
      if (restricted[outArcs[at + ARC_ID]!] === 0) continue;
      const costs = Array.from({ length: objectiveCount }, (_, k) => arcCost(graph, at, k));
      arcs.set(outArcs[at + ARC_ID]!, { tail, head: outArcs[at]!, costs: metricsOf(costs) });
    }
  }
  return arcs;
}

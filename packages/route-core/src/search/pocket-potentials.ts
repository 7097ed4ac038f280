import type { Hierarchy } from "../hierarchy/hierarchy.ts";
import type { HierarchyWeights } from "../hierarchy/hierarchy-weights.ts";
import { type HierarchyEnd, LazyPotentials } from "../hierarchy/lazy-potentials.ts";
import type { FoundBounds } from "./lower-bounds.ts";
import { Pocket } from "./pocket.ts";
import { RestrictedArcs } from "./restricted-arcs.ts";
import { type SearchBudget, stopReason } from "./search-budget.ts";
import type { SearchGraph } from "./search-graph.ts";
import type { Costs, SearchQuery } from "./search-query.ts";

/**
 * Potentials to the ends of a query. The hierarchy's weights know open roads only; the access-only
 * arcs that a query opens are added to its ends: the nodes they lead from become ends themselves, with
 * what is left to go from there.
 */
export class PocketPotentials {
  readonly #graph: SearchGraph;
  readonly #potentials: LazyPotentials;
  readonly #metricsOf: (costs: Costs) => Costs;
  /** Made for the first query that opens some. */
  #restrictedArcs: RestrictedArcs | undefined;

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
    this.#graph = graph;
    this.#potentials = new LazyPotentials(hierarchy, weights);
    this.#metricsOf = metricsOf;
  }

  /** Sets the ends; returns why it stopped early, or `complete`. */
  begin(query: SearchQuery, budget: SearchBudget): FoundBounds["status"] {
    const ends: HierarchyEnd[] = query.ends.map(({ node, costs }) => ({
      node,
      costs: this.#metricsOf(costs),
    }));
    this.#potentials.begin(ends);
    if (query.openArcs.length === 0) return "complete";
    const pocket = this.#pocketOf(query.openArcs);
    // Each round finds ways that change once more between open roads and opened ones.
    for (;;) {
      const stopped = stopReason(budget);
      if (stopped !== undefined) return stopped;
      const found = pocket.nearerNodes((node, out, at) => this.write(node, out, at));
      if (found.length === 0) return "complete";
      ends.push(...found);
      this.#potentials.begin(ends);
    }
  }

  /** Writes the potentials of a node, one per metric, to `out` from `at` on. */
  write(node: number, out: Int32Array, at: number): void {
    const { metricCount, values } = this.#potentials;
    const from = this.#potentials.at(node);
    for (let metric = 0; metric < metricCount; metric++) out[at + metric] = values[from + metric]!;
  }

  #pocketOf(openArcs: Int32Array): Pocket {
    this.#restrictedArcs ??= new RestrictedArcs(this.#graph);
    const { metricCount } = this.#potentials;
    return new Pocket(this.#graph, this.#restrictedArcs, openArcs, metricCount, this.#metricsOf);
  }
}

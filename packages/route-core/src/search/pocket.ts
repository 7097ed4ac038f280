import type { HierarchyEnd } from "../hierarchy/lazy-potentials.ts";
import type { RestrictedArcs } from "./restricted-arcs.ts";
import { arcCost, INF, type SearchGraph } from "./search-graph.ts";
import type { Costs } from "./search-query.ts";

/** Writes what is left to go from a node to `out`, one cost per metric from `at` on. */
type WriteCosts = (node: number, out: Int32Array, at: number) => void;

/** The access-only arcs that a query opens, as a small graph of their own. */
export class Pocket {
  readonly #metricCount: number;
  readonly #nodes: number[] = [];
  /** Arcs in the order in which they were opened: places in `#nodes`, and costs per metric. */
  readonly #tails: number[] = [];
  readonly #costs: Costs[] = [];
  /** Arcs that lead to each node. */
  readonly #into: number[][] = [];

  constructor(
    graph: SearchGraph,
    arcs: RestrictedArcs,
    opened: Iterable<number>,
    metricCount: number,
    metricsOf: (costs: Costs) => Costs,
  ) {
    this.#metricCount = metricCount;
    const places = new Map<number, number>();
    const placeOf = (node: number): number => {
      const known = places.get(node);
      if (known !== undefined) return known;
      places.set(node, this.#nodes.length);
      this.#into.push([]);
      return this.#nodes.push(node) - 1;
    };
    for (const id of opened) {
      const at = arcs.placeOf(id);
      if (at < 0) continue;
      this.#into[placeOf(graph.outArcs[at]!)]!.push(this.#tails.length);
      this.#tails.push(placeOf(arcs.tailAt(at)));
      const costs = Array.from({ length: graph.objectiveCount }, (_, k) => arcCost(graph, at, k));
      this.#costs.push(metricsOf(costs));
    }
  }

  /** Nodes from which the destination is nearer over the pocket's arcs than was known. */
  nearerNodes(write: WriteCosts): HierarchyEnd[] {
    const nodes = this.#nodes;
    const metricCount = this.#metricCount;
    const least = new Int32Array(nodes.length * metricCount);
    const isImproved = new Uint8Array(nodes.length);
    const isWaiting = new Uint8Array(nodes.length).fill(1);
    const waiting = [...nodes.keys()];
    for (const [place, node] of nodes.entries()) write(node, least, place * metricCount);
    for (let next = 0; next < waiting.length; next++) {
      const head = waiting[next]!;
      isWaiting[head] = 0;
      for (const arc of this.#into[head]!) {
        const tail = this.#tails[arc]!;
        if (!this.#isShorter(arc, head, tail, least)) continue;
        isImproved[tail] = 1;
        if (isWaiting[tail] === 1) continue;
        isWaiting[tail] = 1;
        waiting.push(tail);
      }
    }
    return nodes.flatMap((node, place) => {
      const costs = least.subarray(place * metricCount, (place + 1) * metricCount);
      return isImproved[place] === 1 ? [{ node, costs }] : [];
    });
  }

  /** Lowers the costs of an arc's tail to those over the arc; true when one was higher. */
  #isShorter(arc: number, head: number, tail: number, least: Int32Array): boolean {
    const metricCount = this.#metricCount;
    const costs = this.#costs[arc]!;
    let isShorter = false;
    for (let metric = 0; metric < metricCount; metric++) {
      const rest = least[head * metricCount + metric]!;
      const over = rest === INF ? INF : Math.min(costs[metric]! + rest, INF - 1);
      if (over >= least[tail * metricCount + metric]!) continue;
      least[tail * metricCount + metric] = over;
      isShorter = true;
    }
    return isShorter;
  }
}

import { Ancestors } from "./ancestors.ts";
import { type Hierarchy, INF } from "./hierarchy.ts";
import type { HierarchyWeights } from "./hierarchy-weights.ts";
import type { HierarchyEnd } from "./lazy-potentials.ts";

/**
 * All nodes within a cost of some starts, in one metric: what an isochrone is drawn from (PHAST: D.
 * Delling et al., IPDPS 2011, on an elimination tree). One sweep from the highest rank down, past every
 * subtree whose ways in are all out of reach.
 */
export class Reach {
  /** Nodes found by the last `run`. */
  count = 0;
  /** Graph nodes in the first `count` places, in the order of the sweep. */
  readonly nodes: Int32Array;
  /** Their costs. */
  readonly costs: Int32Array;
  readonly #hierarchy: Hierarchy;
  readonly #weights: HierarchyWeights;
  readonly #metric: number;
  readonly #ancestors: Ancestors;
  /** Per rank, valid for those the current sweep has visited. */
  readonly #distance: Int32Array;

  /** @throws RangeError when the weights have no such metric */
  constructor(hierarchy: Hierarchy, weights: HierarchyWeights, metric = 0) {
    if (!(Number.isInteger(metric) && metric >= 0 && metric < weights.metricCount)) {
      throw new RangeError(`metric ${metric} of ${weights.metricCount}`);
    }
    this.nodes = new Int32Array(hierarchy.nodeCount);
    this.costs = new Int32Array(hierarchy.nodeCount);
    this.#hierarchy = hierarchy;
    this.#weights = weights;
    this.#metric = metric;
    this.#ancestors = new Ancestors(hierarchy);
    this.#distance = new Int32Array(hierarchy.nodeCount);
  }

  /**
   * Finds every node whose cheapest path from a start, the start's own cost included, costs at most
   * `limit`.
   *
   * @throws RangeError when the limit is not below INF
   */
  run(starts: readonly HierarchyEnd[], limit: number): void {
    if (!(limit < INF)) throw new RangeError(`a limit of ${limit} is not below ${INF}`);
    const { order, firstBelow } = this.#hierarchy;
    const distance = this.#distance;
    this.#climb(starts);
    this.count = 0;
    for (let at = this.#hierarchy.nodeCount - 1; at >= 0; at--) {
      const isAncestor = this.#ancestors.has(at);
      if (!isAncestor) distance[at] = INF;
      this.#descendTo(at);
      if (distance[at]! <= limit) {
        this.nodes[this.count] = order[at]!;
        this.costs[this.count++] = distance[at]!;
      } else if (!isAncestor && this.#areWaysInBeyond(at, limit)) at = firstBelow[at]!;
    }
  }

  #climb(starts: readonly HierarchyEnd[]): void {
    const { rank } = this.#hierarchy;
    const { first, arcs } = this.#weights.up;
    const stride = this.#weights.metricCount + 1;
    const costAt = 1 + this.#metric;
    const distance = this.#distance;
    const ancestors = this.#ancestors;
    ancestors.clear();
    for (const { node } of starts) ancestors.add(rank[node]!);
    ancestors.sort();
    for (let k = 0; k < ancestors.count; k++) distance[ancestors.ranks[k]!] = INF;
    for (const { node, costs } of starts) {
      distance[rank[node]!] = Math.min(distance[rank[node]!]!, costs[this.#metric]!);
    }
    for (let k = 0; k < ancestors.count; k++) {
      const from = ancestors.ranks[k]!;
      const end = first[from + 1]! * stride;
      for (let at = first[from]! * stride; at < end; at += stride) {
        const reached = distance[from]! + arcs[at + costAt]!;
        if (reached < distance[arcs[at]!]!) distance[arcs[at]!] = reached;
      }
    }
  }

  #descendTo(to: number): void {
    const { first, arcs } = this.#weights.down;
    const stride = this.#weights.metricCount + 1;
    const costAt = 1 + this.#metric;
    const distance = this.#distance;
    let least = distance[to]!;
    for (let at = first[to]! * stride, end = first[to + 1]! * stride; at < end; at += stride) {
      const reached = distance[arcs[at]!]! + arcs[at + costAt]!;
      if (reached < least) least = reached;
    }
    distance[to] = least;
  }

  /** Every way into a subtree leads over its root or an upper neighbour of the root. */
  #areWaysInBeyond(root: number, limit: number): boolean {
    const { firstUp, upper } = this.#hierarchy;
    for (let arc = firstUp[root]!; arc < firstUp[root + 1]!; arc++) {
      if (this.#distance[upper[arc]!]! <= limit) return false;
    }
    return true;
  }
}

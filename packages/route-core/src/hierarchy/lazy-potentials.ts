import { Ancestors } from "./ancestors.ts";
import { type Hierarchy, INF, NONE } from "./hierarchy.ts";
import { ARC_COST_LIMIT, type HierarchyWeights, type WeightedArcs } from "./hierarchy-weights.ts";

/** A node of the graph from which distances are measured, and what every path over it costs besides. */
export interface HierarchyEnd {
  readonly node: number;
  /** One per metric, >= 0. */
  readonly costs: ArrayLike<number>;
}

/** Stamps count up in twos. */
const LAST_STAMP = 2 ** 31 - 2;

/**
 * Exact distances between nodes and a few ends, in all metrics of the weights at once, computed for
 * just the nodes that are asked for and their ancestors (lazy RPHAST: B. Strasser, T. Zeitz, SEA 2021).
 *
 * As bounds of a search on the arcs that were customised nothing can be better: they are admissible and
 * consistent. They remain so when the search closes further arcs or bans turns.
 *
 * INF = there is no path; INF - 1 stands for itself and more.
 */
export class LazyPotentials {
  readonly metricCount: number;
  /** `metricCount` per rank. Valid where `at` pointed, until the next `begin`. */
  readonly values: Int32Array;
  readonly #hierarchy: Hierarchy;
  /** Costs towards the ends: over arcs to a higher rank, and over arcs to a lower one. */
  readonly #climb: WeightedArcs;
  readonly #descend: WeightedArcs;
  readonly #ancestors: Ancestors;
  /** Per rank: the current stamp = only the way straight down is known; one more = all is known. */
  readonly #stamps: Int32Array;
  #stamp = 0;
  readonly #stack: Int32Array;

  /** @param direction from the nodes to the ends, as bounds need it, or from the ends to the nodes */
  constructor(
    hierarchy: Hierarchy,
    weights: HierarchyWeights,
    direction: "to-ends" | "from-ends" = "to-ends",
  ) {
    const { nodeCount } = hierarchy;
    this.metricCount = weights.metricCount;
    this.values = new Int32Array(nodeCount * weights.metricCount);
    this.#hierarchy = hierarchy;
    this.#climb = direction === "to-ends" ? weights.up : weights.down;
    this.#descend = direction === "to-ends" ? weights.down : weights.up;
    this.#ancestors = new Ancestors(hierarchy);
    this.#stamps = new Int32Array(nodeCount);
    this.#stack = new Int32Array(nodeCount);
  }

  /** Sets the ends. Takes the time of their ancestors, whatever was computed before. */
  begin(ends: readonly HierarchyEnd[]): void {
    if (this.#stamp === LAST_STAMP) {
      this.#stamps.fill(0);
      this.#stamp = 0;
    }
    this.#stamp += 2;
    const { metricCount, values } = this;
    const { rank } = this.#hierarchy;
    const ancestors = this.#ancestors;
    ancestors.clear();
    for (const { node } of ends) ancestors.add(rank[node]!);
    if (ends.length > 1) ancestors.sort();
    const { ranks, count } = ancestors;
    for (let k = 0; k < count; k++) {
      this.#stamps[ranks[k]!] = this.#stamp;
      const at = ranks[k]! * metricCount;
      for (let metric = 0; metric < metricCount; metric++) values[at + metric] = INF;
    }
    for (const { node, costs } of ends) {
      for (let metric = 0; metric < metricCount; metric++) {
        const at = rank[node]! * metricCount + metric;
        values[at] = Math.min(values[at]!, costs[metric]!, INF - 1);
      }
    }
    for (let k = 0; k < count; k++) {
      for (let metric = 0; metric < metricCount; metric++) this.#spreadUp(ranks[k]!, metric);
    }
  }

  /** Where in `values` the distances of a graph node are; they are computed if need be. */
  at(node: number): number {
    return this.atRank(this.#hierarchy.rank[node]!);
  }

  /** As `at`, for a rank. */
  atRank(rank: number): number {
    if (this.#stamps[rank] !== this.#stamp + 1) this.#resolve(rank);
    return rank * this.metricCount;
  }

  #spreadUp(rank: number, metric: number): void {
    const { first, arcs } = this.#descend;
    const { metricCount, values } = this;
    const rest = values[rank * metricCount + metric]!;
    if (rest === INF) return;
    // Arcs cost less, so that no sum gets to INF unless it adds INF itself.
    const isSmall = rest < ARC_COST_LIMIT;
    const stride = metricCount + 1;
    for (let at = first[rank]! * stride, end = first[rank + 1]! * stride; at < end; at += stride) {
      const cost = arcs[at + 1 + metric]!;
      const distance = isSmall || cost === INF ? cost + rest : Math.min(cost + rest, INF - 1);
      const to = arcs[at]! * metricCount + metric;
      if (distance < values[to]!) values[to] = distance;
    }
  }

  /** From the highest unknown ancestor down, as a node needs those above it only. */
  #resolve(rank: number): void {
    const { parent } = this.#hierarchy;
    const stamps = this.#stamps;
    const stack = this.#stack;
    const done = this.#stamp + 1;
    let size = 0;
    for (let at = rank; at !== NONE && stamps[at] !== done; at = parent[at]!) stack[size++] = at;
    while (size > 0) {
      const at = stack[--size]!;
      if (this.metricCount === 3) this.#climbFromInThree(at);
      else this.#climbFrom(at);
      stamps[at] = done;
    }
  }

  #climbFrom(rank: number): void {
    const { first, arcs } = this.#climb;
    const { metricCount, values } = this;
    const stride = metricCount + 1;
    const from = rank * metricCount;
    const isNew = this.#stamps[rank] !== this.#stamp;
    for (let metric = 0; metric < metricCount; metric++) {
      let least = isNew ? INF : values[from + metric]!;
      for (
        let at = first[rank]! * stride, end = first[rank + 1]! * stride;
        at < end;
        at += stride
      ) {
        const distance = arcs[at + 1 + metric]! + values[arcs[at]! * metricCount + metric]!;
        if (distance < least) least = distance;
      }
      values[from + metric] = least === INF ? this.#noneOrHuge(rank, metric) : least;
    }
  }

  /** As `#climbFrom`, for the three objectives of a front: a third faster in one pass. */
  #climbFromInThree(rank: number): void {
    const { first, arcs } = this.#climb;
    const { values } = this;
    const from = rank * 3;
    const isNew = this.#stamps[rank] !== this.#stamp;
    let least0 = isNew ? INF : values[from]!;
    let least1 = isNew ? INF : values[from + 1]!;
    let least2 = isNew ? INF : values[from + 2]!;
    for (let at = first[rank]! * 4, end = first[rank + 1]! * 4; at < end; at += 4) {
      const above = arcs[at]! * 3;
      const distance0 = arcs[at + 1]! + values[above]!;
      const distance1 = arcs[at + 2]! + values[above + 1]!;
      const distance2 = arcs[at + 3]! + values[above + 2]!;
      if (distance0 < least0) least0 = distance0;
      if (distance1 < least1) least1 = distance1;
      if (distance2 < least2) least2 = distance2;
    }
    values[from] = least0 === INF ? this.#noneOrHuge(rank, 0) : least0;
    values[from + 1] = least1 === INF ? this.#noneOrHuge(rank, 1) : least1;
    values[from + 2] = least2 === INF ? this.#noneOrHuge(rank, 2) : least2;
  }

  /** Nothing below INF was found: there is no path, or only paths that cost too much to count. */
  #noneOrHuge(rank: number, metric: number): number {
    const { first, arcs } = this.#climb;
    const { metricCount, values } = this;
    const stride = metricCount + 1;
    for (let at = first[rank]! * stride; at < first[rank + 1]! * stride; at += stride) {
      const isOpen = arcs[at + 1 + metric] !== INF;
      if (isOpen && values[arcs[at]! * metricCount + metric] !== INF) return INF - 1;
    }
    return INF;
  }
}

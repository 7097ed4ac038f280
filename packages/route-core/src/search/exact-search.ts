import { CONSTRAINED, FREE } from "./arrival-kinds.ts";
import { collectResult, emptyResult, type RouteColumns } from "./collect-result.ts";
import type { LowerBounds } from "./lower-bounds.ts";
import { BUDGET_MASK, type SearchBudget, stopReason } from "./search-budget.ts";
import { COST_LIMIT, INF } from "./search-graph.ts";
import type { SearchQuery } from "./search-query.ts";
import type { SearchResult, SearchStatus } from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";

/** Label rows: f1, f2, f3, node (or `TARGET`), parent label (or -1), 2 * arc + constrained. */
const STRIDE = 6;
const NODE = 3;
const PARENT = 4;
const ARC = 5;
const COLUMNS: RouteColumns = { stride: STRIDE, costs: 0, parent: PARENT, arc: ARC, arcShift: 1 };
const TARGET = -1;

/**
 * The exact Pareto front of a query: one route per cost vector that no other legal route dominates.
 *
 * Label setting in lexicographic order of f = cost so far + lower bound, with dominance truncated to
 * the second and third component (LTMOA*: Hernandez et al., IJCAI 2023), here on sorted staircases.
 * A label that is free of turn restrictions dominates at its whole node, any other one only labels
 * that arrived by the same arc (see {@link SearchSpace.kinds}).
 *
 * @param bounds of this query, from {@link SearchSpace.boundsFor}; computed when left out
 */
export function exactSearch(
  space: SearchSpace,
  query: SearchQuery,
  budget: SearchBudget,
  bounds?: LowerBounds,
): SearchResult {
  const begun = space.begin(query, budget, STRIDE, bounds);
  if (begun.status !== "complete") return emptyResult(begun.status);
  const search = new ExactSearch(space, query, begun.bounds);
  const status = search.run(budget);
  return collectResult(space.labels.data, search.solutions, COLUMNS, {
    status,
    pops: search.pops,
    labels: space.labels.count,
  });
}

class ExactSearch {
  readonly solutions: number[] = [];
  pops = 0;
  readonly #space: SearchSpace;
  readonly #query: SearchQuery;
  readonly #bounds: LowerBounds;
  readonly #targetFront: number;

  constructor(space: SearchSpace, query: SearchQuery, bounds: LowerBounds) {
    this.#space = space;
    this.#query = query;
    this.#bounds = bounds;
    this.#targetFront = space.graph.nodeCount + space.graph.arcIdCount;
  }

  run(budget: SearchBudget): SearchStatus {
    const { labels, open, fronts } = this.#space;
    const { nodeCount } = this.#space.graph;
    const targetFront = this.#targetFront;
    const anyConstrained = this.#space.kinds.anyConstrained;
    let status = this.#begin();
    while (status === "complete" && open.size > 0) {
      if ((this.pops & BUDGET_MASK) === 0) {
        const stopped = stopReason(budget);
        if (stopped !== undefined) return stopped;
      }
      this.pops++;
      const label = open.pop();
      const data = labels.data;
      const at = label * STRIDE;
      const f2 = data[at + 1]!;
      const f3 = data[at + 2]!;
      if (fronts.isDominated(targetFront, f2, f3)) continue;
      const node = data[at + NODE]!;
      if (node === TARGET) {
        if (!fronts.insert(targetFront, f2, f3)) return "memory";
        this.solutions.push(label);
        continue;
      }
      if (fronts.isDominated(node, f2, f3)) continue;
      let front = node;
      if (anyConstrained) {
        const arc = data[at + ARC]!;
        const arcFront = nodeCount + (arc >> 1);
        if (arc >= 0 && fronts.isDominated(arcFront, f2, f3)) continue;
        if ((arc & 1) === 1) front = arcFront;
      }
      if (!fronts.insert(front, f2, f3)) return "memory";
      status = this.#expand(label, anyConstrained);
    }
    return status;
  }

  /** Labels of the origin, and routes that never leave its edge. */
  #begin(): SearchStatus {
    const { kinds } = this.#space;
    const values = this.#bounds.values;
    let status: SearchStatus = "complete";
    for (const { arcId, costs } of this.#query.direct) {
      status = this.#add(costs[0], costs[1], costs[2], TARGET, -1, arcId * 2);
      if (status !== "complete") return status;
    }
    for (const start of this.#query.starts) {
      this.#bounds.ensure(start.node);
      const h = start.node * 3;
      if (values[h] === INF) continue;
      const constrained = kinds.isStartConstrained(this.#query, start) ? 1 : 0;
      status = this.#add(
        start.costs[0] + values[h]!,
        start.costs[1] + values[h + 1]!,
        start.costs[2] + values[h + 2]!,
        start.node,
        -1,
        start.arcId * 2 + constrained,
      );
      if (status !== "complete") return status;
    }
    return status;
  }

  #expand(label: number, anyConstrained: boolean): SearchStatus {
    const { graph, moves, fronts, kinds } = this.#space;
    const { nodeCount, outArcs } = graph;
    const bounds = this.#bounds;
    const values = bounds.values;
    const arcKinds = kinds.kinds;
    const targetFront = this.#targetFront;
    const data = this.#space.labels.data;
    const at = label * STRIDE;
    const node = data[at + NODE]!;
    const arrival = data[at + ARC]!;
    const g1 = data[at]! - values[node * 3]!;
    const g2 = data[at + 1]! - values[node * 3 + 1]!;
    const g3 = data[at + 2]! - values[node * 3 + 2]!;
    const count = moves.collect(node, arrival >> 1);
    const found = moves.moves;
    for (let k = 0; k < count; k++) {
      const move = found[k]!;
      if (move < 0) {
        const status = this.#addEnd(label, ~move, g1, g2, g3);
        if (status !== "complete") return status;
        continue;
      }
      const head = outArcs[move]!;
      bounds.ensure(head);
      const h = head * 3;
      if (values[h] === INF) continue;
      const f2 = g2 + outArcs[move + 2]! + values[h + 1]!;
      const f3 = g3 + outArcs[move + 3]! + values[h + 2]!;
      if (fronts.isDominated(targetFront, f2, f3) || fronts.isDominated(head, f2, f3)) continue;
      const arc = outArcs[move + 4]!;
      let arcAndFlag = arc * 2;
      if (anyConstrained) {
        if (fronts.isDominated(nodeCount + arc, f2, f3)) continue;
        const kind = arcKinds[arc]!;
        if (kind === CONSTRAINED || (kind !== FREE && (arrival & 1) === 1)) arcAndFlag++;
      }
      const f1 = g1 + outArcs[move + 1]! + values[h]!;
      const status = this.#add(f1, f2, f3, head, label, arcAndFlag);
      if (status !== "complete") return status;
    }
    return "complete";
  }

  #addEnd(label: number, end: number, g1: number, g2: number, g3: number): SearchStatus {
    const { arcId, costs } = this.#space.moves.ends[end]!;
    const f2 = g2 + costs[1];
    const f3 = g3 + costs[2];
    if (this.#space.fronts.isDominated(this.#targetFront, f2, f3)) return "complete";
    return this.#add(g1 + costs[0], f2, f3, TARGET, label, arcId * 2);
  }

  #add(
    f1: number,
    f2: number,
    f3: number,
    node: number,
    parent: number,
    arcAndFlag: number,
  ): SearchStatus {
    if (f1 >= COST_LIMIT || f2 >= COST_LIMIT || f3 >= COST_LIMIT) return "overflow";
    const { labels, open } = this.#space;
    const label = labels.add();
    if (label < 0) return "memory";
    const data = labels.data;
    const at = label * STRIDE;
    data[at] = f1;
    data[at + 1] = f2;
    data[at + 2] = f3;
    data[at + NODE] = node;
    data[at + PARENT] = parent;
    data[at + ARC] = arcAndFlag;
    return open.push(f1 * COST_LIMIT + f2, label) ? "complete" : "memory";
  }
}

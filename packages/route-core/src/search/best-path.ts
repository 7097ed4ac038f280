import { collectResult, emptyResult, type RouteColumns } from "./collect-result.ts";
import type { LowerBounds } from "./lower-bounds.ts";
import { BUDGET_MASK, type SearchBudget, stopReason } from "./search-budget.ts";
import { COST_LIMIT, INF } from "./search-graph.ts";
import type { CostVector, SearchQuery } from "./search-query.ts";
import type { SearchResult, SearchStatus } from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";

/** Label rows: g1, g2, g3 (without bounds), node (or `TARGET`), parent label (or -1), arc. */
const STRIDE = 6;
const NODE = 3;
const PARENT = 4;
const ARC = 5;
const COLUMNS: RouteColumns = { stride: STRIDE, costs: 0, parent: PARENT, arc: ARC, arcShift: 0 };
const TARGET = -1;
const SETTLED = 1;

/**
 * The one route with the least weighted sum of costs, by A* on arrival arcs: the state of a truck is
 * the arc it came by, as turn bans and the rule against turning round depend on it.
 *
 * @param weights finite and >= 0, per objective
 * @param bounds of this query, from {@link SearchSpace.boundsFor}; computed when left out
 * @throws RangeError when a weight is negative or not finite
 */
export function bestPath(
  space: SearchSpace,
  query: SearchQuery,
  weights: CostVector,
  budget: SearchBudget,
  bounds?: LowerBounds,
): SearchResult {
  for (const weight of weights) {
    if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`weight ${weight}`);
  }
  const begun = space.begin(query, budget, STRIDE, bounds);
  if (begun.status !== "complete") return emptyResult(begun.status);
  const search = new BestPathSearch(space, query, weights, begun.bounds);
  const status = search.run(budget);
  return collectResult(space.labels.data, search.solutions, COLUMNS, {
    status,
    pops: search.pops,
    labels: space.labels.count,
  });
}

class BestPathSearch {
  readonly solutions: number[] = [];
  pops = 0;
  readonly #space: SearchSpace;
  readonly #query: SearchQuery;
  readonly #weights: CostVector;
  readonly #bounds: LowerBounds;

  constructor(space: SearchSpace, query: SearchQuery, weights: CostVector, bounds: LowerBounds) {
    this.#space = space;
    this.#query = query;
    this.#weights = weights;
    this.#bounds = bounds;
  }

  run(budget: SearchBudget): SearchStatus {
    const { labels, open, states } = this.#space;
    let status = this.#begin();
    while (status === "complete" && open.size > 0) {
      if ((this.pops & BUDGET_MASK) === 0) {
        const stopped = stopReason(budget);
        if (stopped !== undefined) return stopped;
      }
      this.pops++;
      const label = open.pop();
      const at = label * STRIDE;
      if (labels.data[at + NODE] === TARGET) {
        this.solutions.push(label);
        return "complete";
      }
      const arc = labels.data[at + ARC]!;
      if (arc >= 0) {
        if (states.get(arc) === SETTLED) continue;
        states.set(arc, SETTLED);
      }
      status = this.#expand(label);
    }
    return status;
  }

  #begin(): SearchStatus {
    let status: SearchStatus = "complete";
    for (const { arcId, costs } of this.#query.direct) {
      status = this.#add(costs[0], costs[1], costs[2], TARGET, -1, arcId);
      if (status !== "complete") return status;
    }
    for (const { node, arcId, costs } of this.#query.starts) {
      this.#bounds.ensure(node);
      if (this.#bounds.values[node * 3] === INF) continue;
      status = this.#add(costs[0], costs[1], costs[2], node, -1, arcId);
      if (status !== "complete") return status;
    }
    return status;
  }

  #expand(label: number): SearchStatus {
    const { graph, moves, labels, states } = this.#space;
    const { outArcs } = graph;
    const bounds = this.#bounds;
    const data = labels.data;
    const at = label * STRIDE;
    const g1 = data[at]!;
    const g2 = data[at + 1]!;
    const g3 = data[at + 2]!;
    const count = moves.collect(data[at + NODE]!, data[at + ARC]!);
    const found = moves.moves;
    for (let k = 0; k < count; k++) {
      const move = found[k]!;
      let status: SearchStatus;
      if (move < 0) {
        const { arcId, costs } = moves.ends[~move]!;
        status = this.#add(g1 + costs[0], g2 + costs[1], g3 + costs[2], TARGET, label, arcId);
      } else {
        const head = outArcs[move]!;
        const arc = outArcs[move + 4]!;
        bounds.ensure(head);
        if (bounds.values[head * 3] === INF || states.get(arc) === SETTLED) continue;
        status = this.#add(
          g1 + outArcs[move + 1]!,
          g2 + outArcs[move + 2]!,
          g3 + outArcs[move + 3]!,
          head,
          label,
          arc,
        );
      }
      if (status !== "complete") return status;
    }
    return "complete";
  }

  #add(
    g1: number,
    g2: number,
    g3: number,
    node: number,
    parent: number,
    arc: number,
  ): SearchStatus {
    const { labels, open } = this.#space;
    const values = this.#bounds.values;
    const f1 = node === TARGET ? g1 : g1 + values[node * 3]!;
    const f2 = node === TARGET ? g2 : g2 + values[node * 3 + 1]!;
    const f3 = node === TARGET ? g3 : g3 + values[node * 3 + 2]!;
    if (f1 >= COST_LIMIT || f2 >= COST_LIMIT || f3 >= COST_LIMIT) return "overflow";
    const label = labels.add();
    if (label < 0) return "memory";
    const data = labels.data;
    const at = label * STRIDE;
    data[at] = g1;
    data[at + 1] = g2;
    data[at + 2] = g3;
    data[at + NODE] = node;
    data[at + PARENT] = parent;
    data[at + ARC] = arc;
    const [w1, w2, w3] = this.#weights;
    return open.push(w1 * f1 + w2 * f2 + w3 * f3, label) ? "complete" : "memory";
  }
}

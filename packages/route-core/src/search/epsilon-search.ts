import { collectResult, emptyResult } from "./collect-result.ts";
import { APEX_COLUMNS, APEX_STRIDE, ApexLabels, REAL, TARGET } from "./apex-labels.ts";
import type { LowerBounds } from "./lower-bounds.ts";
import { BUDGET_MASK, type SearchBudget, stopReason } from "./search-budget.ts";
import { INF } from "./search-graph.ts";
import type { SearchQuery } from "./search-query.ts";
import type { SearchResult, SearchStatus } from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";
import { Tolerance } from "./tolerance.ts";

/**
 * Routes that cover the exact front of a query: for each legal route there is one of them that costs
 * at most (1 + epsilon) times as much in every objective. Costs and paths are those of real routes.
 *
 * A*pex (Zhang et al., ICAPS 2022): labels that arrived by the same arc are merged while one of them
 * stays within (1 + epsilon) of what they have in common, their apex; the apex takes part in
 * dominance, the label in routes. Arrival arcs are kept apart because a merged label has to have the
 * continuations of those it stands for.
 *
 * @param epsilon >= 0, rounded down to a multiple of 1e-6
 * @param bounds of this query, from {@link SearchSpace.boundsFor}; computed when left out
 * @throws RangeError when epsilon is negative or above 1
 */
export function epsilonSearch(
  space: SearchSpace,
  query: SearchQuery,
  epsilon: number,
  budget: SearchBudget,
  bounds?: LowerBounds,
): SearchResult {
  const tolerance = new Tolerance(epsilon);
  const begun = space.begin(query, budget, APEX_STRIDE, bounds);
  if (begun.status !== "complete") return emptyResult(begun.status);
  const search = new EpsilonSearch(space, query, tolerance, begun.bounds);
  const status = search.run(budget);
  return collectResult(space.labels.data, search.solutions, APEX_COLUMNS, {
    status,
    pops: search.pops,
    labels: space.labels.count,
  });
}

class EpsilonSearch {
  readonly solutions: number[] = [];
  pops = 0;
  readonly #space: SearchSpace;
  readonly #query: SearchQuery;
  readonly #tolerance: Tolerance;
  readonly #bounds: LowerBounds;
  readonly #apexes: ApexLabels;
  readonly #firstArcFront: number;
  readonly #targetFront: number;

  constructor(space: SearchSpace, query: SearchQuery, tolerance: Tolerance, bounds: LowerBounds) {
    this.#space = space;
    this.#query = query;
    this.#tolerance = tolerance;
    this.#bounds = bounds;
    this.#apexes = new ApexLabels(space, tolerance);
    this.#firstArcFront = space.graph.nodeCount;
    this.#targetFront = space.graph.nodeCount + space.graph.arcIdCount;
  }

  run(budget: SearchBudget): SearchStatus {
    const { labels, open, fronts } = this.#space;
    const apexes = this.#apexes;
    let status = this.#begin();
    while (status === "complete" && open.size > 0) {
      if ((this.pops & BUDGET_MASK) === 0) {
        const stopped = stopReason(budget);
        if (stopped !== undefined) return stopped;
      }
      this.pops++;
      const key = open.peekKey();
      const label = open.pop();
      if (!apexes.take(label, key)) continue;
      const data = labels.data;
      const at = label * APEX_STRIDE;
      const a2 = data[at + 1]!;
      const a3 = data[at + 2]!;
      if (this.#isCovered(a2, a3)) continue;
      if (apexes.nodeOf(label) === TARGET) {
        if (!fronts.insert(this.#targetFront, data[at + REAL + 1]!, data[at + REAL + 2]!)) {
          return "memory";
        }
        this.solutions.push(label);
        continue;
      }
      const arc = apexes.arcOf(label);
      if (arc >= 0) {
        const front = this.#firstArcFront + arc;
        if (fronts.isDominated(front, a2, a3)) continue;
        if (!fronts.insert(front, a2, a3)) return "memory";
      }
      status = this.#expand(label);
    }
    return status;
  }

  /** True when a route found already stands for every route at or above this apex. */
  #isCovered(a2: number, a3: number): boolean {
    const tolerance = this.#tolerance;
    return this.#space.fronts.isDominated(
      this.#targetFront,
      tolerance.limit(a2),
      tolerance.limit(a3),
    );
  }

  #begin(): SearchStatus {
    const values = this.#bounds.values;
    const apexes = this.#apexes;
    let status: SearchStatus = "complete";
    for (const { arcId, costs } of this.#query.direct) {
      apexes.offer(costs[0], costs[1], costs[2], costs[0], costs[1], costs[2]);
      status = apexes.add(TARGET, -1, arcId);
      if (status !== "complete") return status;
    }
    for (const { node, arcId, costs } of this.#query.starts) {
      this.#bounds.ensure(node);
      const h = node * 3;
      if (values[h] === INF) continue;
      const f1 = costs[0] + values[h]!;
      const f2 = costs[1] + values[h + 1]!;
      const f3 = costs[2] + values[h + 2]!;
      apexes.offer(f1, f2, f3, f1, f2, f3);
      status = apexes.add(node, -1, arcId);
      if (status !== "complete") return status;
    }
    return status;
  }

  #expand(label: number): SearchStatus {
    const { graph, moves, fronts, labels } = this.#space;
    const { outArcs } = graph;
    const bounds = this.#bounds;
    const values = bounds.values;
    const apexes = this.#apexes;
    const data = labels.data;
    const at = label * APEX_STRIDE;
    const node = apexes.nodeOf(label);
    const h1 = values[node * 3]!;
    const h2 = values[node * 3 + 1]!;
    const h3 = values[node * 3 + 2]!;
    const a1 = data[at]! - h1;
    const a2 = data[at + 1]! - h2;
    const a3 = data[at + 2]! - h3;
    const g1 = data[at + REAL]! - h1;
    const g2 = data[at + REAL + 1]! - h2;
    const g3 = data[at + REAL + 2]! - h3;
    const count = moves.collect(node, apexes.arcOf(label));
    const found = moves.moves;
    for (let k = 0; k < count; k++) {
      const move = found[k]!;
      let c1: number;
      let c2: number;
      let c3: number;
      let head = TARGET;
      let arc: number;
      if (move < 0) {
        const end = moves.ends[~move]!;
        c1 = end.costs[0];
        c2 = end.costs[1];
        c3 = end.costs[2];
        arc = end.arcId;
        if (this.#isCovered(a2 + c2, a3 + c3)) continue;
      } else {
        head = outArcs[move]!;
        bounds.ensure(head);
        const h = head * 3;
        if (values[h] === INF) continue;
        c1 = outArcs[move + 1]! + values[h]!;
        c2 = outArcs[move + 2]! + values[h + 1]!;
        c3 = outArcs[move + 3]! + values[h + 2]!;
        arc = outArcs[move + 4]!;
        if (this.#isCovered(a2 + c2, a3 + c3)) continue;
        if (fronts.isDominated(this.#firstArcFront + arc, a2 + c2, a3 + c3)) continue;
      }
      apexes.offer(a1 + c1, a2 + c2, a3 + c3, g1 + c1, g2 + c2, g3 + c3);
      const status = apexes.mergeOrAdd(head, label, arc);
      if (status !== "complete") return status;
    }
    return "complete";
  }
}

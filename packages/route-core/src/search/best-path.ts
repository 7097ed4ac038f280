import { CONSTRAINING, NO_WAY_BACK, REMEMBERED } from "./arc-flags.ts";
import { requireLimits } from "./cost-limits.ts";
import { ARC, F, NODE, PATH, PLAIN_SHIFT, TARGET } from "./label-columns.ts";
import { LimitedStates } from "./limited-states.ts";
import type { LowerBounds } from "./lower-bounds.ts";
import { BOUND, END_OUT, FIRST_END, FIRST_OUT, FRONT_LENGTH } from "./node-records.ts";
import { NO_PATH } from "./path-tree.ts";
import { BUDGET_MASK, type SearchBudget, stopReason } from "./search-budget.ts";
import { ARC_ID, arcCost, COST_LIMIT, INF } from "./search-graph.ts";
import type { SearchQuery } from "./search-query.ts";
import { emptyResult, type SearchResult, type SearchStatus } from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";
import { arcOfState, nextState } from "./turn-states.ts";

const SETTLED = 1;

/**
 * The one route with the least weighted sum of costs, by A*: as in a front search, the state of a truck
 * is its node, or the arc it came by where turn bans make a difference (see arc-flags.ts). Where the
 * query has limits it is the one within them; a state then has as many labels as there are trade-offs
 * between what is limited (limited-states.ts).
 *
 * @param weights finite and >= 0, per objective
 * @param bounds of this query, from {@link SearchSpace.boundsFor}; found when left out
 * @throws RangeError when a weight is negative or not finite, when a limit is negative or no whole
 *   number, or when four objectives are limited
 */
export function bestPath(
  space: SearchSpace,
  query: SearchQuery,
  weights: readonly number[],
  budget: SearchBudget,
  bounds?: LowerBounds,
): SearchResult {
  const { objectiveCount } = space.graph;
  for (const weight of weights) {
    if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`weight ${weight}`);
  }
  requireLimits(query.limits);
  const begun = space.begin(query, budget, PLAIN_SHIFT, bounds);
  if (begun.status !== "complete") return emptyResult(begun.status, objectiveCount);
  const search = new BestPathSearch(space, query, weights, begun.bounds);
  const status = search.run(budget);
  const { found, pops } = search;
  return {
    status,
    objectiveCount,
    costs: Int32Array.from(found?.costs ?? []),
    paths: found === undefined ? [] : [found.path],
    unreachable: status === "complete" && found === undefined,
    pops,
    labels: space.labels.made,
  };
}

class BestPathSearch {
  found: { readonly costs: Int32Array; readonly path: Int32Array } | undefined;
  pops = 0;
  readonly #space: SearchSpace;
  readonly #query: SearchQuery;
  readonly #weights: readonly number[];
  readonly #bounds: LowerBounds;
  /** Costs of the label that is about to be added. */
  readonly #costs = new Float64Array(4);
  /** Costs so far + bounds of the label that is added or settled. */
  readonly #f = new Float64Array(4);
  readonly #limited: LimitedStates | undefined;

  constructor(
    space: SearchSpace,
    query: SearchQuery,
    weights: readonly number[],
    bounds: LowerBounds,
  ) {
    this.#space = space;
    this.#query = query;
    this.#weights = weights;
    this.#bounds = bounds;
    if (query.limits !== undefined) this.#limited = new LimitedStates(space, query.limits);
  }

  run(budget: SearchBudget): SearchStatus {
    const { labels, heap, paths, graph } = this.#space;
    let status = this.#begin();
    while (status === "complete" && heap.size > 0) {
      if ((this.pops & BUDGET_MASK) === 0) {
        const stopped = stopReason(budget);
        if (stopped !== undefined) return stopped;
      }
      this.pops++;
      const label = heap.pop();
      const at = label << PLAIN_SHIFT;
      const { data } = labels;
      if (data[at + NODE] === TARGET) {
        const path = paths.add(data[at + PATH]!, data[at + ARC]!);
        if (path < NO_PATH) return "memory";
        const costs = data.slice(at + F, at + F + graph.objectiveCount);
        const { states } = graph.turnBans;
        const arcs = paths.stepsOf(path).map((step) => arcOfState(states, step >> 1));
        this.found = { costs, path: arcs };
        return "complete";
      }
      const isWorth = this.#close(at);
      if (isWorth === undefined) return "memory";
      if (isWorth) status = this.#expand(at);
      labels.free(label);
    }
    return status;
  }

  #begin(): SearchStatus {
    const { arcs, records } = this.#space;
    let status: SearchStatus = "complete";
    for (const { arcId, costs } of this.#query.direct) {
      this.#costs.set(costs);
      status = this.#add(TARGET, -1, NO_PATH, arcId * 2);
      if (status !== "complete") return status;
    }
    for (const start of this.#query.starts) {
      const row = this.#space.rowOf(start.node, this.#bounds);
      if (records.rows[row + BOUND] === INF) continue;
      this.#costs.set(start.costs);
      const isConstrained = arcs.isStartConstrained(this.#query, start);
      const arc = (start.state ?? start.arcId) * 2 + Number(isConstrained);
      status = this.#add(start.node, row, NO_PATH, arc);
      if (status !== "complete") return status;
    }
    return status;
  }

  /** Settles the state of a label; false when that was done before, `undefined` without memory. */
  #close(at: number): boolean | undefined {
    const { records, states, labels } = this.#space;
    const { rows } = records;
    const { data } = labels;
    const arrival = data[at + ARC]!;
    const row = this.#space.rowOf(data[at + NODE]!, this.#bounds);
    if (this.#limited !== undefined) {
      for (let k = 0; k < 4; k++) this.#f[k] = data[at + F + k]! + rows[row + BOUND + k]!;
      return this.#limited.close(row, arrival, this.#f);
    }
    if (rows[row + FRONT_LENGTH] === SETTLED) return false;
    if (arrival >= 0 && states.get(arrival >> 1) === SETTLED) return false;
    if ((arrival & 1) === 1) states.set(arrival >> 1, SETTLED);
    else rows[row + FRONT_LENGTH] = SETTLED;
    return true;
  }

  #expand(at: number): SearchStatus {
    const { graph, moves, arcs, labels, records, states, paths } = this.#space;
    const { outArcs, objectiveCount } = graph;
    const { data } = labels;
    const { rows } = records;
    const node = data[at + NODE]!;
    const arrival = data[at + ARC]!;
    const row = this.#space.rowOf(node, this.#bounds);
    const path = paths.add(data[at + PATH]!, arrival);
    if (path < NO_PATH) return "memory";
    const isConstrained = (arrival & 1) === 1;
    const isRemembered = isConstrained && (arcs.flags[arrival >> 1]! & REMEMBERED) !== 0;
    const count = isConstrained
      ? moves.collect(node, arrival >> 1)
      : moves.collectUseful(
          rows[row + FIRST_OUT]!,
          rows[row + END_OUT]!,
          rows[row + FIRST_END]!,
          (arrival >> 1) ^ 1,
        );
    for (let m = 0; m < count; m++) {
      const move = moves.moves[m]!;
      let status: SearchStatus;
      if (move < 0) {
        const { arcId, costs } = moves.ends[~move]!;
        for (let k = 0; k < objectiveCount; k++) this.#costs[k] = data[at + F + k]! + costs[k]!;
        status = this.#add(TARGET, -1, path, arcId * 2);
      } else {
        const head = outArcs[move]!;
        const headRow = this.#space.rowOf(head, this.#bounds);
        let arc = outArcs[move + ARC_ID]!;
        if (isRemembered) arc = nextState(graph.turnBans.states, arrival >> 1, arc);
        if (rows[headRow + BOUND] === INF) continue;
        if (this.#limited === undefined) {
          if (rows[headRow + FRONT_LENGTH] === SETTLED || states.get(arc) === SETTLED) continue;
        }
        for (let k = 0; k < objectiveCount; k++) {
          this.#costs[k] = data[at + F + k]! + arcCost(graph, move, k);
        }
        const flags = arcs.flags[arc]!;
        const isNext =
          (flags & CONSTRAINING) !== 0 || (isConstrained && (flags & NO_WAY_BACK) === 0);
        status = this.#add(head, headRow, path, arc * 2 + Number(isNext));
      }
      if (status !== "complete") return status;
    }
    return "complete";
  }

  /** @param row of the node's record, or -1 at the destination */
  #add(node: number, row: number, path: number, arc: number): SearchStatus {
    const { labels, heap, graph, records } = this.#space;
    const costs = this.#costs;
    const f = this.#f;
    for (let k = 0; k < graph.objectiveCount; k++) {
      f[k] = row < 0 ? costs[k]! : costs[k]! + records.rows[row + BOUND + k]!;
    }
    if (this.#limited?.isBeyond(f) === true) return "complete";
    let key = 0;
    for (let k = 0; k < graph.objectiveCount; k++) {
      if (f[k]! >= COST_LIMIT) return "overflow";
      key += this.#weights[k]! * f[k]!;
    }
    const label = labels.add();
    if (label < 0) return "memory";
    const { data } = labels;
    const at = label << PLAIN_SHIFT;
    for (let k = 0; k < graph.objectiveCount; k++) data[at + F + k] = costs[k]!;
    data[at + NODE] = node;
    data[at + ARC] = arc;
    data[at + PATH] = path;
    return heap.push(key, label) ? "complete" : "memory";
  }
}

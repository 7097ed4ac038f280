import { PLAIN_SHIFT } from "./label-columns.ts";
import { BUDGET_MASK, type SearchBudget, stopReason } from "./search-budget.ts";
import { ARC_ID, arcCost, COST_LIMIT } from "./search-graph.ts";
import type { SearchQuery } from "./search-query.ts";
import type { SearchResult, SearchStatus } from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";
import { arcOfState, nextState } from "./turn-states.ts";

/**
 * Every legal route of a query that takes no arc twice in the same state (see turn-states.ts; without
 * forbidden paths: at all), depth first, dominated ones and all: what a front, or a choice from one, is compared with. Their number grows exponentially with the network; one
 * of a few dozen arcs is the most this is for.
 *
 * The status is `memory` when there are more than `maxPaths`: some routes are missing then.
 */
export function everyPath(
  space: SearchSpace,
  query: SearchQuery,
  maxPaths: number,
  budget: SearchBudget,
): SearchResult {
  space.begin(query, budget, PLAIN_SHIFT, NO_BOUNDS);
  const { objectiveCount } = space.graph;
  const walk = new EveryWalk(space, query, maxPaths, budget);
  const status = walk.run();
  return {
    status,
    objectiveCount,
    costs: Int32Array.from(walk.costs),
    paths: walk.paths,
    unreachable: status === "complete" && walk.paths.length === 0,
    pops: walk.steps,
    labels: 0,
  };
}

/** Nothing is known, and nothing left out for what is known. */
const NO_BOUNDS = { write: () => undefined };

class EveryWalk {
  readonly costs: number[] = [];
  readonly paths: Int32Array[] = [];
  steps = 0;
  #status: SearchStatus = "complete";
  readonly #space: SearchSpace;
  readonly #query: SearchQuery;
  readonly #maxPaths: number;
  readonly #budget: SearchBudget;
  readonly #arcs: number[] = [];
  readonly #used = new Set<number>();

  constructor(space: SearchSpace, query: SearchQuery, maxPaths: number, budget: SearchBudget) {
    this.#space = space;
    this.#query = query;
    this.#maxPaths = maxPaths;
    this.#budget = budget;
  }

  run(): SearchStatus {
    for (const { arcId, costs } of this.#query.direct) this.#arrive(arcId, costs);
    for (const { node, arcId, state = arcId, costs } of this.#query.starts) {
      this.#used.clear();
      this.#drive(node, state, costs);
    }
    return this.#status;
  }

  /** Goes on in every legal way from where a state has led. */
  #drive(node: number, state: number, costs: readonly number[]): void {
    const { graph, moves } = this.#space;
    const { states } = graph.turnBans;
    const arrival = arcOfState(states, state);
    this.#arcs.push(arrival);
    this.#used.add(state);
    const found = moves.moves.slice(0, moves.collect(node, state));
    for (const move of found) {
      if (this.#isStopped()) break;
      if (move < 0) {
        const end = moves.ends[~move]!;
        this.#arrive(end.arcId, plus(costs, end.costs));
        continue;
      }
      const arc = graph.outArcs[move + ARC_ID]!;
      const next = nextState(states, state, arc);
      if (this.#used.has(next)) continue;
      const added = costs.map((cost, k) => cost + arcCost(graph, move, k));
      this.#drive(graph.outArcs[move]!, next, added);
    }
    this.#used.delete(state);
    this.#arcs.pop();
  }

  #isStopped(): boolean {
    if (this.#status === "complete" && (this.steps++ & BUDGET_MASK) === 0) {
      this.#status = stopReason(this.#budget) ?? "complete";
    }
    return this.#status !== "complete";
  }

  #arrive(arc: number, costs: readonly number[]): void {
    if (costs.some((cost) => cost >= COST_LIMIT)) this.#status = "overflow";
    else if (this.paths.length >= this.#maxPaths) this.#status = "memory";
    if (this.#status !== "complete") return;
    this.paths.push(Int32Array.from([...this.#arcs, arc]));
    this.costs.push(...costs);
  }
}

function plus(a: readonly number[], b: readonly number[]): number[] {
  return a.map((cost, k) => cost + b[k]!);
}

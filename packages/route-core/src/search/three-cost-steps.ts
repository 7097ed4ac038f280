import { CONSTRAINING, HAS_FRONT, NO_WAY_BACK, REMEMBERED } from "./arc-flags.ts";
import { ARC, F, NODE, PATH, PLAIN_SHIFT, TARGET } from "./label-columns.ts";
import { NO_BACK } from "./legal-moves.ts";
import type { LowerBounds } from "./lower-bounds.ts";
import { BOUND } from "./node-records.ts";
import type { OpenLabels } from "./open-labels.ts";
import { ARC_ID, COST_LIMIT, FIRST_COST, INF } from "./search-graph.ts";
import type { SearchStatus } from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";
import type { TargetFront } from "./target-front.ts";
import { nextState } from "./turn-states.ts";

/** What three-cost-search.ts does seldom: steps of constrained labels, and over the ends of the query. */
export class ThreeCostSteps {
  readonly #space: SearchSpace;
  readonly #open: OpenLabels;
  readonly #bounds: LowerBounds;
  readonly #targetFront: TargetFront;

  constructor(space: SearchSpace, open: OpenLabels, bounds: LowerBounds, targetFront: TargetFront) {
    this.#space = space;
    this.#open = open;
    this.#bounds = bounds;
    this.#targetFront = targetFront;
  }

  /**
   * Goes on from a constrained label, arc by arc.
   *
   * @param arrival its state
   */
  expandConstrained(
    row: number,
    node: number,
    f1: number,
    f2: number,
    f3: number,
    arrival: number,
    path: number,
  ): SearchStatus {
    const { graph, arcs, records, moves, staircases, states } = this.#space;
    const { outArcs } = graph;
    const { flags } = arcs;
    const { rows } = records;
    const g1 = f1 - rows[row + BOUND]!;
    const g2 = f2 - rows[row + BOUND + 1]!;
    const g3 = f3 - rows[row + BOUND + 2]!;
    const isRemembered = (flags[arrival]! & REMEMBERED) !== 0;
    const count = moves.collect(node, arrival);
    for (let k = 0; k < count; k++) {
      const move = moves.moves[k]!;
      let status: SearchStatus;
      if (move < 0) status = this.finish(~move, g1, g2, g3, NO_BACK, path);
      else {
        const head = outArcs[move]!;
        const state = this.#space.rowOf(head, this.#bounds);
        if (rows[state + BOUND] === INF) continue;
        const c1 = g1 + outArcs[move + FIRST_COST]! + rows[state + BOUND]!;
        const c2 = g2 + outArcs[move + FIRST_COST + 1]! + rows[state + BOUND + 1]!;
        const c3 = g3 + outArcs[move + FIRST_COST + 2]! + rows[state + BOUND + 2]!;
        if (c1 > this.#open.largestFirst || this.#targetFront.isDominated(c2, c3)) continue;
        if (staircases.isDominated(state, c2, c3)) continue;
        let id = outArcs[move + ARC_ID]!;
        if (isRemembered) id = nextState(graph.turnBans.states, arrival, id);
        const flag = flags[id]!;
        if ((flag & HAS_FRONT) !== 0) {
          if (staircases.isDominated(states.get(id), c2, c3)) continue;
        }
        const isNext = (flag & CONSTRAINING) !== 0 || (flag & NO_WAY_BACK) === 0;
        status = this.push(c1, c2, c3, head, id * 2 + Number(isNext), path);
      }
      if (status !== "complete") return status;
    }
    return "complete";
  }

  /** Over one of the query's ends, unless it begins with the arc `back`. */
  finish(
    end: number,
    g1: number,
    g2: number,
    g3: number,
    back: number,
    path: number,
  ): SearchStatus {
    const { ends, endCosts } = this.#space.moves;
    const { arcId } = ends[end]!;
    if (arcId === back) return "complete";
    const c1 = g1 + endCosts[end * 4]!;
    const c2 = g2 + endCosts[end * 4 + 1]!;
    const c3 = g3 + endCosts[end * 4 + 2]!;
    if (c1 > this.#open.largestFirst || this.#targetFront.isDominated(c2, c3)) return "complete";
    return this.push(c1, c2, c3, TARGET, arcId * 2, path);
  }

  /** Adds an open label. */
  push(f1: number, f2: number, f3: number, node: number, arc: number, path: number): SearchStatus {
    if (f1 >= COST_LIMIT || f2 >= COST_LIMIT || f3 >= COST_LIMIT) return "overflow";
    const { labels, queue } = this.#space;
    const label = labels.add();
    if (label < 0) return "memory";
    const { data } = labels;
    const at = label << PLAIN_SHIFT;
    data[at + F] = f1;
    data[at + F + 1] = f2;
    data[at + F + 2] = f3;
    data[at + NODE] = node;
    data[at + ARC] = arc;
    data[at + PATH] = path;
    return queue.push(label) ? "complete" : "memory";
  }
}

import { ApexLabels } from "./apex-labels.ts";
import { CONSTRAINING, HAS_FRONT, NO_WAY_BACK } from "./arc-flags.ts";
import { ARC, F, NODE, PATH, REAL, TARGET } from "./label-columns.ts";
import { NO_BACK } from "./legal-moves.ts";
import type { LowerBounds } from "./lower-bounds.ts";
import { BOUND, END_OUT, FIRST_END, FIRST_OUT, RECORD_SHIFT, SET_UP } from "./node-records.ts";
import { createOutlook, type Outlook } from "./outlook.ts";
import { NO_PATH } from "./path-tree.ts";
import { BUDGET_MASK, type SearchBudget, stopReason } from "./search-budget.ts";
import { ARC_ID, COST_LIMIT, FIRST_COST, FOURTH_COST, INF } from "./search-graph.ts";
import type { SearchQuery } from "./search-query.ts";
import type { SearchStatus } from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";
import type { Tolerance } from "./tolerance.ts";

/**
 * Label setting in lexicographic order of f = cost so far + lower bound, exact or with merging.
 *
 * A label that is unconstrained dominates at its whole node, any other one only labels that arrived by
 * the same arc (see arc-flags.ts). With a tolerance, labels of one state are merged (apex-labels.ts)
 * and a label is done with when a route found stands for all that it can become. A merged label
 * stands for several that came over different arcs, so it may also turn back: for another of them
 * that was the way on. What such a turn makes of a route is cut out afterwards (turning-back.ts).
 */
export class FrontSearch {
  /** Per route found: its path, then its costs. */
  readonly solutions: number[] = [];
  pops = 0;
  readonly #space: SearchSpace;
  readonly #query: SearchQuery;
  readonly #bounds: LowerBounds;
  readonly #tolerance: Tolerance | undefined;
  readonly #apexes: ApexLabels | undefined;
  readonly #outlook: Outlook | undefined;
  /** Row of the destination's record. */
  readonly #target: number;

  constructor(
    space: SearchSpace,
    query: SearchQuery,
    bounds: LowerBounds,
    tolerance: Tolerance | undefined,
  ) {
    this.#space = space;
    this.#query = query;
    this.#bounds = bounds;
    this.#tolerance = tolerance;
    if (tolerance !== undefined) {
      this.#apexes = new ApexLabels(space.labels, space.queue, space.records, tolerance);
    }
    this.#outlook = createOutlook(space, tolerance);
    this.#target = space.records.add();
  }

  run(budget: SearchBudget): SearchStatus {
    const { queue } = this.#space;
    let status = this.#begin();
    while (status === "complete" && queue.size > 0) {
      if ((this.pops & BUDGET_MASK) === 0) {
        const stopped = stopReason(budget);
        if (stopped !== undefined) return stopped;
      }
      this.pops++;
      const label = queue.pop();
      status = label < 0 ? "memory" : this.#settle(label);
    }
    return status;
  }

  /** Routes that never leave the origin's edge, and labels of the origin. */
  #begin(): SearchStatus {
    const { arcs, records } = this.#space;
    let status: SearchStatus = "complete";
    for (const { arcId, costs } of this.#query.direct) {
      const [c1 = 0, c2 = 0, c3 = 0, c4 = 0] = costs;
      if (this.#apexes?.offerReal(c1, c2, c3, c4) === false) return "overflow";
      status = this.#add(c1, c2, c3, c4, this.#target, TARGET, NO_PATH, arcId * 2);
      if (status !== "complete") return status;
    }
    for (const start of this.#query.starts) {
      const row = this.#space.rowOf(start.node, this.#bounds);
      const { rows } = records;
      if (rows[row + BOUND] === INF) continue;
      const [c1 = 0, c2 = 0, c3 = 0, c4 = 0] = start.costs;
      const f1 = c1 + rows[row + BOUND]!;
      const f2 = c2 + rows[row + BOUND + 1]!;
      const f3 = c3 + rows[row + BOUND + 2]!;
      const f4 = c4 + rows[row + BOUND + 3]!;
      const isConstrained = arcs.isStartConstrained(this.#query, start);
      const state = isConstrained ? this.#stateOfArc(start.arcId) : row;
      if (state < 0) return "memory";
      if (this.#apexes?.offerReal(f1, f2, f3, f4) === false) return "overflow";
      const arc = start.arcId * 2 + Number(isConstrained);
      status = this.#add(f1, f2, f3, f4, state, start.node, NO_PATH, arc);
      if (status !== "complete") return status;
    }
    return status;
  }

  /** Row of the record of an arc whose labels are constrained; -1 when memory is used up. */
  #stateOfArc(arc: number): number {
    const { arcs, records, states } = this.#space;
    const known = states.get(arc);
    if (known >= 0) return known;
    const row = records.add();
    if (row < 0) return -1;
    states.set(arc, row);
    arcs.markFront(arc);
    return row;
  }

  /** Everything about the label that is next in order. */
  #settle(label: number): SearchStatus {
    const { labels, fronts, arcs, states } = this.#space;
    const apexes = this.#apexes;
    const { data } = labels;
    const at = label << labels.shift;
    const node = data[at + NODE]!;
    const arrival = data[at + ARC]!;
    const isConstrained = (arrival & 1) === 1;
    const row = node === TARGET ? this.#target : node << RECORD_SHIFT;
    let front = row;
    if (isConstrained) {
      front = this.#stateOfArc(arrival >> 1);
      if (front < 0) return "memory";
    }
    if (apexes !== undefined && !apexes.take(label, front)) {
      labels.free(label);
      return "complete";
    }
    const f2 = data[at + F + 1]!;
    const f3 = data[at + F + 2]!;
    const f4 = data[at + F + 3]!;
    let status: SearchStatus = "complete";
    if (this.#isCovered(f2, f3, f4)) {
      // A route found is as good.
    } else if (node === TARGET) {
      status = this.#arrive(at);
    } else if (
      !fronts.isDominated(row, f2, f3, f4) &&
      !(
        arrival >= 0 &&
        (arcs.flags[arrival >> 1]! & HAS_FRONT) !== 0 &&
        fronts.isDominated(states.get(arrival >> 1), f2, f3, f4)
      )
    ) {
      if (this.#outlook?.isHopeless(this.#target, row, node, f2, f3) !== true) {
        status = fronts.insert(front, f2, f3, f4) ? this.#expand(at, row, node, arrival) : "memory";
      }
    }
    labels.free(label);
    return status;
  }

  /** True when a route found already stands for everything at or above these costs. */
  #isCovered(f2: number, f3: number, f4: number): boolean {
    const { fronts } = this.#space;
    const tolerance = this.#tolerance;
    return tolerance === undefined
      ? fronts.isDominated(this.#target, f2, f3, f4)
      : fronts.isDominated(
          this.#target,
          tolerance.limit(f2),
          tolerance.limit(f3),
          tolerance.limit(f4),
        );
  }

  #arrive(at: number): SearchStatus {
    const { labels, fronts, paths, graph } = this.#space;
    const { data } = labels;
    const path = paths.add(data[at + PATH]!, data[at + ARC]!);
    const costs = at + (this.#tolerance === undefined ? F : REAL);
    const isAdded = fronts.insert(
      this.#target,
      data[costs + 1]!,
      data[costs + 2]!,
      data[costs + 3]!,
    );
    if (path < NO_PATH || !isAdded) return "memory";
    this.solutions.push(path);
    for (let k = 0; k < graph.objectiveCount; k++) this.solutions.push(data[costs + k]!);
    return "complete";
  }

  #expand(at: number, row: number, node: number, arrival: number): SearchStatus {
    const { graph, moves, arcs, labels, records, fronts, states, paths } = this.#space;
    const { outArcs } = graph;
    const isFourth = graph.objectiveCount > 3;
    const { flags } = arcs;
    const apexes = this.#apexes;
    const { data } = labels;
    const { stamp } = records;
    let { rows } = records;
    const path = paths.add(data[at + PATH]!, arrival);
    if (path < NO_PATH) return "memory";
    const b1 = rows[row + BOUND]!;
    const b2 = rows[row + BOUND + 1]!;
    const b3 = rows[row + BOUND + 2]!;
    const b4 = rows[row + BOUND + 3]!;
    const g1 = data[at + F]! - b1;
    const g2 = data[at + F + 1]! - b2;
    const g3 = data[at + F + 2]! - b3;
    const g4 = data[at + F + 3]! - b4;
    const isConstrained = arrival & 1;
    const back = apexes === undefined ? (arrival >> 1) ^ 1 : NO_BACK;
    const count =
      isConstrained === 1
        ? moves.collect(node, arrival >> 1)
        : moves.collectUseful(rows[row + FIRST_OUT]!, rows[row + END_OUT]!, rows[row + FIRST_END]!, back);
    const found = moves.moves;
    for (let k = 0; k < count; k++) {
      const move = found[k]!;
      let head = TARGET;
      let state = this.#target;
      let arc: number;
      let c1: number;
      let c2: number;
      let c3: number;
      let c4 = 0;
      if (move < 0) {
        const end = ~move;
        const { endCosts } = moves;
        c1 = endCosts[end * 4]!;
        c2 = endCosts[end * 4 + 1]!;
        c3 = endCosts[end * 4 + 2]!;
        c4 = endCosts[end * 4 + 3]!;
        arc = moves.ends[end]!.arcId * 2;
        if (this.#isCovered(g2 + c2, g3 + c3, g4 + c4)) continue;
      } else {
        head = outArcs[move]!;
        state = head << RECORD_SHIFT;
        if (rows[state + SET_UP] !== stamp) this.#space.rowOf(head, this.#bounds);
        if (rows[state + BOUND] === INF) continue;
        c1 = outArcs[move + FIRST_COST]! + rows[state + BOUND]!;
        c2 = outArcs[move + FIRST_COST + 1]! + rows[state + BOUND + 1]!;
        c3 = outArcs[move + FIRST_COST + 2]! + rows[state + BOUND + 2]!;
        if (isFourth) c4 = outArcs[move + FOURTH_COST]! + rows[state + BOUND + 3]!;
        if (this.#isCovered(g2 + c2, g3 + c3, g4 + c4)) continue;
        if (fronts.isDominated(state, g2 + c2, g3 + c3, g4 + c4)) continue;
        const id = outArcs[move + ARC_ID]!;
        const flag = flags[id]!;
        arc = id * 2;
        if ((flag & HAS_FRONT) !== 0) {
          if (fronts.isDominated(states.get(id), g2 + c2, g3 + c3, g4 + c4)) continue;
        }
        if (
          (flag & CONSTRAINING) !== 0 ||
          (isConstrained === 1 && (flag & NO_WAY_BACK) === 0)
        ) {
          arc++;
          if (apexes !== undefined) {
            state = this.#stateOfArc(id);
            if (state < 0) return "memory";
            rows = records.rows;
          }
        }
      }
      if (
        apexes !== undefined &&
        !apexes.offerReal(
          data[at + REAL]! - b1 + c1,
          data[at + REAL + 1]! - b2 + c2,
          data[at + REAL + 2]! - b3 + c3,
          data[at + REAL + 3]! - b4 + c4,
        )
      ) {
        return "overflow";
      }
      const status = this.#add(g1 + c1, g2 + c2, g3 + c3, g4 + c4, state, head, path, arc);
      if (status !== "complete") return status;
    }
    return "complete";
  }

  /** Adds a label, or merges it where there is a tolerance; the real costs are on offer then. */
  #add(
    f1: number,
    f2: number,
    f3: number,
    f4: number,
    state: number,
    node: number,
    path: number,
    arc: number,
  ): SearchStatus {
    const apexes = this.#apexes;
    if (apexes !== undefined) {
      apexes.offerApex(f1, f2, f3, f4);
      return apexes.mergeOrAdd(state, node, path, arc);
    }
    if (f1 >= COST_LIMIT || f2 >= COST_LIMIT || f3 >= COST_LIMIT || f4 >= COST_LIMIT) {
      return "overflow";
    }
    const { labels, queue } = this.#space;
    const label = labels.add();
    if (label < 0) return "memory";
    const { data } = labels;
    const at = label << labels.shift;
    data[at + F] = f1;
    data[at + F + 1] = f2;
    data[at + F + 2] = f3;
    data[at + F + 3] = f4;
    data[at + NODE] = node;
    data[at + ARC] = arc;
    data[at + PATH] = path;
    return queue.push(label) ? "complete" : "memory";
  }
}

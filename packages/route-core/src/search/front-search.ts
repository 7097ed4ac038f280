import { HAS_FRONT } from "./arc-flags.ts";
import { ARC, F, NODE, PATH, REAL, TARGET } from "./label-columns.ts";
import { KnownRoutes } from "./known-routes.ts";
import { LabelExpansion } from "./label-expansion.ts";
import type { LowerBounds } from "./lower-bounds.ts";
import { MergedSearch } from "./merged-search.ts";
import { BOUND, RECORD_SHIFT } from "./node-records.ts";
import { OpenLabels } from "./open-labels.ts";
import { createOutlook, type Outlook } from "./outlook.ts";
import { NO_PATH } from "./path-tree.ts";
import { BUDGET_MASK, type SearchBudget, stopReason } from "./search-budget.ts";
import { INF } from "./search-graph.ts";
import type { SearchQuery } from "./search-query.ts";
import type { SearchResult, SearchStatus } from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";
import { ThreeCostSearch } from "./three-cost-search.ts";
import type { TargetFront } from "./target-front.ts";
import type { Tolerance } from "./tolerance.ts";

/**
 * Label setting in order of the first f = cost so far + lower bound, exact or with merging. With up to
 * three costs most of the work is handed to loops written for them: three-cost-search.ts where labels are
 * not merged, merged-search.ts where they are.
 *
 * A label that is unconstrained dominates at its whole node, any other one only labels that arrived by
 * the same arc (see arc-flags.ts). With a tolerance, labels of one state are merged (apex-labels.ts)
 * and a label is done with when a route found stands for all that it can become. A merged label may
 * also turn back (see apex-labels.ts). What such a turn makes of a route is cut out afterwards
 * (turning-back.ts).
 */
export class FrontSearch {
  /** Per route found: its path, then its costs. */
  readonly solutions: number[] = [];
  /** Labels looked at. */
  pops = 0;
  /** Whether labels are merged, and so may have turned back. */
  readonly isMerged: boolean;
  readonly #space: SearchSpace;
  readonly #query: SearchQuery;
  readonly #bounds: LowerBounds;
  readonly #open: OpenLabels;
  readonly #expansion: LabelExpansion;
  readonly #outlook: Outlook | undefined;
  readonly #known: KnownRoutes | undefined;

  /**
   * @param space begun for the query
   * @param known legal routes that need not be found, where there is a tolerance; see epsilon-search.ts
   */
  constructor(
    space: SearchSpace,
    query: SearchQuery,
    bounds: LowerBounds,
    tolerance: Tolerance | undefined,
    known?: SearchResult,
  ) {
    this.isMerged = tolerance !== undefined;
    this.#space = space;
    this.#query = query;
    this.#bounds = bounds;
    this.#open = new OpenLabels(space, query.limits, tolerance, this.#leastSecond());
    this.#expansion = new LabelExpansion(space, this.#open, bounds);
    this.#outlook = createOutlook(space);
    if (known !== undefined && tolerance !== undefined) {
      this.#known = new KnownRoutes(known, tolerance);
    }
  }

  run(budget: SearchBudget): SearchStatus {
    const { queue, labels, targetFront } = this.#space;
    const expansion = this.#expansion;
    const maxLabels = budget.maxLabels ?? Infinity;
    let status = this.#begin();
    if (targetFront !== undefined && status === "complete") {
      const search = this.#searchOfThree(targetFront);
      status = search.run(budget);
      this.pops = search.pops;
      return status;
    }
    const known = this.#known;
    const arrive = (c2: number, c3: number, c4: number): boolean => this.#open.arrive(c2, c3, c4);
    let label = -1;
    while (status === "complete" && (expansion.goesOn || queue.size > 0)) {
      if ((this.pops & BUDGET_MASK) === 0) {
        const stopped = stopReason(budget);
        if (stopped !== undefined) return stopped;
      }
      if (labels.made > maxLabels) return "labels";
      this.pops++;
      const goesOn = expansion.goesOn;
      expansion.goesOn = false;
      if (!goesOn) label = queue.pop();
      if (label < 0 || known?.release(queue.first, arrive) === false) return "memory";
      status = this.#settle(label, goesOn);
      if (!expansion.goesOn) labels.free(label);
    }
    return status;
  }

  /** The loop for up to three costs. */
  #searchOfThree(targetFront: TargetFront): MergedSearch | ThreeCostSearch {
    const { apexes } = this.#open;
    return apexes === undefined
      ? new ThreeCostSearch(
          this.#space,
          this.#open,
          this.#bounds,
          this.#outlook,
          targetFront,
          this.solutions,
        )
      : new MergedSearch(
          this.#space,
          this.#open,
          apexes,
          this.#bounds,
          this.#expansion,
          this.#outlook,
          this.#known,
          targetFront,
          this.solutions,
        );
  }

  /** Routes that never leave the origin's edge, and labels of the origin. */
  #begin(): SearchStatus {
    const { arcs, records } = this.#space;
    const open = this.#open;
    let status: SearchStatus = open.isReady ? "complete" : "memory";
    if (status !== "complete") return status;
    for (const { arcId, costs } of this.#query.direct) {
      const [c1 = 0, c2 = 0, c3 = 0, c4 = 0] = costs;
      if (c1 > open.largestFirst || open.isCovered(c2, c3, c4)) continue;
      const { target } = open;
      status = open.add(c1, c2, c3, c4, c1, c2, c3, c4, target, TARGET, NO_PATH, arcId * 2);
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
      if (f1 > open.largestFirst || open.isCovered(f2, f3, f4)) continue;
      const isConstrained = arcs.isStartConstrained(this.#query, start);
      const arrival = start.state ?? start.arcId;
      const state = isConstrained ? open.stateOfArc(arrival) : row;
      if (state < 0) return "memory";
      const arc = arrival * 2 + Number(isConstrained);
      status = open.add(f1, f2, f3, f4, f1, f2, f3, f4, state, start.node, NO_PATH, arc);
      if (status !== "complete") return status;
    }
    return status;
  }

  /** The least second cost that any route can have. */
  #leastSecond(): number {
    const { direct, starts } = this.#query;
    const least = starts.map(({ node, costs }) => {
      const row = this.#space.rowOf(node, this.#bounds);
      return (costs[1] ?? 0) + this.#space.records.rows[row + BOUND + 1]!;
    });
    return Math.min(INF, ...least, ...direct.map(({ costs }) => costs[1] ?? 0));
  }

  /**
   * Everything about the label that is next in order.
   * @param isKept whether it has been compared with the routes found and the front of its node
   */
  #settle(label: number, isKept: boolean): SearchStatus {
    const { labels, fronts } = this.#space;
    const open = this.#open;
    const { apexes } = open;
    const { data } = labels;
    const at = label << labels.shift;
    const node = data[at + NODE]!;
    const arrival = data[at + ARC]!;
    const row = node === TARGET ? open.target : node << RECORD_SHIFT;
    let front = row;
    if ((arrival & 1) === 1) {
      front = open.stateOfArc(arrival >> 1);
      if (front < 0) return "memory";
    }
    if (!isKept && apexes !== undefined && !apexes.take(label, front)) return "complete";
    const f2 = data[at + F + 1]!;
    const f3 = data[at + F + 2]!;
    const f4 = data[at + F + 3]!;
    if (!isKept && open.isCovered(f2, f3, f4)) return "complete";
    if (node === TARGET) return this.#arrive(at);
    if (!isKept && this.#isDominated(row, arrival, f2, f3, f4)) return "complete";
    if (!fronts.insert(front, f2, f3, f4)) return "memory";
    return this.#expansion.expand(at, row);
  }

  #isDominated(row: number, arrival: number, f2: number, f3: number, f4: number): boolean {
    const { arcs, fronts, states } = this.#space;
    if (fronts.isDominated(row, f2, f3, f4)) return true;
    if (arrival < 0 || (arcs.flags[arrival >> 1]! & HAS_FRONT) === 0) return false;
    return fronts.isDominated(states.get(arrival >> 1), f2, f3, f4);
  }

  #arrive(at: number): SearchStatus {
    const { labels, paths, graph } = this.#space;
    const open = this.#open;
    const { data } = labels;
    const path = paths.add(data[at + PATH]!, data[at + ARC]!);
    const costs = at + (open.apexes === undefined ? F : REAL);
    const isAdded = open.arrive(data[costs + 1]!, data[costs + 2]!, data[costs + 3]!);
    if (path < NO_PATH || !isAdded) return "memory";
    this.solutions.push(path);
    for (let k = 0; k < graph.objectiveCount; k++) this.solutions.push(data[costs + k]!);
    return "complete";
  }
}

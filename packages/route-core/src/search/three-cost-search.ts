import { type ArcFlags, CONSTRAINING, HAS_FRONT, UNUSEFUL } from "./arc-flags.ts";
import { ARC, F, NODE, PATH, PLAIN_SHIFT, TARGET } from "./label-columns.ts";
import type { LowerBounds } from "./lower-bounds.ts";
import {
  BOUND,
  END_OUT,
  FIRST_END,
  FIRST_OUT,
  FRONT,
  FRONT_LENGTH,
  LEAST_SECOND,
  LEAST_THIRD,
  type NodeRecords,
  RECORD_SHIFT,
  SET_UP,
} from "./node-records.ts";
import type { OpenLabels } from "./open-labels.ts";
import type { Outlook } from "./outlook.ts";
import { NO_PATH } from "./path-tree.ts";
import { BUDGET_MASK, type SearchBudget, stopReason } from "./search-budget.ts";
import { ARC_ID, FIRST_COST, INF, type SearchGraph } from "./search-graph.ts";
import type { SearchStatus } from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";
import { lastUpTo, type StaircaseFronts } from "./staircase-fronts.ts";
import type { TargetFront } from "./target-front.ts";
import { ThreeCostSteps } from "./three-cost-steps.ts";

/**
 * The inner loop of an exact search with up to three costs; a missing one counts as zero everywhere.
 *
 * It does what front-search.ts does for any number of costs, with and without merging. Here nearly all
 * time of large fronts is spent, so that what the loops touch is read once into local variables, and
 * the comparisons with fronts are written out: calls of the same things take a third more time.
 */
export class ThreeCostSearch {
  /** Labels looked at. */
  pops = 0;
  readonly #space: SearchSpace;
  readonly #open: OpenLabels;
  readonly #bounds: LowerBounds;
  readonly #outlook: Outlook | undefined;
  readonly #solutions: number[];
  readonly #graph: SearchGraph;
  readonly #arcs: ArcFlags;
  readonly #records: NodeRecords;
  readonly #staircases: StaircaseFronts;
  readonly #targetFront: TargetFront;
  readonly #steps: ThreeCostSteps;
  /**
   * True when the label that was expanded goes on: it has come to the next node at no more cost than its
   * bounds said, so it is next in order, and has been compared with what is there.
   */
  #goesOn = false;
  #nextNode = TARGET;
  #nextArc = 0;
  #nextPath = NO_PATH;

  /**
   * @param open holds the first labels
   * @param targetFront of the space
   * @param solutions gets, per route found, its path and then its costs
   */
  constructor(
    space: SearchSpace,
    open: OpenLabels,
    bounds: LowerBounds,
    outlook: Outlook | undefined,
    targetFront: TargetFront,
    solutions: number[],
  ) {
    this.#space = space;
    this.#open = open;
    this.#bounds = bounds;
    this.#outlook = outlook;
    this.#solutions = solutions;
    this.#graph = space.graph;
    this.#arcs = space.arcs;
    this.#records = space.records;
    this.#staircases = space.staircases;
    this.#targetFront = targetFront;
    this.#steps = new ThreeCostSteps(space, open, bounds, targetFront);
  }

  run(budget: SearchBudget): SearchStatus {
    const { labels, queue, paths, arcs, states } = this.#space;
    const open = this.#open;
    const outlook = this.#outlook;
    const staircases = this.#staircases;
    const targetFront = this.#targetFront;
    const { flags } = arcs;
    const maxLabels = budget.maxLabels ?? Infinity;
    let f1 = 0;
    let f2 = 0;
    let f3 = 0;
    while (this.#goesOn || queue.size > 0) {
      if ((this.pops & BUDGET_MASK) === 0) {
        const stopped = stopReason(budget);
        if (stopped !== undefined) return stopped;
      }
      if (labels.made > maxLabels) return "labels";
      this.pops++;
      const isKept = this.#goesOn;
      let node: number;
      let arrival: number;
      let path: number;
      if (isKept) {
        this.#goesOn = false;
        node = this.#nextNode;
        arrival = this.#nextArc;
        path = this.#nextPath;
      } else {
        const label = queue.pop();
        if (label < 0) return "memory";
        const { data } = labels;
        const at = label << PLAIN_SHIFT;
        f1 = data[at + F]!;
        f2 = data[at + F + 1]!;
        f3 = data[at + F + 2]!;
        node = data[at + NODE]!;
        arrival = data[at + ARC]!;
        path = data[at + PATH]!;
        labels.free(label);
        if (targetFront.isDominated(f2, f3)) continue;
        if (node === TARGET) {
          if (!this.#arrive(path, arrival, f1, f2, f3)) return "memory";
          continue;
        }
      }
      const row = node << RECORD_SHIFT;
      let front = row;
      if ((arrival & 1) === 1) {
        front = open.stateOfArc(arrival >> 1);
        if (front < 0) return "memory";
        if (!isKept && staircases.isDominated(row, f2, f3)) continue;
      } else if (!isKept && arrival >= 0 && (flags[arrival >> 1]! & HAS_FRONT) !== 0) {
        if (staircases.isDominated(states.get(arrival >> 1), f2, f3)) continue;
      }
      const place = staircases.placeFor(front, f2, f3);
      if (place < 0) continue;
      if (outlook?.isHopeless(open.target, row, node, f2, f3) === true) continue;
      if (!staircases.insertAt(front, place, f2, f3)) return "memory";
      const trunk = paths.add(path, arrival);
      if (trunk < NO_PATH) return "memory";
      const status =
        (arrival & 1) === 0
          ? this.#expand(row, f1, f2, f3, (arrival >> 1) ^ 1, trunk)
          : this.#steps.expandConstrained(row, node, f1, f2, f3, arrival >> 1, trunk);
      if (status !== "complete") return status;
    }
    return "complete";
  }

  /** Goes on from an unconstrained label over every arc that it may want to take. */
  #expand(
    row: number,
    f1: number,
    f2: number,
    f3: number,
    back: number,
    path: number,
  ): SearchStatus {
    const { outArcs, arcStride } = this.#graph;
    const { flags } = this.#arcs;
    const { passes, paths } = this.#space;
    const { next } = passes;
    const { rows, stamp } = this.#records;
    const { blocks } = this.#staircases;
    const { least, base, shift, lastStep } = this.#targetFront;
    const { target, largestFirst } = this.#open;
    const g1 = f1 - rows[row + BOUND]!;
    const g2 = f2 - rows[row + BOUND + 1]!;
    const g3 = f3 - rows[row + BOUND + 2]!;
    const end = rows[row + END_OUT]!;
    for (let move = rows[row + FIRST_OUT]!; move < end; move += arcStride) {
      let id = outArcs[move + ARC_ID]!;
      if (id === back || (flags[id]! & UNUSEFUL) !== 0) continue;
      let c1 = g1 + outArcs[move + FIRST_COST]!;
      let c2 = g2 + outArcs[move + FIRST_COST + 1]!;
      let c3 = g3 + outArcs[move + FIRST_COST + 2]!;
      let last = move;
      for (let on = next[id]!; on >= 0; on = next[id]!) {
        c1 += outArcs[on + FIRST_COST]!;
        c2 += outArcs[on + FIRST_COST + 1]!;
        c3 += outArcs[on + FIRST_COST + 2]!;
        last = on;
        id = outArcs[on + ARC_ID]!;
      }
      const head = outArcs[last]!;
      const state = head << RECORD_SHIFT;
      if (rows[state + SET_UP] !== stamp) this.#space.rowOf(head, this.#bounds);
      if (rows[state + BOUND] === INF) continue;
      c1 += rows[state + BOUND]!;
      c2 += rows[state + BOUND + 1]!;
      c3 += rows[state + BOUND + 2]!;
      if (c1 > largestFirst) continue;
      // With the same costs the label itself has just passed the destination's front.
      if (c2 !== f2 || c3 !== f3) {
        let step = (c2 - base) >> shift;
        step = step < 0 ? 0 : step > lastStep ? lastStep : step;
        if (least[step]! <= c3) continue;
        if (least[step + 1]! <= c3 && rows[target + LEAST_SECOND]! <= c2) {
          const at = lastUpTo(blocks, rows[target + FRONT]!, rows[target + FRONT_LENGTH]!, c2);
          if (blocks[at + 1]! <= c3) continue;
        }
      }
      if (rows[state + LEAST_SECOND]! <= c2 && rows[state + LEAST_THIRD]! <= c3) {
        const at = lastUpTo(blocks, rows[state + FRONT]!, rows[state + FRONT_LENGTH]!, c2);
        if (blocks[at + 1]! <= c3) continue;
      }
      const flag = flags[id]!;
      if ((flag & HAS_FRONT) !== 0) {
        if (this.#staircases.isDominated(this.#space.states.get(id), c2, c3)) continue;
      }
      // `CONSTRAINING` is the lowest bit, as it is of an arc of a label.
      const arc = id * 2 + (flag & CONSTRAINING);
      const through = move === last ? path : passes.pathOver(paths, path, move, last);
      if (through < NO_PATH) return "memory";
      if (c1 === f1 && c2 === f2 && c3 === f3 && !this.#goesOn) {
        this.#goesOn = true;
        this.#nextNode = head;
        this.#nextArc = arc;
        this.#nextPath = through;
        continue;
      }
      const status = this.#steps.push(c1, c2, c3, head, arc, through);
      if (status !== "complete") return status;
    }
    for (let k = rows[row + FIRST_END]!; k >= 0; k = this.#space.moves.nextEnd(k)) {
      const status = this.#steps.finish(k, g1, g2, g3, back, path);
      if (status !== "complete") return status;
    }
    return "complete";
  }
  /** False when memory is used up. */
  #arrive(path: number, arrival: number, f1: number, f2: number, f3: number): boolean {
    const last = this.#space.paths.add(path, arrival);
    if (last < NO_PATH || !this.#targetFront.insert(f2, f3)) return false;
    const { objectiveCount } = this.#graph;
    this.#solutions.push(last, f1);
    if (objectiveCount > 1) this.#solutions.push(f2);
    if (objectiveCount > 2) this.#solutions.push(f3);
    return true;
  }
}

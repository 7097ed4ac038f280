import type { ApexLabels } from "./apex-labels.ts";
import { type ArcFlags, CONSTRAINING, HAS_FRONT, UNUSEFUL } from "./arc-flags.ts";
import type { KnownRoutes } from "./known-routes.ts";
import { APEX_SHIFT, ARC, BACK, F, NODE, PATH, REAL, TARGET } from "./label-columns.ts";
import type { LabelExpansion } from "./label-expansion.ts";
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

/**
 * The inner loop of a search that merges labels of up to three costs; a missing one counts as zero
 * everywhere. It does what front-search.ts does for any number of costs, written out for speed as
 * three-cost-search.ts is. Constrained labels, and those near an end of the query, go the general way.
 */
export class MergedSearch {
  /** Labels looked at. */
  pops = 0;
  readonly #space: SearchSpace;
  readonly #open: OpenLabels;
  readonly #apexes: ApexLabels;
  readonly #bounds: LowerBounds;
  readonly #expansion: LabelExpansion;
  readonly #outlook: Outlook | undefined;
  readonly #known: KnownRoutes | undefined;
  readonly #targetFront: TargetFront;
  readonly #solutions: number[];
  readonly #graph: SearchGraph;
  readonly #arcs: ArcFlags;
  readonly #records: NodeRecords;
  readonly #staircases: StaircaseFronts;

  /**
   * @param open holds the first labels
   * @param apexes of `open`
   * @param targetFront of the space
   * @param solutions gets, per route found, its path and then its costs
   */
  constructor(
    space: SearchSpace,
    open: OpenLabels,
    apexes: ApexLabels,
    bounds: LowerBounds,
    expansion: LabelExpansion,
    outlook: Outlook | undefined,
    known: KnownRoutes | undefined,
    targetFront: TargetFront,
    solutions: number[],
  ) {
    this.#space = space;
    this.#open = open;
    this.#apexes = apexes;
    this.#bounds = bounds;
    this.#expansion = expansion;
    this.#outlook = outlook;
    this.#known = known;
    this.#targetFront = targetFront;
    this.#solutions = solutions;
    this.#graph = space.graph;
    this.#arcs = space.arcs;
    this.#records = space.records;
    this.#staircases = space.staircases;
  }

  run(budget: SearchBudget): SearchStatus {
    const { labels, queue, paths, passes, states } = this.#space;
    const open = this.#open;
    const apexes = this.#apexes;
    const expansion = this.#expansion;
    const outlook = this.#outlook;
    const known = this.#known;
    const staircases = this.#staircases;
    const targetFront = this.#targetFront;
    const { outArcs, arcStride } = this.#graph;
    const { flags } = this.#arcs;
    const { next } = passes;
    const { least, base, shift, lastStep } = targetFront;
    const { target, largestFirst } = open;
    const records = this.#records;
    const { stamp } = records;
    let { rows } = records;
    let { blocks } = staircases;
    const maxLabels = budget.maxLabels ?? Infinity;
    const arrive = (c2: number, c3: number, c4: number): boolean => open.arrive(c2, c3, c4);
    let label = -1;
    let f1 = 0;
    let f2 = 0;
    let f3 = 0;
    let r1 = 0;
    let r2 = 0;
    let r3 = 0;
    // As in three-cost-search.ts.
    let goesOn = false;
    let nextNode = TARGET;
    let nextArc = 0;
    let nextPath = NO_PATH;
    while (goesOn || queue.size > 0) {
      if ((this.pops & BUDGET_MASK) === 0) {
        const stopped = stopReason(budget);
        if (stopped !== undefined) return stopped;
      }
      if (labels.made > maxLabels) return "labels";
      this.pops++;
      const isKept = goesOn;
      let node = nextNode;
      let arrival = nextArc;
      let path = nextPath;
      let back = (nextArc >> 1) ^ 1;
      if (isKept) goesOn = false;
      else {
        label = queue.pop();
        if (label < 0 || known?.release(queue.first, arrive) === false) return "memory";
        const { data } = labels;
        const at = label << APEX_SHIFT;
        f1 = data[at + F]!;
        f2 = data[at + F + 1]!;
        f3 = data[at + F + 2]!;
        r1 = data[at + REAL]!;
        r2 = data[at + REAL + 1]!;
        r3 = data[at + REAL + 2]!;
        node = data[at + NODE]!;
        arrival = data[at + ARC]!;
        path = data[at + PATH]!;
        back = data[at + BACK]!;
      }
      const row = node === TARGET ? target : node << RECORD_SHIFT;
      let front = row;
      if ((arrival & 1) === 1) {
        front = open.stateOfArc(arrival >> 1);
        if (front < 0) return "memory";
      }
      if (!isKept) {
        const isOpen = apexes.take(label, front);
        labels.free(label);
        if (!isOpen || targetFront.isDominated(f2, f3)) continue;
        if (node === TARGET) {
          if (!this.#arrive(path, arrival, r1, r2, r3)) return "memory";
          continue;
        }
        // A front of its own is compared with below.
        if (front !== row && staircases.isDominated(row, f2, f3)) continue;
        if (front === row && arrival >= 0 && (flags[arrival >> 1]! & HAS_FRONT) !== 0) {
          if (staircases.isDominated(states.get(arrival >> 1), f2, f3)) continue;
        }
      }
      const place = staircases.placeFor(front, f2, f3);
      if (place < 0) continue;
      if (outlook?.isHopeless(target, row, node, f2, f3) === true) continue;
      if (!staircases.insertAt(front, place, f2, f3)) return "memory";
      // Both may have been replaced.
      ({ rows } = records);
      ({ blocks } = staircases);
      if ((arrival & 1) === 1 || rows[row + FIRST_END]! >= 0) {
        label = labels.add();
        if (label < 0) return "memory";
        const at = label << APEX_SHIFT;
        this.#write(at, f1, f2, f3, r1, r2, r3);
        labels.data[at + NODE] = node;
        labels.data[at + ARC] = arrival;
        labels.data[at + PATH] = path;
        labels.data[at + BACK] = back;
        const status = expansion.expand(at, row);
        if (status !== "complete") return status;
        goesOn = expansion.goesOn;
        expansion.goesOn = false;
        nextNode = labels.data[at + NODE]!;
        nextArc = labels.data[at + ARC]!;
        nextPath = labels.data[at + PATH]!;
        labels.free(label);
        continue;
      }
      const trunk = paths.add(path, arrival);
      if (trunk < NO_PATH) return "memory";
      const b1 = rows[row + BOUND]!;
      const b2 = rows[row + BOUND + 1]!;
      const b3 = rows[row + BOUND + 2]!;
      const end = rows[row + END_OUT]!;
      for (let move = rows[row + FIRST_OUT]!; move < end; move += arcStride) {
        let id = outArcs[move + ARC_ID]!;
        if (id === back || (flags[id]! & UNUSEFUL) !== 0) continue;
        let d1 = outArcs[move + FIRST_COST]! - b1;
        let d2 = outArcs[move + FIRST_COST + 1]! - b2;
        let d3 = outArcs[move + FIRST_COST + 2]! - b3;
        let last = move;
        for (let on = next[id]!; on >= 0; on = next[id]!) {
          d1 += outArcs[on + FIRST_COST]!;
          d2 += outArcs[on + FIRST_COST + 1]!;
          d3 += outArcs[on + FIRST_COST + 2]!;
          last = on;
          id = outArcs[on + ARC_ID]!;
        }
        const head = outArcs[last]!;
        let state = head << RECORD_SHIFT;
        if (rows[state + SET_UP] !== stamp) this.#space.rowOf(head, this.#bounds);
        if (rows[state + BOUND] === INF) continue;
        d1 += rows[state + BOUND]!;
        d2 += rows[state + BOUND + 1]!;
        d3 += rows[state + BOUND + 2]!;
        const c1 = f1 + d1;
        const c2 = f2 + d2;
        const c3 = f3 + d3;
        if (c1 > largestFirst) continue;
        if (rows[state + LEAST_SECOND]! <= c2 && rows[state + LEAST_THIRD]! <= c3) {
          const from = lastUpTo(blocks, rows[state + FRONT]!, rows[state + FRONT_LENGTH]!, c2);
          if (blocks[from + 1]! <= c3) continue;
        }
        // With the same costs the label itself has just passed the destination's front.
        if (d2 !== 0 || d3 !== 0) {
          let step = (c2 - base) >> shift;
          step = step < 0 ? 0 : step > lastStep ? lastStep : step;
          if (least[step]! <= c3) continue;
          if (least[step + 1]! <= c3 && rows[target + LEAST_SECOND]! <= c2) {
            const from = lastUpTo(blocks, rows[target + FRONT]!, rows[target + FRONT_LENGTH]!, c2);
            if (blocks[from + 1]! <= c3) continue;
          }
        }
        const flag = flags[id]!;
        if ((flag & HAS_FRONT) !== 0) {
          if (staircases.isDominated(states.get(id), c2, c3)) continue;
        }
        let arc = id * 2;
        if ((flag & CONSTRAINING) !== 0) {
          arc++;
          state = open.stateOfArc(id);
          if (state < 0) return "memory";
          ({ rows } = records);
        }
        const s1 = r1 + d1;
        const s2 = r2 + d2;
        const s3 = r3 + d3;
        const through = move === last ? trunk : passes.pathOver(paths, trunk, move, last);
        if (through < NO_PATH) return "memory";
        let status = apexes.merge(c1, c2, c3, 0, s1, s2, s3, 0, state, through, arc);
        if (status === "none") {
          if (!goesOn && d1 === 0 && d2 === 0 && d3 === 0) {
            goesOn = true;
            nextNode = head;
            nextArc = arc;
            nextPath = through;
            continue;
          }
          status = apexes.add(c1, c2, c3, 0, s1, s2, s3, 0, state, head, through, arc);
        }
        if (status !== "complete") return status;
      }
    }
    return "complete";
  }

  /** The costs of a label that goes on in a row again. */
  #write(at: number, f1: number, f2: number, f3: number, r1: number, r2: number, r3: number): void {
    const { data } = this.#space.labels;
    data[at + F] = f1;
    data[at + F + 1] = f2;
    data[at + F + 2] = f3;
    data[at + F + 3] = 0;
    data[at + REAL] = r1;
    data[at + REAL + 1] = r2;
    data[at + REAL + 2] = r3;
    data[at + REAL + 3] = 0;
  }

  /** False when memory is used up. */
  #arrive(path: number, arrival: number, r1: number, r2: number, r3: number): boolean {
    const last = this.#space.paths.add(path, arrival);
    if (last < NO_PATH || !this.#open.arrive(r2, r3, 0)) return false;
    const { objectiveCount } = this.#graph;
    this.#solutions.push(last, r1);
    if (objectiveCount > 1) this.#solutions.push(r2);
    if (objectiveCount > 2) this.#solutions.push(r3);
    return true;
  }
}

import { type ArcFlags, CONSTRAINING, HAS_FRONT, UNUSEFUL } from "./arc-flags.ts";
import type { ApexLabels } from "./apex-labels.ts";
import { ARC, BACK, F, NODE, PATH, REAL, TARGET } from "./label-columns.ts";
import type { LowerBounds } from "./lower-bounds.ts";
import {
  BOUND,
  END_OUT,
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
import { NO_PATH } from "./path-tree.ts";
import { ARC_ID, FIRST_COST, INF, type SearchGraph } from "./search-graph.ts";
import type { SearchStatus } from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";
import { lastUpTo, type StaircaseFronts } from "./staircase-fronts.ts";
import type { TargetFront } from "./target-front.ts";

/**
 * Goes on from merged labels of up to three costs, as label-expansion.ts does from labels of any kind, where
 * they are not constrained and no end of the query is near. Written out for speed, as three-cost-search.ts.
 */
export class MergedExpansion {
  /** As in label-expansion.ts. */
  goesOn = false;
  readonly #space: SearchSpace;
  readonly #open: OpenLabels;
  readonly #bounds: LowerBounds;
  readonly #apexes: ApexLabels;
  readonly #targetFront: TargetFront;
  readonly #graph: SearchGraph;
  readonly #arcs: ArcFlags;
  readonly #records: NodeRecords;
  readonly #staircases: StaircaseFronts;

  constructor(
    space: SearchSpace,
    open: OpenLabels,
    bounds: LowerBounds,
    apexes: ApexLabels,
    targetFront: TargetFront,
  ) {
    this.#space = space;
    this.#open = open;
    this.#bounds = bounds;
    this.#apexes = apexes;
    this.#targetFront = targetFront;
    this.#graph = space.graph;
    this.#arcs = space.arcs;
    this.#records = space.records;
    this.#staircases = space.staircases;
  }

  /**
   * @param at where the label's row begins
   * @param row of its node's record
   */
  expand(at: number, row: number): SearchStatus {
    const { labels, passes, paths, states } = this.#space;
    const apexes = this.#apexes;
    const { outArcs, arcStride } = this.#graph;
    const { flags } = this.#arcs;
    const { next } = passes;
    const { stamp } = this.#records;
    let { rows } = this.#records;
    const { data } = labels;
    const { blocks } = this.#staircases;
    const { least, base, shift, lastStep } = this.#targetFront;
    const { target, largestFirst } = this.#open;
    const back = data[at + BACK]!;
    const path = paths.add(data[at + PATH]!, data[at + ARC]!);
    if (path < NO_PATH) return "memory";
    const f1 = data[at + F]!;
    const f2 = data[at + F + 1]!;
    const f3 = data[at + F + 2]!;
    const r1 = data[at + REAL]!;
    const r2 = data[at + REAL + 1]!;
    const r3 = data[at + REAL + 2]!;
    const b1 = rows[row + BOUND]!;
    const b2 = rows[row + BOUND + 1]!;
    const b3 = rows[row + BOUND + 2]!;
    const end = rows[row + END_OUT]!;
    let nextNode = TARGET;
    let nextArc = 0;
    let nextPath = path;
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
        if (this.#staircases.isDominated(states.get(id), c2, c3)) continue;
      }
      let arc = id * 2;
      if ((flag & CONSTRAINING) !== 0) {
        arc++;
        state = this.#open.stateOfArc(id);
        if (state < 0) return "memory";
        rows = this.#records.rows;
      }
      const through = move === last ? path : passes.pathOver(paths, path, move, last);
      if (through < NO_PATH) return "memory";
      const s1 = r1 + d1;
      const s2 = r2 + d2;
      const s3 = r3 + d3;
      let status = apexes.merge(c1, c2, c3, 0, s1, s2, s3, 0, state, through, arc);
      if (status === "none") {
        if (nextNode === TARGET && d1 === 0 && d2 === 0 && d3 === 0) {
          nextNode = head;
          nextArc = arc;
          nextPath = through;
          continue;
        }
        status = apexes.add(c1, c2, c3, 0, s1, s2, s3, 0, state, head, through, arc);
      }
      if (status !== "complete") return status;
    }
    this.goesOn = nextNode !== TARGET;
    if (this.goesOn) {
      // Not `data`: adding labels may have moved the rows.
      labels.data[at + NODE] = nextNode;
      labels.data[at + ARC] = nextArc;
      labels.data[at + BACK] = (nextArc >> 1) ^ 1;
      labels.data[at + PATH] = nextPath;
    }
    return "complete";
  }
}

import { CONSTRAINING, HAS_FRONT, NO_WAY_BACK, REMEMBERED } from "./arc-flags.ts";
import { ARC, BACK, F, NODE, PATH, REAL, TARGET } from "./label-columns.ts";
import type { LowerBounds } from "./lower-bounds.ts";
import { BOUND, END_OUT, FIRST_END, FIRST_OUT, RECORD_SHIFT, SET_UP } from "./node-records.ts";
import type { OpenLabels } from "./open-labels.ts";
import { NO_PATH } from "./path-tree.ts";
import { ARC_ID, FIRST_COST, FOURTH_COST, INF } from "./search-graph.ts";
import type { SearchStatus } from "./search-result.ts";
import type { SearchSpace } from "./search-space.ts";
import { nextState } from "./turn-states.ts";

/** Goes on from labels over every arc that may follow. */
export class LabelExpansion {
  /**
   * True when the label that was expanded goes on in its own row: it has come to the next node at no
   * more cost than its bounds said, so it is next in order, and has been compared with what is there.
   */
  goesOn = false;
  readonly #space: SearchSpace;
  readonly #open: OpenLabels;
  readonly #bounds: LowerBounds;

  constructor(space: SearchSpace, open: OpenLabels, bounds: LowerBounds) {
    this.#space = space;
    this.#open = open;
    this.#bounds = bounds;
  }

  /**
   * @param at where the label's row begins
   * @param row of its node's record
   */
  expand(at: number, row: number): SearchStatus {
    const { graph, moves, arcs, labels, records, fronts, states, paths } = this.#space;
    const open = this.#open;
    const { apexes, largestFirst } = open;
    const { outArcs } = graph;
    const { flags } = arcs;
    const { passes } = this.#space;
    const { next } = passes;
    const { data } = labels;
    const { stamp } = records;
    const isFourth = graph.objectiveCount > 3;
    let { rows } = records;
    const arrival = data[at + ARC]!;
    const path = paths.add(data[at + PATH]!, arrival);
    if (path < NO_PATH) return "memory";
    const b1 = rows[row + BOUND]!;
    const b2 = rows[row + BOUND + 1]!;
    const b3 = rows[row + BOUND + 2]!;
    const b4 = rows[row + BOUND + 3]!;
    const f1 = data[at + F]!;
    const f2 = data[at + F + 1]!;
    const f3 = data[at + F + 2]!;
    const f4 = data[at + F + 3]!;
    const real = apexes === undefined ? at + F : at + REAL;
    const r1 = data[real]!;
    const r2 = data[real + 1]!;
    const r3 = data[real + 2]!;
    const r4 = data[real + 3]!;
    const isConstrained = (arrival & 1) === 1;
    const isRemembered = isConstrained && (flags[arrival >> 1]! & REMEMBERED) !== 0;
    const count = isConstrained
      ? moves.collect(data[at + NODE]!, arrival >> 1)
      : moves.collectUseful(
          rows[row + FIRST_OUT]!,
          rows[row + END_OUT]!,
          rows[row + FIRST_END]!,
          apexes === undefined ? (arrival >> 1) ^ 1 : data[at + BACK]!,
        );
    const found = moves.moves;
    let nextNode = TARGET;
    let nextArc = 0;
    let nextPath = path;
    for (let k = 0; k < count; k++) {
      const move = found[k]!;
      let last = move;
      let head = TARGET;
      let state = open.target;
      let arc: number;
      // What the step adds to the costs and takes from the bounds.
      let d1: number;
      let d2: number;
      let d3: number;
      let d4 = 0;
      if (move < 0) {
        const { endCosts } = moves;
        const end = ~move * 4;
        d1 = endCosts[end]! - b1;
        d2 = endCosts[end + 1]! - b2;
        d3 = endCosts[end + 2]! - b3;
        d4 = endCosts[end + 3]! - b4;
        arc = moves.ends[~move]!.arcId * 2;
        if (f1 + d1 > largestFirst) continue;
        if (open.isCovered(f2 + d2, f3 + d3, f4 + d4)) continue;
      } else {
        d1 = outArcs[move + FIRST_COST]! - b1;
        d2 = outArcs[move + FIRST_COST + 1]! - b2;
        d3 = outArcs[move + FIRST_COST + 2]! - b3;
        if (isFourth) d4 = outArcs[move + FOURTH_COST]! - b4;
        if (!isConstrained) {
          for (
            let on = next[outArcs[move + ARC_ID]!]!;
            on >= 0;
            on = next[outArcs[on + ARC_ID]!]!
          ) {
            d1 += outArcs[on + FIRST_COST]!;
            d2 += outArcs[on + FIRST_COST + 1]!;
            d3 += outArcs[on + FIRST_COST + 2]!;
            if (isFourth) d4 += outArcs[on + FOURTH_COST]!;
            last = on;
          }
        }
        head = outArcs[last]!;
        state = head << RECORD_SHIFT;
        if (rows[state + SET_UP] !== stamp) this.#space.rowOf(head, this.#bounds);
        if (rows[state + BOUND] === INF) continue;
        d1 += rows[state + BOUND]!;
        d2 += rows[state + BOUND + 1]!;
        d3 += rows[state + BOUND + 2]!;
        d4 += rows[state + BOUND + 3]!;
        if (f1 + d1 > largestFirst) continue;
        if (open.isCovered(f2 + d2, f3 + d3, f4 + d4)) continue;
        if (fronts.isDominated(state, f2 + d2, f3 + d3, f4 + d4)) continue;
        let id = outArcs[last + ARC_ID]!;
        if (isRemembered) id = nextState(graph.turnBans.states, arrival >> 1, id);
        const flag = flags[id]!;
        arc = id * 2;
        if ((flag & HAS_FRONT) !== 0) {
          if (fronts.isDominated(states.get(id), f2 + d2, f3 + d3, f4 + d4)) continue;
        }
        if ((flag & CONSTRAINING) !== 0 || (isConstrained && (flag & NO_WAY_BACK) === 0)) {
          arc++;
          if (apexes !== undefined) {
            state = open.stateOfArc(id);
            if (state < 0) return "memory";
            rows = records.rows;
          }
        }
      }
      const through = passes.pathOver(paths, path, move, last);
      if (through < NO_PATH) return "memory";
      if (move >= 0 && nextNode === TARGET && d1 === 0 && d2 === 0 && d3 === 0 && d4 === 0) {
        if (apexes !== undefined) {
          const status = apexes.merge(f1, f2, f3, f4, r1, r2, r3, r4, state, through, arc);
          if (status === "complete") continue;
          if (status !== "none") return status;
        }
        nextNode = head;
        nextArc = arc;
        nextPath = through;
        continue;
      }
      const status = open.add(
        f1 + d1,
        f2 + d2,
        f3 + d3,
        f4 + d4,
        r1 + d1,
        r2 + d2,
        r3 + d3,
        r4 + d4,
        state,
        head,
        through,
        arc,
      );
      if (status !== "complete") return status;
    }
    this.goesOn = nextNode !== TARGET;
    if (this.goesOn) {
      // Not `data`: adding labels may have moved the rows.
      labels.data[at + NODE] = nextNode;
      labels.data[at + ARC] = nextArc;
      if (apexes !== undefined) labels.data[at + BACK] = (nextArc >> 1) ^ 1;
      labels.data[at + PATH] = nextPath;
    }
    return "complete";
  }
}

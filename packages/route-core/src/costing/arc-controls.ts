import { gradeNodeAt } from "../graph/edge-pieces.ts";
import { CONTROL_BACKWARD, CONTROL_FORWARD, type RoutingGraph } from "../graph/routing-graph.ts";
import type { Costing } from "./costing.ts";
import { curvedRow } from "./curve-rows.ts";
import { comesTo } from "./driven-part.ts";
import { stopAt } from "./junction-control.ts";
import type { Expense } from "./speed-change.ts";

/**
 * Tells whether part of an arc drives up to a control; one at the starting point lies behind.
 *
 * @param at - row of the graph's control columns
 */
export function isControlMet(
  { controlKind, controlAtM }: RoutingGraph,
  at: number,
  back: boolean,
  fromM: number,
  toM: number,
): boolean {
  if ((controlKind[at]! & (back ? CONTROL_BACKWARD : CONTROL_FORWARD)) === 0) return false;
  return comesTo(controlAtM[at]!, back, fromM, toM);
}

/** Adds the expected cost of the controls that part of an edge drives up to. */
export function addArcControls(
  costing: Costing,
  edge: number,
  back: boolean,
  fromM: number,
  toM: number,
  out: Expense,
): void {
  const { graph, speedChanges } = costing;
  const rows = back ? costing.spanRowBackward : costing.spanRowForward;
  let span = graph.firstSpan[edge]!;
  for (let at = graph.firstControl[edge]!; at < graph.firstControl[edge + 1]!; at++) {
    if (!isControlMet(graph, at, back, fromM, toM)) continue;
    const { chance, waitS } = stopAt(graph.controlKind[at]!);
    const atM = graph.controlAtM[at]!;
    while (graph.spanEndM[span]! < atM && span + 1 < graph.firstSpan[edge + 1]!) span++;
    const row = curvedRow(costing, edge, atM, rows[span]!);
    speedChanges.add(gradeNodeAt(graph, edge, back, atM), row, 0, row, chance, out);
    out.seconds += chance * waitS;
    out.energy += chance * waitS * costing.loaded.model.idlePerS;
  }
}

import { gradeNodeAt } from "../graph/edge-pieces.ts";
import type { Costing } from "./costing.ts";
import { comesTo } from "./driven-part.ts";
import type { Expense } from "./speed-change.ts";

/**
 * Adds the energy that part of an edge takes to regain speed behind its curves. The time is in the
 * lower speeds around them already.
 */
export function addCurveRises(
  costing: Costing,
  edge: number,
  back: boolean,
  fromM: number,
  toM: number,
  out: Expense,
): void {
  const { graph, curveRow, speedChanges } = costing;
  const { firstCurve, curveEndM, curveClass, firstSpan, spanEndM } = graph;
  const last = firstCurve[edge + 1]! - 1;
  const rows = back ? costing.spanRowBackward : costing.spanRowForward;
  let span = firstSpan[edge]!;
  for (let run = firstCurve[edge]!; run < last; run++) {
    const atM = curveEndM[run]!;
    if (!comesTo(atM, back, fromM, toM)) continue;
    while (spanEndM[span]! < atM && span + 1 < firstSpan[edge + 1]!) span++;
    const before = Math.min(rows[span]!, curveRow[curveClass[run]!]!);
    const after = Math.min(rows[span]!, curveRow[curveClass[run + 1]!]!);
    const rises = back ? before > after : after > before;
    if (!rises) continue;
    const grade = gradeNodeAt(graph, edge, back, atM);
    out.energy += speedChanges.riseEnergy(grade, Math.min(before, after), Math.max(before, after));
  }
}

import { curveSpeedMps, sidewaysMps2 } from "../evaluation/curve-speed.ts";
import { CURVE_CLASSES, curveRadiusM, STRAIGHT } from "../graph/curve-classes.ts";
import { curveClassAt } from "../graph/curve-columns.ts";
import { gradeNodeAt } from "../graph/edge-pieces.ts";
import type { CostTable } from "./cost-table.ts";
import type { Costing } from "./costing.ts";
import type { Expense } from "./speed-change.ts";
import type { VehicleProfile } from "./vehicle-profile.ts";

/** Row of the cost table at which each class of curve is driven at most; the last one where it is straight. */
export function curveRows(vehicle: VehicleProfile, table: CostTable): Int16Array {
  const sideways = sidewaysMps2(vehicle);
  return Int16Array.from({ length: CURVE_CLASSES }, (_, inClass) =>
    inClass === STRAIGHT
      ? table.rowCount - 1
      : table.row(3.6 * curveSpeedMps(curveRadiusM(inClass), sideways)),
  );
}

/**
 * Row at which a place on an edge is driven.
 *
 * @param row - that of the target speed there
 */
export function curvedRow(
  { graph, curveRow }: Pick<Costing, "graph" | "curveRow">,
  edge: number,
  atM: number,
  row: number,
): number {
  return Math.min(row, curveRow[curveClassAt(graph, edge, atM)]!);
}

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
    const isMet = back ? atM >= fromM && atM < toM : atM > fromM && atM <= toM;
    if (!isMet) continue;
    while (spanEndM[span]! < atM && span + 1 < firstSpan[edge + 1]!) span++;
    const before = Math.min(rows[span]!, curveRow[curveClass[run]!]!);
    const after = Math.min(rows[span]!, curveRow[curveClass[run + 1]!]!);
    const rises = back ? before > after : after > before;
    if (!rises) continue;
    const grade = gradeNodeAt(graph, edge, back, atM);
    out.energy += speedChanges.riseEnergy(grade, Math.min(before, after), Math.max(before, after));
  }
}

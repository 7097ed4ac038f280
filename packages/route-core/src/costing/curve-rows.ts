import { curveSpeedMps, sidewaysMps2 } from "../evaluation/curve-speed.ts";
import { CURVE_CLASSES, curveRadiusM, STRAIGHT } from "../graph/curve-classes.ts";
import { curveClassAt, type CurveColumns } from "../graph/curve-columns.ts";
import type { CostTable } from "./cost-table.ts";
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
  { graph, curveRow }: { readonly graph: CurveColumns; readonly curveRow: Int16Array },
  edge: number,
  atM: number,
  row: number,
): number {
  return Math.min(row, curveRow[curveClassAt(graph, edge, atM)]!);
}

import { buildCostTable } from "../costing/cost-table.ts";
import { energyFlowPerS, type LoadedVehicle } from "../costing/longitudinal.ts";
import { buildSpeedChanges, type Expense } from "../costing/speed-change.ts";
import { steadySpeedKmh } from "../costing/speed-on-grade.ts";
import { LEVEL_GRADE } from "../graph/grade-bins.ts";
import type { CoursePiece } from "./course-steps.ts";
import type { Driven } from "./drive-steps.ts";

/**
 * Drives a course with the formulas of the search tier: every piece at the steady speed of its grade,
 * changes of the target speed paid where they are, and a stop with its chance. Nothing is carried over
 * from one piece to the next but its target speed. A trip begins and ends at rest.
 */
export function driveStateless(
  loaded: LoadedVehicle,
  pieces: readonly CoursePiece[],
): Pick<Driven, "seconds" | "energy"> {
  const spent: Expense = { seconds: 0, energy: 0 };
  const table = buildCostTable(loaded);
  const speedChanges = buildSpeedChanges(loaded, table);
  const change = (fromRow: number, throughRow: number, toRow: number, chance: number): void =>
    speedChanges.add(LEVEL_GRADE, fromRow, throughRow, toRow, chance, spent);
  let fromRow = 0;
  let chance = 1;
  for (const { lengthM, limitMps, gradeRatio, stop } of pieces) {
    const row = table.row(limitMps * 3.6);
    change(fromRow, 0, row, chance);
    change(fromRow, Math.min(fromRow, row), row, 1 - chance);
    const speedMps = steadySpeedKmh(loaded, limitMps * 3.6, gradeRatio) / 3.6;
    spent.seconds += lengthM / speedMps;
    spent.energy += (lengthM / speedMps) * energyFlowPerS(loaded, speedMps, gradeRatio);
    chance = stop?.chance ?? 0;
    spent.seconds += chance * (stop?.waitS ?? 0);
    spent.energy += chance * (stop?.waitS ?? 0) * loaded.model.idlePerS;
    fromRow = row;
  }
  change(fromRow, 0, 0, 1);
  return spent;
}

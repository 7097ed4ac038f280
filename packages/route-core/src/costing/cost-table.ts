import { type ArrayTaker, newArrays } from "../array-taker.ts";
import { GRADE_COUNT, GRADE_NODES } from "../graph/grade-bins.ts";
import { energyFlowPerS, type LoadedVehicle } from "./longitudinal.ts";
import { holdingSpeedKmh, powerLimitedSpeedKmh } from "./speed-on-grade.ts";

/** Target speeds are tabulated in steps of this many km/h. */
const SPEED_STEP_KMH = 0.5;
const MAX_SPEED_KMH = 130;
const MIN_SPEED_KMH = 3;

/** Entries of each column of a table. */
export const COST_TABLE_CELLS = (Math.round(MAX_SPEED_KMH / SPEED_STEP_KMH) + 1) * GRADE_COUNT;

/** Seconds and energy per metre for every target speed and grade node. */
export interface CostTable {
  readonly rowCount: number;
  /** Difference in speed between two rows, m/s; row 0 is rest for changes of speed. */
  readonly rowMps: number;
  /** Row of a target speed. */
  row(speedKmh: number): number;
  /** Target speed of a row. */
  speedKmh(row: number): number;
  /** Time in s/m at `row * GRADE_COUNT + grade`. */
  readonly secondsPerM: Float64Array;
  /** Energy per metre in the unit of the carrier, same layout. */
  readonly energyPerM: Float64Array;
}

/** Tabulates steady driving: the target speed, lowered to what power and safe descent allow. */
export function buildCostTable(loaded: LoadedVehicle, arrays: ArrayTaker = newArrays): CostTable {
  const secondsPerM = arrays.float64(COST_TABLE_CELLS);
  const energyPerM = arrays.float64(COST_TABLE_CELLS);
  if (!arrays.isFilled) fillTable(loaded, secondsPerM, energyPerM);
  const rows = COST_TABLE_CELLS / GRADE_COUNT;
  const row = (speedKmh: number): number =>
    Math.max(0, Math.min(rows - 1, Math.round(speedKmh / SPEED_STEP_KMH)));
  const speedKmh = (at: number): number => Math.max(MIN_SPEED_KMH, at * SPEED_STEP_KMH);
  const rowMps = SPEED_STEP_KMH / 3.6;
  return { rowCount: rows, rowMps, row, speedKmh, secondsPerM, energyPerM };
}

function fillTable(
  loaded: LoadedVehicle,
  secondsPerM: Float64Array,
  energyPerM: Float64Array,
): void {
  for (let grade = 0; grade < GRADE_COUNT; grade++) {
    const gradeRatio = GRADE_NODES[grade]!;
    const possibleKmh = Math.min(
      powerLimitedSpeedKmh(loaded, gradeRatio),
      holdingSpeedKmh(loaded, gradeRatio),
    );
    for (let row = 0; row < COST_TABLE_CELLS / GRADE_COUNT; row++) {
      const targetKmh = Math.max(MIN_SPEED_KMH, row * SPEED_STEP_KMH);
      const speedMps = Math.min(targetKmh, possibleKmh) / 3.6;
      const at = row * GRADE_COUNT + grade;
      secondsPerM[at] = 1 / speedMps;
      energyPerM[at] = energyFlowPerS(loaded, speedMps, gradeRatio) / speedMps;
    }
  }
}

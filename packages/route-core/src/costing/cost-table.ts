import { GRADE_COUNT, GRADE_NODES } from "../graph/grade-bins.ts";
import { fuelFlowGPerS, type LoadedVehicle } from "./longitudinal.ts";
import { holdingSpeedKmh, powerLimitedSpeedKmh } from "./speed-on-grade.ts";

/** Target speeds are tabulated in steps of this many km/h. */
const SPEED_STEP_KMH = 0.5;
const MAX_SPEED_KMH = 130;
const MIN_SPEED_KMH = 3;

/** Seconds and grams of fuel per metre for every target speed and grade node. */
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
  /** Fuel in g/m, same layout. */
  readonly gramsPerM: Float64Array;
  /** What power and safe descent allow at each grade node, m/s. */
  readonly possibleMps: Float64Array;
}

/** Tabulates steady driving: the target speed, lowered to what power and safe descent allow. */
export function buildCostTable(loaded: LoadedVehicle): CostTable {
  const rows = Math.round(MAX_SPEED_KMH / SPEED_STEP_KMH) + 1;
  const secondsPerM = new Float64Array(rows * GRADE_COUNT);
  const gramsPerM = new Float64Array(rows * GRADE_COUNT);
  const possibleMps = new Float64Array(GRADE_COUNT);
  for (let grade = 0; grade < GRADE_COUNT; grade++) {
    const gradeRatio = GRADE_NODES[grade]!;
    const possibleKmh = Math.min(
      powerLimitedSpeedKmh(loaded, gradeRatio),
      holdingSpeedKmh(loaded, gradeRatio),
    );
    possibleMps[grade] = possibleKmh / 3.6;
    for (let row = 0; row < rows; row++) {
      const targetKmh = Math.max(MIN_SPEED_KMH, row * SPEED_STEP_KMH);
      const speedMps = Math.min(targetKmh, possibleKmh) / 3.6;
      const at = row * GRADE_COUNT + grade;
      secondsPerM[at] = 1 / speedMps;
      gramsPerM[at] = fuelFlowGPerS(loaded, speedMps, gradeRatio) / speedMps;
    }
  }
  const row = (speedKmh: number): number =>
    Math.max(0, Math.min(rows - 1, Math.round(speedKmh / SPEED_STEP_KMH)));
  const speedKmh = (at: number): number => Math.max(MIN_SPEED_KMH, at * SPEED_STEP_KMH);
  return {
    rowCount: rows,
    rowMps: SPEED_STEP_KMH / 3.6,
    row,
    speedKmh,
    secondsPerM,
    gramsPerM,
    possibleMps,
  };
}

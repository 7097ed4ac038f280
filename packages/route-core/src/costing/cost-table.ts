import { type ArrayTaker, newArrays } from "../array-taker.ts";
import { GRADE_COUNT, GRADE_NODES } from "../graph/grade-bins.ts";
import { energyFlowPerS, inWindClass, type LoadedVehicle } from "./longitudinal.ts";
import { CROSSWIND_CLASS, WIND_CLASSES } from "./wind.ts";
import { holdingSpeedKmh, powerLimitedSpeedKmh } from "./speed-on-grade.ts";

/** Target speeds are tabulated in steps of this many km/h. */
const SPEED_STEP_KMH = 0.5;
const MAX_SPEED_KMH = 130;
const MIN_SPEED_KMH = 3;

/** Entries of each column of a table. */
export const COST_TABLE_CELLS = (Math.round(MAX_SPEED_KMH / SPEED_STEP_KMH) + 1) * GRADE_COUNT;

/** Seconds and energy per metre for every target speed and grade node. */
export interface CostTable extends SteadyCosts {
  readonly rowCount: number;
  /** Difference in speed between two rows, m/s; row 0 is rest for changes of speed. */
  readonly rowMps: number;
  /** Row of a target speed. */
  row(speedKmh: number): number;
  /** Target speed of a row. */
  speedKmh(row: number): number;
  /** Where no wind is told, the table itself; in a wind the costs of roads that it crosses. */
  readonly crosswind: SteadyCosts;
}

/** Columns of a cost table; in a wind one after the other for each of its classes, `rowCount` rows each. */
export interface SteadyCosts {
  /** Time in s/m at `row * GRADE_COUNT + grade`. */
  readonly secondsPerM: Float64Array;
  /** Energy per metre in the unit of the carrier, same layout. */
  readonly energyPerM: Float64Array;
}

/** Tabulates steady driving: the target speed, lowered to what power and safe descent allow. */
export function buildCostTable(loaded: LoadedVehicle, arrays: ArrayTaker = newArrays): CostTable {
  const classes = loaded.wind === undefined ? 1 : WIND_CLASSES;
  const secondsPerM = arrays.float64(classes * COST_TABLE_CELLS);
  const energyPerM = arrays.float64(classes * COST_TABLE_CELLS);
  const blockOf = (inClass: number): SteadyCosts => {
    const first = inClass * COST_TABLE_CELLS;
    return {
      secondsPerM: secondsPerM.subarray(first, first + COST_TABLE_CELLS),
      energyPerM: energyPerM.subarray(first, first + COST_TABLE_CELLS),
    };
  };
  for (let inClass = 0; inClass < (arrays.isFilled ? 0 : classes); inClass++) {
    fillTable(inWindClass(loaded, inClass), blockOf(inClass));
  }
  const rows = COST_TABLE_CELLS / GRADE_COUNT;
  const row = (speedKmh: number): number =>
    Math.max(0, Math.min(rows - 1, Math.round(speedKmh / SPEED_STEP_KMH)));
  const speedKmh = (at: number): number => Math.max(MIN_SPEED_KMH, at * SPEED_STEP_KMH);
  const rowMps = SPEED_STEP_KMH / 3.6;
  const steady = { secondsPerM, energyPerM };
  const crosswind = classes === 1 ? steady : blockOf(CROSSWIND_CLASS);
  return { rowCount: rows, rowMps, row, speedKmh, ...steady, crosswind };
}

function fillTable(loaded: LoadedVehicle, { secondsPerM, energyPerM }: SteadyCosts): void {
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

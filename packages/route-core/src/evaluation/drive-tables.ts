import { dragAreaM2, dragN, inWindClass, type LoadedVehicle } from "../costing/longitudinal.ts";
import { WIND_CLASSES } from "../costing/wind.ts";
import { holdingSpeedKmh, powerLimitedSpeedKmh } from "../costing/speed-on-grade.ts";
import { clampGrade } from "../graph/grade-bins.ts";

/** Grades are tabulated in steps of this ratio. */
const GRADE_STEP = 0.001;
const STEEPEST = 0.2;
/** Drag is tabulated up to this speed, km/h. */
const DRAG_TOP_KMH = 131;

/** What a loaded vehicle does on grades and in air: tabulated once, so that steps only look up. */
export interface DriveTables {
  /** Where full power and resistance are equal, m/s, for every 0.1 % from -20 % to 20 %. */
  readonly powerMps: Float64Array;
  /** Where engine brake and retarder still hold the mass, m/s, same rows. */
  readonly holdingMps: Float64Array;
  /** Force of the air over squared speed at every whole km/h, kg/m. */
  readonly airKgPerM: Float64Array;
  /** Force of the air in a wind at every whole km/h, N; null where no wind is told. */
  readonly windN: Float64Array | null;
}

/** Tabulates a loaded vehicle for every class of the wind; for one where no wind is told. */
export function buildDriveTables(loaded: LoadedVehicle): readonly DriveTables[] {
  if (loaded.wind === undefined) return [tablesOf(loaded)];
  return Array.from({ length: WIND_CLASSES }, (_, inClass) =>
    tablesOf(inWindClass(loaded, inClass)),
  );
}

function tablesOf(loaded: LoadedVehicle): DriveTables {
  const length = Math.round((2 * STEEPEST) / GRADE_STEP) + 1;
  const gradeAt = (row: number): number => row * GRADE_STEP - STEEPEST;
  return {
    powerMps: Float64Array.from(
      { length },
      (_, row) => powerLimitedSpeedKmh(loaded, gradeAt(row)) / 3.6,
    ),
    holdingMps: Float64Array.from(
      { length },
      (_, row) => holdingSpeedKmh(loaded, gradeAt(row)) / 3.6,
    ),
    airKgPerM: Float64Array.from(
      { length: DRAG_TOP_KMH + 1 },
      (_, kmh) => 0.5 * loaded.airDensity * dragAreaM2(loaded, kmh / 3.6),
    ),
    windN:
      loaded.airflow === undefined
        ? null
        : Float64Array.from({ length: DRAG_TOP_KMH + 1 }, (_, kmh) => dragN(loaded, kmh / 3.6)),
  };
}

/** Speed of a column of `DriveTables` on a grade, m/s. */
export function speedOnGrade(column: Float64Array, gradeRatio: number): number {
  const at = (clampGrade(gradeRatio) + STEEPEST) / GRADE_STEP;
  const below = Math.min(column.length - 2, Math.floor(at));
  return column[below]! + (column[below + 1]! - column[below]!) * (at - below);
}

/** Force of the air at the wheels, N. */
export function airForceN({ airKgPerM, windN }: DriveTables, speedMps: number): number {
  const kmh = Math.min(DRAG_TOP_KMH - 1e-9, speedMps * 3.6);
  const below = Math.floor(kmh);
  if (windN !== null) return windN[below]! + (windN[below + 1]! - windN[below]!) * (kmh - below);
  const low = airKgPerM[below]!;
  return (low + (airKgPerM[below + 1]! - low) * (kmh - below)) * speedMps * speedMps;
}

import { type ArrayTaker, newArrays } from "../array-taker.ts";
import { driverAccelerationMps2, driverBrakingMps2 } from "../evaluation/driver-curves.ts";
import { GRADE_COUNT, GRADE_NODES } from "../graph/grade-bins.ts";
import { COST_TABLE_CELLS, type CostTable } from "./cost-table.ts";
import { energyForPowerPerS, powerForForceKw } from "./energy-model.ts";
import { inertiaKg, inWindClass, type LoadedVehicle, wheelForceN } from "./longitudinal.ts";
import { CROSSWIND_CLASS } from "./wind.ts";

/** An acceleration below this does not lead to a speed in any useful distance, m/s^2. */
const LEAST_ACCELERATION_MPS2 = 0.02;

/** Time and energy, added up in place. */
export interface Expense {
  seconds: number;
  /** In the unit of the vehicle's carrier. */
  energy: number;
}

/** What it takes to change speed, by rows of the cost table and grade nodes; row 0 is rest. */
export interface SpeedChanges {
  /**
   * Adds what it takes beyond steady driving to slow down to a speed and to gain another one, without
   * any memory of how the vehicle came there (freight model 3.5). Both ways lose time. The energy of
   * both is counted where speed is gained: each gain is lost again before the trip ends, and the cut
   * of fuel while braking, or what comes back to a battery then, could otherwise make a short road
   * cost less than nothing.
   *
   * @param throughRow - at most either of the others
   * @param grade - number of the grade node; rows that no vehicle reaches on it cost nothing more
   * @param chance - with which it happens
   */
  add(
    grade: number,
    fromRow: number,
    throughRow: number,
    toRow: number,
    chance: number,
    out: Expense,
  ): void;
  /**
   * Energy that regaining a speed, and losing it again, takes beyond steady driving over the same metres
   * at the speeds in between.
   *
   * @param fromRow - at most `toRow`
   */
  riseEnergy(grade: number, fromRow: number, toRow: number): number;
}

/**
 * Tabulates speeding up from rest as the driver asks for and power allows, and braking to rest, as the
 * evaluation tier drives them; in a wind as if it came from the side.
 *
 * @param arrays - where the tables go, or where they are already
 */
export function buildSpeedChanges(
  loaded: LoadedVehicle,
  table: CostTable,
  arrays: ArrayTaker = newArrays,
): SpeedChanges {
  const { rowCount } = table;
  const { secondsPerM, energyPerM } = table.crosswind;
  const gain = takeRun(arrays);
  const brake = takeRun(arrays);
  const rise = arrays.float64(COST_TABLE_CELLS);
  for (let grade = 0; grade < (arrays.isFilled ? 0 : GRADE_COUNT); grade++) {
    fillRuns(inWindClass(loaded, CROSSWIND_CLASS), table, grade, gain, brake, rise);
  }
  const excessS = (run: Run, grade: number, low: number, high: number): number => {
    const at = grade * rowCount;
    const metres = run.metres[at + high]! - run.metres[at + low]!;
    const seconds = run.seconds[at + high]! - run.seconds[at + low]!;
    return seconds - metres * secondsPerM[high * GRADE_COUNT + grade]!;
  };
  return {
    add(grade, fromRow, throughRow, toRow, chance, out) {
      if (fromRow > throughRow) out.seconds += chance * excessS(brake, grade, throughRow, fromRow);
      if (toRow <= throughRow) return;
      out.seconds += chance * excessS(gain, grade, throughRow, toRow);
      const at = grade * rowCount;
      const low = at + throughRow;
      const high = at + toRow;
      const metres =
        gain.metres[high]! - gain.metres[low]! + brake.metres[high]! - brake.metres[low]!;
      const energy =
        gain.energy[high]! - gain.energy[low]! + brake.energy[high]! - brake.energy[low]!;
      const excess = energy - metres * energyPerM[toRow * GRADE_COUNT + grade]!;
      out.energy += chance * Math.max(0, excess);
    },
    riseEnergy: (grade, fromRow, toRow) =>
      rise[grade * rowCount + toRow]! - rise[grade * rowCount + fromRow]!,
  };
}

/** Sums from rest to each row at `grade * rowCount + row`. */
interface Run {
  readonly seconds: Float64Array;
  readonly metres: Float64Array;
  readonly energy: Float64Array;
}

function takeRun(arrays: ArrayTaker): Run {
  return {
    seconds: arrays.float64(COST_TABLE_CELLS),
    metres: arrays.float64(COST_TABLE_CELLS),
    energy: arrays.float64(COST_TABLE_CELLS),
  };
}

function fillRuns(
  loaded: LoadedVehicle,
  { rowCount, rowMps, crosswind: { secondsPerM } }: CostTable,
  grade: number,
  gain: Run,
  brake: Run,
  rise: Float64Array,
): void {
  const { model } = loaded;
  const { peakKw, auxiliaryKw, drivelineForceN, tractionFactor } = model;
  // The last row is faster than any vehicle: it holds what the grade allows.
  const possibleMps = 1 / secondsPerM[(rowCount - 1) * GRADE_COUNT + grade]!;
  let isReached = true;
  for (let row = 1; row < rowCount; row++) {
    const at = grade * rowCount + row;
    for (const { seconds, metres, energy } of [gain, brake]) {
      seconds[at] = seconds[at - 1]!;
      metres[at] = metres[at - 1]!;
      energy[at] = energy[at - 1]!;
    }
    rise[at] = rise[at - 1]!;
    const toMps = row * rowMps;
    const mps = toMps - rowMps / 2;
    const resistanceN = wheelForceN(loaded, mps, GRADE_NODES[grade]!);
    const engineW = 1000 * (peakKw - auxiliaryKw) - drivelineForceN * mps;
    const netN = engineW / tractionFactor / mps - resistanceN;
    const inertia = inertiaKg(loaded, mps, true);
    const gainMps2 = Math.min(driverAccelerationMps2(mps), netN / inertia);
    isReached &&= toMps <= possibleMps && gainMps2 >= LEAST_ACCELERATION_MPS2;
    if (!isReached) continue;
    addStep(loaded, gain, at, mps, rowMps / gainMps2, resistanceN + inertia * gainMps2);
    const brakeMps2 = driverBrakingMps2(mps);
    const brakeN = resistanceN - inertiaKg(loaded, mps, false) * brakeMps2;
    addStep(loaded, brake, at, mps, rowMps / brakeMps2, brakeN);
    const bothE =
      gain.energy[at]! + brake.energy[at]! - gain.energy[at - 1]! - brake.energy[at - 1]!;
    const bothS = rowMps / gainMps2 + rowMps / brakeMps2;
    const steadyPerS = energyForPowerPerS(model, powerForForceKw(model, resistanceN, mps));
    rise[at] = rise[at - 1]! + Math.max(0, bothE - bothS * steadyPerS);
  }
}

function addStep(
  { model }: LoadedVehicle,
  { seconds, metres, energy }: Run,
  at: number,
  mps: number,
  stepS: number,
  forceN: number,
): void {
  seconds[at]! += stepS;
  metres[at]! += stepS * mps;
  energy[at]! += stepS * energyForPowerPerS(model, powerForForceKw(model, forceN, mps));
}

import { enginePowerKw, type LoadedVehicle } from "./longitudinal.ts";

/** No vehicle of the model drives faster than this, km/h. */
const TOP_SPEED_KMH = 130;

/**
 * Speeds at which a loaded truck can hold itself back by engine brake and retarder, km/h by descent
 * (an engineering assumption of the freight model).
 */
const HOLDING_SPEED: readonly (readonly [descentRatio: number, speedKmh: number])[] = [
  [0.04, 90],
  [0.06, 64],
  [0.08, 48],
  [0.1, 32],
  [0.2, 15],
];

/** Highest steady speed in km/h that the engine's power allows on a grade, found by bisection. */
export function powerLimitedSpeedKmh(loaded: LoadedVehicle, gradeRatio: number): number {
  const powerKw = loaded.vehicle.engineKw;
  if (enginePowerKw(loaded, TOP_SPEED_KMH / 3.6, gradeRatio) <= powerKw) return TOP_SPEED_KMH;
  let low = 1 / 3.6;
  let high = TOP_SPEED_KMH / 3.6;
  for (let round = 0; round < 50; round++) {
    const middle = (low + high) / 2;
    if (enginePowerKw(loaded, middle, gradeRatio) <= powerKw) low = middle;
    else high = middle;
  }
  return low * 3.6;
}

/** Highest safe speed downhill in km/h. */
export function holdingSpeedKmh(loaded: LoadedVehicle, gradeRatio: number): number {
  const descent = -gradeRatio;
  if (!loaded.vehicle.limitsDownhill || descent <= HOLDING_SPEED[0]![0]) return TOP_SPEED_KMH;
  for (let row = 1; row < HOLDING_SPEED.length; row++) {
    const [from, fast] = HOLDING_SPEED[row - 1]!;
    const [to, slow] = HOLDING_SPEED[row]!;
    if (descent <= to) return fast + ((slow - fast) * (descent - from)) / (to - from);
  }
  return HOLDING_SPEED.at(-1)![1];
}

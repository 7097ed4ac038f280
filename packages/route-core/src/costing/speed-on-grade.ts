import { drawnPowerKw, type LoadedVehicle } from "./longitudinal.ts";

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

/** Slowest speed that is looked at, km/h. */
const LOWEST_SPEED_KMH = 1;
/** Share of the engine's power to which a speed is found. */
const POWER_TOLERANCE = 1e-12;

/**
 * Highest steady speed in km/h up to a given one that the engine's power allows on a grade: found by
 * the Illinois form of regula falsi (Dowell and Jarratt, BIT 11 (1971)), which keeps the bracket.
 */
export function powerLimitedSpeedKmh(
  loaded: LoadedVehicle,
  gradeRatio: number,
  fastestKmh: number = TOP_SPEED_KMH,
): number {
  const powerKw = loaded.model.peakKw;
  let highMps = fastestKmh / 3.6;
  let above = drawnPowerKw(loaded, highMps, gradeRatio) - powerKw;
  if (above <= 0) return fastestKmh;
  let lowMps = LOWEST_SPEED_KMH / 3.6;
  let below = drawnPowerKw(loaded, lowMps, gradeRatio) - powerKw;
  if (below >= 0) return LOWEST_SPEED_KMH;
  let side = 0;
  for (let round = 0; round < 60; round++) {
    const mps = (lowMps * above - highMps * below) / (above - below);
    const excess = drawnPowerKw(loaded, mps, gradeRatio) - powerKw;
    if (Math.abs(excess) <= POWER_TOLERANCE * powerKw) return mps * 3.6;
    if (excess > 0) {
      highMps = mps;
      above = excess;
      // An end that stays twice pulls the next cut to its side.
      if (side === 1) below /= 2;
      side = 1;
    } else {
      lowMps = mps;
      below = excess;
      if (side === -1) above /= 2;
      side = -1;
    }
  }
  return lowMps * 3.6;
}

/** Speed in km/h at which a piece of road is driven: the target, as far as power and brakes allow. */
export function steadySpeedKmh(
  loaded: LoadedVehicle,
  targetKmh: number,
  gradeRatio: number,
): number {
  const holdableKmh = Math.min(targetKmh, holdingSpeedKmh(loaded, gradeRatio));
  return powerLimitedSpeedKmh(loaded, gradeRatio, holdableKmh);
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

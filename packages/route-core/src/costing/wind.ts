import type { VehicleProfile } from "./vehicle-profile.ts";
import type { Wind } from "./weather.ts";

/** Directions of travel are told apart by their angle to the wind, in steps of 22.5 degrees. */
export const WIND_CLASSES = 9;
/** Class of a road that the wind crosses. */
export const CROSSWIND_CLASS = 4;

/** The wind that the mean drag of a vehicle allows for, and the speed at which it says how much. */
const MEAN_WIND_MPS = 3;
const MEAN_DRAG_AT_MPS = 60 / 3.6;
/** Beyond this yaw drag rises no further: an engineering assumption. */
const STEEPEST_YAW_SINE2 = Math.sin((14 * Math.PI) / 180) ** 2;

/** Wind as a vehicle meets it that drives in one direction. */
export interface Airflow {
  /** Against the direction of travel, m/s; below zero from behind. */
  readonly headMps: number;
  readonly crossMps: number;
  /** Drag area rises by this times the squared sine of the yaw. */
  readonly yawGain: number;
}

/**
 * Class of a direction of travel, 0 against the wind to 8 with it; the way back is in class 8 minus it.
 *
 * @param againstRatio - share of the way that leads against the wind: cosine of the angle between the
 *   direction of travel and where the wind comes from
 */
export function windClass(againstRatio: number): number {
  const angle = Math.acos(Math.max(-1, Math.min(1, againstRatio)));
  return Math.round((angle / Math.PI) * (WIND_CLASSES - 1));
}

/** The wind that a vehicle meets in a class. */
export function airflowOf(
  { speedMps }: Wind,
  vehicle: Pick<VehicleProfile, "crosswindFactor">,
  inClass: number,
): Airflow {
  const angle = (inClass * Math.PI) / (WIND_CLASSES - 1);
  return {
    headMps: speedMps * Math.cos(angle),
    crossMps: speedMps * Math.sin(angle),
    yawGain: yawGain(vehicle.crosswindFactor),
  };
}

/**
 * Drag over half the density of the air and the drag area without yaw, m^2/s^2: the square of the
 * resultant air speed along the direction of travel. Below zero the wind pushes.
 */
export function airflowMps2(
  { headMps, crossMps, yawGain: gain }: Airflow,
  speedMps: number,
): number {
  const along = speedMps + headMps;
  const square = along * along + crossMps * crossMps;
  if (square === 0) return 0;
  const yaw = Math.min(STEEPEST_YAW_SINE2, (crossMps * crossMps) / square);
  return (1 + gain * yaw) * Math.sqrt(square) * along;
}

/**
 * The gain for which the mean over all directions of a wind of 3 m/s, at 60 km/h, is the vehicle's own
 * allowance for wind: the two descriptions of its drag agree there.
 */
function yawGain(crosswindFactor: number): number {
  const steps = 360;
  let still = 0;
  let perGain = 0;
  for (let step = 0; step < steps; step++) {
    const angle = ((step + 0.5) * 2 * Math.PI) / steps;
    const headMps = MEAN_WIND_MPS * Math.cos(angle);
    const crossMps = MEAN_WIND_MPS * Math.sin(angle);
    const without = airflowMps2({ headMps, crossMps, yawGain: 0 }, MEAN_DRAG_AT_MPS);
    still += without;
    perGain += airflowMps2({ headMps, crossMps, yawGain: 1 }, MEAN_DRAG_AT_MPS) - without;
  }
  const wanted = steps * (1 + crosswindFactor) * MEAN_DRAG_AT_MPS ** 2;
  return Math.max(0, (wanted - still) / perGain);
}

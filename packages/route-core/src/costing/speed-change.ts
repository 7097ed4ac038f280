import { type LoadedVehicle, ROTATING_MASS_SHARE } from "./longitudinal.ts";

const ACCELERATION_MPS2 = 0.7;
const DECELERATION_MPS2 = 1;

/** Time and energy beyond those of steady driving. */
export interface DelayCost {
  readonly seconds: number;
  /** In the unit of the vehicle's carrier. */
  readonly energy: number;
}

/**
 * What it takes to slow down to a speed and to gain another one, without any memory of how the
 * vehicle came there (freight model 3.5): braking loses time, accelerating time and energy.
 *
 * @param throughMps - at most either of the others
 */
export function speedChangeCost(
  { model, massKg }: LoadedVehicle,
  fromMps: number,
  throughMps: number,
  toMps: number,
): DelayCost {
  const gained =
    (0.5 * massKg * (1 + ROTATING_MASS_SHARE) * (toMps ** 2 - throughMps ** 2)) / 3.6e6;
  return {
    seconds:
      lostSeconds(fromMps, throughMps, DECELERATION_MPS2) +
      lostSeconds(toMps, throughMps, ACCELERATION_MPS2),
    energy: model.kineticPerKwh * gained,
  };
}

/** Time lost against driving at the higher speed all the way, s. */
function lostSeconds(highMps: number, lowMps: number, changeMps2: number): number {
  return highMps > lowMps ? (highMps - lowMps) ** 2 / (2 * changeMps2 * highMps) : 0;
}

/** VECTO's driver: gentle at speed, firmer when slow. Speeds in m/s. */
const FIRM_ACCELERATION_BELOW = 25 / 3.6;
const FIRM_BRAKING_BELOW = 50 / 3.6;
const GENTLE_ABOVE = 60 / 3.6;
const FIRM_MPS2 = 1;
const GENTLE_MPS2 = 0.5;

/** Highest acceleration that the driver asks for, m/s^2 (VECTO, generic driver curve). */
export function driverAccelerationMps2(speedMps: number): number {
  return between(FIRM_ACCELERATION_BELOW, speedMps);
}

/** Deceleration at which the driver brakes for something ahead, m/s^2 (VECTO, same curve). */
export function driverBrakingMps2(speedMps: number): number {
  return between(FIRM_BRAKING_BELOW, speedMps);
}

function between(firmBelow: number, speedMps: number): number {
  if (speedMps <= firmBelow) return FIRM_MPS2;
  if (speedMps >= GENTLE_ABOVE) return GENTLE_MPS2;
  const share = (speedMps - firmBelow) / (GENTLE_ABOVE - firmBelow);
  return FIRM_MPS2 + (GENTLE_MPS2 - FIRM_MPS2) * share;
}

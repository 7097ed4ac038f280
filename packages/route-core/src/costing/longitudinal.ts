import { DIESEL_G_PER_L, grossMassKg, type VehicleProfile } from "./vehicle-profile.ts";

/** Standard gravity as used for the published anchors, m/s^2. */
const GRAVITY = 9.81;
/** Air at 15 C and sea level, kg/m^3. */
const AIR_DENSITY = 1.225;
/** Rolling resistance falls with load as mass^(beta - 1), beta = 0.9 (VECTO). */
const ROLLING_LOAD_EXPONENT = -0.1;
/** Rotating parts add this share to the mass that is accelerated. */
const ROTATING_MASS_SHARE = 0.035;

/** A vehicle with its load, ready for force and fuel calculations. */
export interface LoadedVehicle {
  readonly vehicle: VehicleProfile;
  readonly massKg: number;
  /** Rolling resistance at this load. */
  readonly rollingResistance: number;
}

/** Loads a vehicle. */
export function loadVehicle(vehicle: VehicleProfile, payloadKg: number): LoadedVehicle {
  const massKg = grossMassKg(vehicle, payloadKg);
  const halfLoadedKg = grossMassKg(vehicle, vehicle.maxPayloadKg / 2);
  const rollingResistance =
    vehicle.rollingResistance * Math.pow(massKg / halfLoadedKg, ROLLING_LOAD_EXPONENT);
  return { vehicle, massKg, rollingResistance };
}

/**
 * Force at the wheels for steady driving, N: rolling, grade and air with VECTO's generic crosswind
 * correction of the drag area.
 */
export function wheelForceN(loaded: LoadedVehicle, speedMps: number, gradeRatio: number): number {
  const { vehicle, massKg, rollingResistance } = loaded;
  const angle = Math.atan(gradeRatio);
  const speedKmh = Math.max(1, speedMps * 3.6);
  const crosswind = vehicle.crosswindFactor * Math.min(1, Math.pow(60 / speedKmh, 1.45));
  const dragAreaM2 = vehicle.dragAreaM2 * (1 + crosswind);
  const ground = massKg * GRAVITY * (rollingResistance * Math.cos(angle) + Math.sin(angle));
  return ground + 0.5 * AIR_DENSITY * dragAreaM2 * speedMps * speedMps;
}

/** Engine power for steady driving, kW; negative when the engine is dragged along. */
export function enginePowerKw(loaded: LoadedVehicle, speedMps: number, gradeRatio: number): number {
  const { drivelineLoss, drivelineForceN, auxiliaryKw } = loaded.vehicle;
  const wheelKw = (wheelForceN(loaded, speedMps, gradeRatio) * speedMps) / 1000;
  const loss = wheelKw >= 0 ? 1 + drivelineLoss : 1 - drivelineLoss;
  return wheelKw * loss + (drivelineForceN * speedMps) / 1000 + auxiliaryKw;
}

/**
 * Fuel flow in g/s for steady driving: a Willans line with overrun cut-off, so that one formula
 * covers traction, coasting and braking.
 */
export function fuelFlowGPerS(loaded: LoadedVehicle, speedMps: number, gradeRatio: number): number {
  const { willansBaseGPerH, willansSlopeGPerKwh } = loaded.vehicle;
  const power = enginePowerKw(loaded, speedMps, gradeRatio);
  return Math.max(0, willansBaseGPerH + willansSlopeGPerKwh * power) / 3600;
}

/** Fuel in g to regain a speed after a full stop, beyond the fuel of steady driving. */
export function restartFuelG(loaded: LoadedVehicle, speedMps: number): number {
  const { willansSlopeGPerKwh, drivelineLoss } = loaded.vehicle;
  const kineticKwh =
    (0.5 * loaded.massKg * (1 + ROTATING_MASS_SHARE) * speedMps * speedMps) / 3.6e6;
  return willansSlopeGPerKwh * (1 + drivelineLoss) * kineticKwh;
}

/** Fuel flow at standstill, g/s. */
export function idleFlowGPerS(loaded: LoadedVehicle): number {
  return (loaded.vehicle.idleLPerH * DIESEL_G_PER_L) / 3600;
}

import { DIESEL_G_PER_L, grossMassKg, type VehicleProfile } from "./vehicle-profile.ts";

/** Standard gravity as used for the published anchors, m/s^2. */
const GRAVITY = 9.81;
/** Air at 15 C and sea level, kg/m^3. */
const AIR_DENSITY = 1.225;
/** Rolling resistance falls with load as mass^(beta - 1), beta = 0.9 (VECTO). */
const ROLLING_LOAD_EXPONENT = -0.1;
/** Rotating parts add this share to the mass that is accelerated. */
const ROTATING_MASS_SHARE = 0.035;

/** Up to this speed engine inertia and gear shifts weigh on acceleration, m/s. */
const GEAR_SHIFT_MPS = 12;

/** A vehicle with its load, ready for force and fuel calculations. */
export interface LoadedVehicle {
  readonly vehicle: VehicleProfile;
  readonly massKg: number;
  /** Rolling resistance at this load. */
  readonly rollingResistance: number;
  /** Of the air that is driven through, kg/m^3. */
  readonly airDensity: number;
  /** Measured drag areas, ascending in speed; without them the vehicle's with mean crosswind. */
  readonly dragBands?: readonly DragBand[];
}

/** Drag area up to a speed, crosswind included; that of the last band also holds above it. */
export interface DragBand {
  readonly upToKmh: number;
  readonly dragAreaM2: number;
}

/** Loads a vehicle. */
export function loadVehicle(vehicle: VehicleProfile, payloadKg: number): LoadedVehicle {
  const massKg = grossMassKg(vehicle, payloadKg);
  const halfLoadedKg = grossMassKg(vehicle, vehicle.maxPayloadKg / 2);
  const rollingResistance =
    vehicle.rollingResistance * Math.pow(massKg / halfLoadedKg, ROLLING_LOAD_EXPONENT);
  return { vehicle, massKg, rollingResistance, airDensity: AIR_DENSITY };
}

/** Drag area in m^2: of the measured band, or with VECTO's generic correction for mean crosswind. */
export function dragAreaM2({ vehicle, dragBands }: LoadedVehicle, speedMps: number): number {
  const speedKmh = Math.max(1, speedMps * 3.6);
  if (dragBands !== undefined) {
    return (dragBands.find(({ upToKmh }) => speedKmh < upToKmh) ?? dragBands.at(-1)!).dragAreaM2;
  }
  const crosswind = vehicle.crosswindFactor * Math.min(1, Math.pow(60 / speedKmh, 1.45));
  return vehicle.dragAreaM2 * (1 + crosswind);
}

/** Mass that a change of speed must overcome, kg. */
export function inertiaKg(loaded: LoadedVehicle, speedMps: number, gains: boolean): number {
  const kg = loaded.massKg * (1 + ROTATING_MASS_SHARE);
  if (!gains) return kg;
  return kg + loaded.vehicle.lowSpeedInertiaKg * Math.max(0, 1 - speedMps / GEAR_SHIFT_MPS);
}

/** Force of rolling and grade at the wheels, N; it does not depend on speed. */
export function groundForceN(loaded: LoadedVehicle, gradeRatio: number): number {
  // Cosine and sine of the slope's angle without trigonometry: this is called for every step.
  const cosine = 1 / Math.sqrt(1 + gradeRatio * gradeRatio);
  return loaded.massKg * GRAVITY * cosine * (loaded.rollingResistance + gradeRatio);
}

/** Force at the wheels for steady driving, N: rolling, grade and air. */
export function wheelForceN(loaded: LoadedVehicle, speedMps: number, gradeRatio: number): number {
  return (
    groundForceN(loaded, gradeRatio) +
    0.5 * loaded.airDensity * dragAreaM2(loaded, speedMps) * speedMps * speedMps
  );
}

/** Engine power for steady driving, kW; negative when the engine is dragged along. */
export function enginePowerKw(loaded: LoadedVehicle, speedMps: number, gradeRatio: number): number {
  return powerForForceKw(loaded.vehicle, wheelForceN(loaded, speedMps, gradeRatio), speedMps);
}

/** Engine power in kW for a force in N at the wheels: driveline losses and auxiliaries on top. */
export function powerForForceKw(
  { drivelineLoss, drivelineForceN, auxiliaryKw }: VehicleProfile,
  forceN: number,
  speedMps: number,
): number {
  const wheelKw = (forceN * speedMps) / 1000;
  const loss = wheelKw >= 0 ? 1 + drivelineLoss : 1 - drivelineLoss;
  return wheelKw * loss + (drivelineForceN * speedMps) / 1000 + auxiliaryKw;
}

/** Fuel flow in g/s of an engine that turns: a Willans line, cut off in overrun. */
export function fuelForPowerGPerS(vehicle: VehicleProfile, powerKw: number): number {
  return Math.max(0, vehicle.willansBaseGPerH + vehicle.willansSlopeGPerKwh * powerKw) / 3600;
}

/**
 * Fuel flow in g/s for steady driving: a Willans line with overrun cut-off, so that one formula
 * covers traction, coasting and braking.
 */
export function fuelFlowGPerS(loaded: LoadedVehicle, speedMps: number, gradeRatio: number): number {
  return fuelForPowerGPerS(loaded.vehicle, enginePowerKw(loaded, speedMps, gradeRatio));
}

/** Fuel flow at standstill, g/s. */
export function idleFlowGPerS(loaded: LoadedVehicle): number {
  return (loaded.vehicle.idleLPerH * DIESEL_G_PER_L) / 3600;
}

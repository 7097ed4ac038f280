import {
  type EnergyModel,
  energyForPowerPerS,
  energyModelOf,
  powerForForceKw,
} from "./energy-model.ts";
import { climateKw, type Weather, weatherEffects, type Wind } from "./weather.ts";
import { type Airflow, airflowMps2, airflowOf } from "./wind.ts";
import { grossMassKg, type VehicleProfile } from "./vehicle-profile.ts";

/** Standard gravity as used for the published anchors, m/s^2. */
export const GRAVITY = 9.81;
/** Air at 15 C and sea level, kg/m^3. */
const AIR_DENSITY = 1.225;
/** Rolling resistance falls with load as mass^(beta - 1), beta = 0.9 (VECTO). */
const ROLLING_LOAD_EXPONENT = -0.1;
/** Rotating parts add this share to the mass that is accelerated. */
const ROTATING_MASS_SHARE = 0.035;

/** Up to this speed engine inertia and gear shifts weigh on acceleration, m/s. */
const GEAR_SHIFT_MPS = 12;

/** A vehicle with its load, ready for force and energy calculations. */
export interface LoadedVehicle<V extends VehicleProfile = VehicleProfile> {
  readonly vehicle: V;
  readonly model: EnergyModel;
  readonly massKg: number;
  /** Rolling resistance at this load. */
  readonly rollingResistance: number;
  /** Of the air that is driven through, kg/m^3. */
  readonly airDensity: number;
  /** Measured drag areas, ascending in speed; without them the vehicle's with mean crosswind. */
  readonly dragBands?: readonly DragBand[];
  /** The wind of a trip, in place of the mean over all winds. */
  readonly wind?: Wind;
  /** The same as it is met in one direction of travel; see `inWindClass`. */
  readonly airflow?: Airflow;
}

/** Drag area up to a speed, crosswind included; that of the last band also holds above it. */
export interface DragBand {
  readonly upToKmh: number;
  readonly dragAreaM2: number;
}

/**
 * Loads a vehicle.
 *
 * @param weather - by default that of the published anchors: 15 C at sea level, dry, mean wind
 */
export function loadVehicle<V extends VehicleProfile>(
  vehicle: V,
  payloadKg: number,
  weather?: Weather,
): LoadedVehicle<V> {
  const massKg = grossMassKg(vehicle, payloadKg);
  const halfLoadedKg = grossMassKg(vehicle, vehicle.maxPayloadKg / 2);
  const rollingResistance =
    vehicle.rollingResistance * Math.pow(massKg / halfLoadedKg, ROLLING_LOAD_EXPONENT);
  if (weather === undefined) {
    const model = energyModelOf(vehicle);
    return { vehicle, model, massKg, rollingResistance, airDensity: AIR_DENSITY };
  }
  const { airDensity, rollingFactor } = weatherEffects(weather);
  const auxiliaryKw = vehicle.auxiliaryKw + climateKw(weather, vehicle.energy);
  return {
    vehicle,
    model: energyModelOf({ ...vehicle, auxiliaryKw }),
    massKg,
    rollingResistance: rollingFactor * rollingResistance,
    airDensity,
    ...(weather.wind === undefined ? {} : { wind: weather.wind }),
  };
}

/** A loaded vehicle that drives in one direction to the wind, if there is a wind; see `windClass`. */
export function inWindClass(loaded: LoadedVehicle, inClass: number): LoadedVehicle {
  const { wind, vehicle } = loaded;
  return wind === undefined ? loaded : { ...loaded, airflow: airflowOf(wind, vehicle, inClass) };
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
  return kg + loaded.model.lowSpeedInertiaKg * Math.max(0, 1 - speedMps / GEAR_SHIFT_MPS);
}

/** Force of rolling and grade at the wheels, N; it does not depend on speed. */
export function groundForceN(loaded: LoadedVehicle, gradeRatio: number): number {
  // Cosine and sine of the slope's angle without trigonometry: this is called for every step.
  const cosine = 1 / Math.sqrt(1 + gradeRatio * gradeRatio);
  return loaded.massKg * GRAVITY * cosine * (loaded.rollingResistance + gradeRatio);
}

/** Force at the wheels for steady driving, N: rolling, grade and air. */
export function wheelForceN(loaded: LoadedVehicle, speedMps: number, gradeRatio: number): number {
  return groundForceN(loaded, gradeRatio) + dragN(loaded, speedMps);
}

/** Force of the air at the wheels, N; below zero where the wind pushes. */
export function dragN(loaded: LoadedVehicle, speedMps: number): number {
  const { airDensity, airflow } = loaded;
  if (airflow === undefined) {
    return 0.5 * airDensity * dragAreaM2(loaded, speedMps) * speedMps * speedMps;
  }
  return 0.5 * airDensity * loaded.vehicle.dragAreaM2 * airflowMps2(airflow, speedMps);
}

/** Power drawn for steady driving, kW; negative where the battery is charged or the engine dragged. */
export function drawnPowerKw(loaded: LoadedVehicle, speedMps: number, gradeRatio: number): number {
  return powerForForceKw(loaded.model, wheelForceN(loaded, speedMps, gradeRatio), speedMps);
}

/** Energy flow per second for steady driving, in the unit of the vehicle's carrier. */
export function energyFlowPerS(
  loaded: LoadedVehicle,
  speedMps: number,
  gradeRatio: number,
): number {
  return energyForPowerPerS(loaded.model, drawnPowerKw(loaded, speedMps, gradeRatio));
}

import type { AccessKind } from "../osm/way-access.ts";

/** Mass, resistance and size of a goods vehicle. SI units unless named otherwise. */
interface Vehicle {
  readonly id: string;
  readonly name: string;
  /** Which access tags apply: `hgv` above 3.5 t, `van` up to it. */
  readonly accessKind: AccessKind;
  /** Empty, with driver. */
  readonly kerbKg: number;
  readonly maxPayloadKg: number;
  /** Full mass that it may have by its papers; absent: kerb mass and payload. */
  readonly platedKg?: number;
  /** Drag area before crosswind, m^2. */
  readonly dragAreaM2: number;
  /** Share by which mean crosswind raises the drag area at low speed. */
  readonly crosswindFactor: number;
  /** Rolling resistance coefficient at half payload. */
  readonly rollingResistance: number;
  /** Constant driveline force, N. */
  readonly drivelineForceN: number;
  readonly auxiliaryKw: number;
  /** Speed limiter, or the speed the vehicle is driven at most; km/h. */
  readonly maxSpeedKmh: number;
  /** Whether the vehicle must hold back its mass on steep descents. */
  readonly limitsDownhill: boolean;
  readonly heightM: number;
  readonly widthM: number;
  readonly lengthM: number;
  readonly maxAxleLoadT: number;
}

/** A goods vehicle with a diesel engine. */
export interface DieselVehicle extends Vehicle {
  readonly energy: "diesel";
  /** Proportional driveline loss. */
  readonly drivelineLoss: number;
  readonly engineKw: number;
  /** Willans line: fuel at zero power, g/h. */
  readonly willansBaseGPerH: number;
  /** Willans line: fuel per engine work, g/kWh. */
  readonly willansSlopeGPerKwh: number;
  readonly idleLPerH: number;
  /** Inertia of engine and gear shifts at low speed as a mass, kg. */
  readonly lowSpeedInertiaKg: number;
  /** Multiplies all fuel: engines better or worse than the row's. Default 1. */
  readonly technologyFactor?: number;
  /** Multiplies all fuel: what a whole fleet does besides driving the route. Default 1. */
  readonly fleetFactor?: number;
}

/** A goods vehicle that runs on a battery. */
export interface BatteryVehicle extends Vehicle {
  readonly energy: "battery";
  readonly motorKw: number;
  /** Share of the battery's power that arrives at the wheels. */
  readonly driveEfficiency: number;
  /** Share of the power at held wheels that arrives in the battery. */
  readonly regenerationEfficiency: number;
  /** Most power that the motor takes back, kW. */
  readonly regenerationKw: number;
  /** Energy that may be drawn from the full battery; no trip is planned without it. */
  readonly usableBatteryKwh?: number;
}

/** A goods vehicle as the planner drives it. */
export type VehicleProfile = DieselVehicle | BatteryVehicle;

/** Density of diesel, g/L (VECTO generic fuel properties). */
export const DIESEL_G_PER_L = 836;

/** Full mass that a vehicle may have, kg. */
export function platedMassKg({ platedKg, kerbKg, maxPayloadKg }: VehicleProfile): number {
  return platedKg ?? kerbKg + maxPayloadKg;
}

/** Mass on the road in kg. */
export function grossMassKg(vehicle: VehicleProfile, payloadKg: number): number {
  return vehicle.kerbKg + payloadKg;
}

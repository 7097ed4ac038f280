import type { Issue } from "@gradeway/reason-codes";

import { platedMassKg, type VehicleProfile } from "./vehicle-profile.ts";

type Range = readonly [least: number, most: number];

/** What goods vehicles can be: wide enough for any that drive, too narrow for slips of a unit. */
const RANGES: Readonly<Record<string, Range>> = {
  kerbKg: [500, 40_000],
  maxPayloadKg: [1, 60_000],
  dragAreaM2: [0.5, 12],
  crosswindFactor: [0, 1],
  rollingResistance: [0.003, 0.02],
  drivelineForceN: [0, 1000],
  auxiliaryKw: [0, 50],
  maxSpeedKmh: [20, 130],
  heightM: [1, 5],
  widthM: [1, 3],
  lengthM: [2, 26],
  maxAxleLoadT: [0.3, 15],
};

const DIESEL_RANGES: Readonly<Record<string, Range>> = {
  drivelineLoss: [0, 0.5],
  engineKw: [20, 800],
  willansBaseGPerH: [50, 5000],
  willansSlopeGPerKwh: [150, 300],
  idleLPerH: [0, 10],
  lowSpeedInertiaKg: [0, 20_000],
  technologyFactor: [0.7, 1.5],
  fleetFactor: [0.7, 1.5],
};

const BATTERY_RANGES: Readonly<Record<string, Range>> = {
  motorKw: [20, 1500],
  driveEfficiency: [0.5, 1],
  regenerationEfficiency: [0, 1],
  regenerationKw: [1, 1500],
  usableBatteryKwh: [1, 2000],
};

/** Numbers that a vehicle may have or not. */
const OPTIONAL: ReadonlySet<string> = new Set([
  "technologyFactor",
  "fleetFactor",
  "usableBatteryKwh",
]);

/** Full mass above which the rules for trucks hold. */
const VAN_MOST_KG = 3500;

/** Power that the slowest and the strongest goods vehicles have for their full mass, kW/t. */
const POWER_PER_T: Range = [3, 80];

/** The numbers that a vehicle of a kind has. */
export function vehicleNumbers(energy: VehicleProfile["energy"]): readonly string[] {
  return Object.keys(rangesOf(energy));
}

/**
 * What is wrong with a vehicle that somebody described: numbers that no goods vehicle has, and numbers
 * that do not go together.
 *
 * @param platedKg - full mass that the vehicle may have
 * @returns with pointers into the vehicle; empty when it can be driven
 */
export function vehicleFaults(vehicle: VehicleProfile, platedKg: number): Issue[] {
  const faults: Issue[] = [];
  const numbers: Readonly<Record<string, unknown>> = { ...vehicle };
  for (const [field, [least, most]] of Object.entries(rangesOf(vehicle.energy))) {
    const value = numbers[field];
    if (value === undefined && OPTIONAL.has(field)) continue;
    if (typeof value === "number" && value >= least && value <= most) continue;
    faults.push({ pointer: `/${field}`, message: `is not within ${least} to ${most}` });
  }
  if (faults.length > 0) return faults;
  const grossKg = vehicle.kerbKg + vehicle.maxPayloadKg;
  if (grossKg > platedKg) {
    const message = `kerb mass and payload are ${grossKg} kg, above the plated mass of ${platedKg} kg`;
    faults.push({ pointer: "/maxPayloadKg", message });
  }
  if (vehicle.accessKind === "van" && grossKg > VAN_MOST_KG) {
    const message = `a van weighs at most ${VAN_MOST_KG} kg with its payload, not ${grossKg} kg`;
    faults.push({ pointer: "/maxPayloadKg", message });
  } else if (vehicle.accessKind === "van" && platedMassKg(vehicle) > VAN_MOST_KG) {
    faults.push({ pointer: "/platedKg", message: `is above the ${VAN_MOST_KG} kg of a van` });
  }
  if (vehicle.lengthM < vehicle.widthM) {
    faults.push({ pointer: "/lengthM", message: "is less than the width" });
  }
  const [powerField, powerKw] =
    vehicle.energy === "diesel" ? ["engineKw", vehicle.engineKw] : ["motorKw", vehicle.motorKw];
  const [weakest, strongest] = POWER_PER_T;
  const perT = (1000 * powerKw) / grossKg;
  if (perT < weakest || perT > strongest) {
    const message = `is ${perT.toFixed(1)} kW per tonne, which is not within ${weakest} to ${strongest}`;
    faults.push({ pointer: `/${powerField}`, message });
  }
  if (vehicle.auxiliaryKw > powerKw / 2) {
    faults.push({ pointer: "/auxiliaryKw", message: "is more than half the power" });
  }
  if (vehicle.energy === "diesel") return faults;
  // Nothing comes back that was not spent.
  if (vehicle.driveEfficiency * vehicle.regenerationEfficiency > 1) {
    faults.push({ pointer: "/regenerationEfficiency", message: "gives back more than was spent" });
  }
  if (vehicle.regenerationKw > vehicle.motorKw) {
    faults.push({ pointer: "/regenerationKw", message: "is more than the motor's power" });
  }
  return faults;
}

function rangesOf(energy: VehicleProfile["energy"]): Readonly<Record<string, Range>> {
  return { ...RANGES, ...(energy === "diesel" ? DIESEL_RANGES : BATTERY_RANGES) };
}

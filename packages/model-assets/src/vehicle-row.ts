import type { BatteryVehicle, DieselVehicle, VehicleProfile } from "@gradeway/route-core";

import type { ClassifiedVehicle } from "./schemas/vehicle-class.ts";
import type {
  BatteryVehicleRow,
  DieselVehicleRow,
  VehicleRow,
} from "./schemas/vehicle-profiles.ts";

/** What tells the tariff class of a vehicle: its full mass, whatever it carries on a trip. */
export function classifiedVehicle(row: VehicleRow): ClassifiedVehicle {
  return {
    grossT: (row.kerbKg + row.maxPayloadKg) / 1000,
    axles: row.axles,
    heightM: row.heightM,
    euroClass: row.euroClass,
    articulated: row.articulated,
    energy: row.energy,
  };
}

/** The vehicles of a table as the planner drives them. */
export function plannerVehicles(rows: readonly VehicleRow[]): VehicleProfile[] {
  return rows.map(plannerVehicle);
}

/** A vehicle as the planner drives it: what it is, without where the figures come from. */
export function plannerVehicle(row: VehicleRow): VehicleProfile {
  return row.energy === "diesel" ? dieselVehicle(row) : batteryVehicle(row);
}

function commonOf(row: VehicleRow) {
  return {
    id: row.id,
    name: row.name,
    accessKind: row.accessKind,
    kerbKg: row.kerbKg,
    maxPayloadKg: row.maxPayloadKg,
    dragAreaM2: row.dragAreaM2,
    crosswindFactor: row.crosswindFactor,
    rollingResistance: row.rollingResistance,
    drivelineForceN: row.drivelineForceN,
    auxiliaryKw: row.auxiliaryKw,
    maxSpeedKmh: row.maxSpeedKmh,
    limitsDownhill: row.limitsDownhill,
    heightM: row.heightM,
    widthM: row.widthM,
    lengthM: row.lengthM,
    maxAxleLoadT: row.maxAxleLoadT,
  };
}

function dieselVehicle(row: DieselVehicleRow): DieselVehicle {
  return {
    ...commonOf(row),
    energy: "diesel",
    drivelineLoss: row.drivelineLoss,
    engineKw: row.engineKw,
    willansBaseGPerH: row.willansBaseGPerH,
    willansSlopeGPerKwh: row.willansSlopeGPerKwh,
    idleLPerH: row.idleLPerH,
    lowSpeedInertiaKg: row.lowSpeedInertiaKg,
    technologyFactor: row.technologyFactor,
    fleetFactor: row.fleetFactor,
  };
}

function batteryVehicle(row: BatteryVehicleRow): BatteryVehicle {
  return {
    ...commonOf(row),
    energy: "battery",
    motorKw: row.motorKw,
    driveEfficiency: row.driveEfficiency,
    regenerationEfficiency: row.regenerationEfficiency,
    regenerationKw: row.regenerationKw,
    ...(row.usableBatteryKwh === undefined ? {} : { usableBatteryKwh: row.usableBatteryKwh }),
  };
}

import type { UndrivableVehicle, VehicleProfile } from "@gradeway/route-core";

import type { ClassifiedVehicle } from "./schemas/vehicle-class.ts";
import type { VehicleRow } from "./schemas/vehicle-profiles.ts";

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

/** The vehicles of a table as the planner knows them: those it can drive, and those it must refuse. */
export function plannerVehicles(rows: readonly VehicleRow[]): {
  readonly vehicles: VehicleProfile[];
  readonly undrivable: UndrivableVehicle[];
} {
  const vehicles: VehicleProfile[] = [];
  const undrivable: UndrivableVehicle[] = [];
  for (const row of rows) {
    if (row.energy === "diesel") vehicles.push(dieselVehicle(row));
    else undrivable.push({ id: row.id, name: row.name, lacks: "battery model" });
  }
  return { vehicles, undrivable };
}

function dieselVehicle(row: VehicleRow & { readonly energy: "diesel" }): VehicleProfile {
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
    drivelineLoss: row.drivelineLoss,
    engineKw: row.engineKw,
    willansBaseGPerH: row.willansBaseGPerH,
    willansSlopeGPerKwh: row.willansSlopeGPerKwh,
    auxiliaryKw: row.auxiliaryKw,
    idleLPerH: row.idleLPerH,
    lowSpeedInertiaKg: row.lowSpeedInertiaKg,
    maxSpeedKmh: row.maxSpeedKmh,
    limitsDownhill: row.limitsDownhill,
    heightM: row.heightM,
    widthM: row.widthM,
    lengthM: row.lengthM,
    maxAxleLoadT: row.maxAxleLoadT,
  };
}

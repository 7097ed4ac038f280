import { ALL_TABLES, plannerVehicles } from "@gradeway/model-assets";
import { DIESEL_G_PER_L, type LoadedVehicle, type VehicleProfile } from "@gradeway/route-core";

import type { VectoCase } from "./read-cases.ts";

/** The simulator's air, kg/m^3. */
const AIR_DENSITY = 1.188;

/**
 * The vehicle of a case: what the case says is final, and no mass or crosswind correction comes on
 * top; the driveline and the Willans line are those of the shipped diesel profile whose engine is
 * nearest in power.
 */
export function caseVehicle(given: VectoCase): LoadedVehicle {
  const vehicle = {
    ...nearestProfile(given.engineKw),
    engineKw: given.engineKw,
    auxiliaryKw: given.auxiliaryKw,
    idleLPerH: given.idleGPerH / DIESEL_G_PER_L,
  };
  const { massKg, rollingResistance, dragBands } = given;
  return { vehicle, massKg, rollingResistance, dragBands, airDensity: AIR_DENSITY };
}

function nearestProfile(engineKw: number): VehicleProfile {
  const off = (vehicle: VehicleProfile): number => Math.abs(vehicle.engineKw - engineKw);
  const { vehicles } = plannerVehicles(ALL_TABLES["vehicle-profiles"]);
  return vehicles.reduce((nearest, vehicle) => (off(vehicle) < off(nearest) ? vehicle : nearest));
}

import { ALL_TABLES, plannerVehicles } from "@gradeway/model-assets";
import {
  DIESEL_G_PER_L,
  type DieselVehicle,
  energyModelOf,
  type LoadedVehicle,
} from "@gradeway/route-core";

import type { VectoCase } from "./read-cases.ts";

/** The simulator's air, kg/m^3. */
const AIR_DENSITY = 1.188;

/**
 * The vehicle of a case: what the case says is final, and no mass or crosswind correction comes on
 * top; the driveline and the Willans line are those of the shipped diesel profile whose engine is
 * nearest in power.
 */
export function caseVehicle(given: VectoCase): LoadedVehicle<DieselVehicle> {
  const vehicle = {
    ...nearestProfile(given.engineKw),
    engineKw: given.engineKw,
    auxiliaryKw: given.auxiliaryKw,
    idleLPerH: given.idleGPerH / DIESEL_G_PER_L,
  };
  const { massKg, rollingResistance, dragBands } = given;
  const model = energyModelOf(vehicle);
  return { vehicle, model, massKg, rollingResistance, dragBands, airDensity: AIR_DENSITY };
}

function nearestProfile(engineKw: number): DieselVehicle {
  const off = (vehicle: DieselVehicle): number => Math.abs(vehicle.engineKw - engineKw);
  return plannerVehicles(ALL_TABLES["vehicle-profiles"])
    .filter((vehicle) => vehicle.energy === "diesel")
    .reduce((nearest, vehicle) => (off(vehicle) < off(nearest) ? vehicle : nearest));
}

import type { VehicleRow } from "../schemas/vehicle-profiles.ts";
import { BATTERY_VEHICLES } from "./vehicle-profiles-battery.ts";
import { DIESEL_VEHICLES } from "./vehicle-profiles-diesel.ts";

/** The vehicles that a region gets when it is built. */
export const VEHICLE_PROFILES: readonly VehicleRow[] = [...DIESEL_VEHICLES, ...BATTERY_VEHICLES];

import type { VehicleProfile } from "../costing/vehicle-profile.ts";
import {
  type DriverRule,
  type DriverSchedule,
  type DriverState,
  scheduleDriver,
} from "../evaluation/driver-hours.ts";

/** Which rules of drivers' hours a trip keeps, and what the driver has done before it. */
export interface DriverHoursRequest extends DriverState {
  /** Default: `eu` for vehicles above 3.5 t, `none` for others. */
  readonly rule?: DriverRule;
}

/**
 * The breaks and rests of a trip by the rules that a request names, or those of its vehicle.
 *
 * @param waypointsS - driving before each waypoint, ascending
 */
export function driverSchedule(
  { driverHours = {} }: { readonly driverHours?: DriverHoursRequest },
  { accessKind }: VehicleProfile,
  drivingS: number,
  waypointsS?: readonly number[],
): DriverSchedule {
  const rule = driverHours.rule ?? (accessKind === "hgv" ? "eu" : "none");
  return scheduleDriver(rule, driverHours, drivingS, waypointsS);
}

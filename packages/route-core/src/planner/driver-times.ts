import type { VehicleProfile } from "../costing/vehicle-profile.ts";
import {
  type DriverRule,
  type DriverSchedule,
  type DriverState,
  type DriverStop,
  scheduleDriver,
} from "../evaluation/driver-hours.ts";

/** Which rules of drivers' hours a trip keeps, and what the driver has done before it. */
export interface DriverHoursRequest extends DriverState {
  /** Default: `eu` for vehicles above 3.5 t, `none` for others. */
  readonly rule?: DriverRule;
}

/** How long a route takes, and why. */
export interface RouteTimes {
  /** From start to end: driving, breaks and daily rests. */
  readonly durationS: number;
  readonly drivingS: number;
  /** Breaks that the driver has to take; they are paid. */
  readonly breakS: number;
  /** Daily rests; they are not. */
  readonly restS: number;
  /** The rule that was kept, and where its stops fall. */
  readonly driverHours: {
    readonly rule: DriverRule;
    readonly stops: readonly DriverStop[];
  };
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

/** Whether a vehicle keeps no rules, without being asked to, where the driver of a truck would stop. */
export function isWithoutHours(
  { driverHours = {} }: { readonly driverHours?: DriverHoursRequest },
  { accessKind }: VehicleProfile,
  drivingS: number,
): boolean {
  if (driverHours.rule !== undefined || accessKind === "hgv") return false;
  return scheduleDriver("eu", driverHours, drivingS).stops.length > 0;
}

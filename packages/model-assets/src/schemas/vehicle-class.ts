import { z } from "zod";

import type { DeepReadonly } from "./deep-readonly.ts";

/** A limit between two vehicle classes; both ends are optional. */
const range = z
  .strictObject({
    /** At least. */
    from: z.number().nonnegative().optional(),
    /** More than. */
    above: z.number().nonnegative().optional(),
    /** At most. */
    to: z.number().positive().optional(),
    /** Less than. */
    below: z.number().positive().optional(),
  })
  .refine((limits) => Object.keys(limits).length > 0, "a range names at least one end")
  .refine(
    ({ from, above, to, below }) =>
      (from === undefined || above === undefined) && (to === undefined || below === undefined),
    "a range has one lower and one upper end",
  )
  .refine(
    ({ from, above, to, below }) =>
      (from ?? above ?? 0) <= (to ?? below ?? Number.POSITIVE_INFINITY),
    "a range must not be empty",
  );

/**
 * Which vehicles a row is about: all that meet every condition given, so `{}` is every vehicle. It
 * expresses the classes of published tariffs and laws.
 */
export const vehicleClass = z.strictObject({
  /** Gross mass that the vehicle or combination may have, t. */
  grossT: range.optional(),
  /** With trailer. */
  axles: range.optional(),
  heightM: range.optional(),
  /** Emission class (Euro VI = 6); battery vehicles meet every class. */
  euroClass: range.optional(),
  /** A tractor with semi-trailer, or a vehicle with a trailer. */
  articulated: z.boolean().optional(),
  energy: z.enum(["diesel", "battery"]).optional(),
});

/** Which vehicles a row is about. */
export type VehicleClass = DeepReadonly<z.infer<typeof vehicleClass>>;

/** What has to be known of a vehicle to tell its class. */
export interface ClassifiedVehicle {
  readonly grossT: number;
  readonly axles: number;
  readonly heightM: number;
  readonly euroClass: number;
  readonly articulated: boolean;
  readonly energy: "diesel" | "battery";
}

/** Tells whether a vehicle belongs to a class. */
export function belongsTo(vehicle: ClassifiedVehicle, wanted: VehicleClass): boolean {
  const euroClass = vehicle.energy === "battery" ? Number.MAX_SAFE_INTEGER : vehicle.euroClass;
  return (
    isWithin(vehicle.grossT, wanted.grossT) &&
    isWithin(vehicle.axles, wanted.axles) &&
    isWithin(vehicle.heightM, wanted.heightM) &&
    isWithin(euroClass, wanted.euroClass) &&
    (wanted.articulated ?? vehicle.articulated) === vehicle.articulated &&
    (wanted.energy ?? vehicle.energy) === vehicle.energy
  );
}

function isWithin(value: number, limits: z.infer<typeof range> | undefined): boolean {
  return (
    limits === undefined ||
    (value >= (limits.from ?? Number.NEGATIVE_INFINITY) &&
      value > (limits.above ?? Number.NEGATIVE_INFINITY) &&
      value <= (limits.to ?? Number.POSITIVE_INFINITY) &&
      value < (limits.below ?? Number.POSITIVE_INFINITY))
  );
}

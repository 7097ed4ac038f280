import { customVehicle } from "@gradeway/model-assets";
import type { CustomVehicle } from "@gradeway/route-core";
import { z } from "zod";

const vehicleId = z
  .string("Expected the id of a vehicle, or an object with basedOn.")
  .refine((id) => id.length > 0 && id.length <= 100, "Expected 1 to 100 characters.");

/** A vehicle by its id, or one with figures of its own; faults are those of what was meant. */
export const vehicleSchema = z.custom<string | CustomVehicle>().superRefine((value, context) => {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const { error } = (isObject ? customVehicle : vehicleId).safeParse(value);
  for (const issue of error?.issues ?? []) context.addIssue({ ...issue });
});

import { ROAD_CLASSES } from "@gradeway/route-core";
import { z } from "zod";

const rule = z.strictObject({
  defaultKmh: z.number().positive().max(130),
  truckLimitKmh: z.number().positive().max(130),
  practicalShare: z.number().positive().max(1),
});

/** Speeds of every road class. */
export const speedRules = z.strictObject({
  source: z.string().min(1),
  provenance: z.literal("assumed"),
  classes: z.record(z.enum(ROAD_CLASSES), rule),
});

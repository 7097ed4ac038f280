import { ROAD_CLASSES } from "@gradeway/route-core";
import { z } from "zod";

import { areaCode, checkFigure, checkOrigin, rowOrigin, rowTable } from "./dated-row.ts";
import type { DeepReadonly } from "./deep-readonly.ts";
import { vehicleClass } from "./vehicle-class.ts";

/**
 * Kinds of road that laws tell apart: motorway; outside built-up areas with separated carriageways
 * (`dual`), without (`single`), and without priority (`minor`, where a law has a limit of its own);
 * within built-up areas (`urban`).
 */
export const LEGAL_ROADS = ["motorway", "dual", "single", "minor", "urban"] as const;

/** One of {@link LEGAL_ROADS}. */
export type LegalRoad = (typeof LEGAL_ROADS)[number];

const rule = z.strictObject({
  defaultKmh: z.number().min(5).max(130),
  truckLimitKmh: z.number().min(5).max(130),
  practicalShare: z.number().positive().max(1),
});

/** A legal speed limit of a country for a class of vehicles on a kind of road. */
export const speedLimit = z
  .strictObject({
    ...rowOrigin,
    area: areaCode,
    road: z.enum(LEGAL_ROADS),
    vehicles: vehicleClass,
    value: z.number().positive(),
    /** As the law has it. */
    unit: z.enum(["km/h", "mi/h"]),
  })
  .check(checkOrigin, checkFigure);

/** A legal speed limit. */
export type SpeedLimitRow = DeepReadonly<z.infer<typeof speedLimit>>;

/** Speeds of every road class, and the legal limits of the countries a region lies in. */
export const speedRules = z.strictObject({
  source: z.string().min(1),
  provenance: z.literal("assumed"),
  classes: z.record(z.enum(ROAD_CLASSES), rule),
  limits: rowTable(speedLimit),
});

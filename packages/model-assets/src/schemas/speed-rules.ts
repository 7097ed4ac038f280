import { LEGAL_ROADS, ROAD_CLASSES } from "@gradeway/route-core";
import { z } from "zod";

import { areaCode, checkFigure, checkOrigin, rowOrigin, rowTable } from "./dated-row.ts";
import type { DeepReadonly } from "./deep-readonly.ts";
import { vehicleClass } from "./vehicle-class.ts";
import { plainText } from "./plain-text.ts";

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
    /** For `urban`: whether a sign may allow more, and how much; absent: it can only lower. */
    raisedBySign: z.enum(["for-all", "up-to-class-limit"]).optional(),
  })
  .check(checkOrigin, checkFigure);

/** A legal speed limit. */
export type SpeedLimitRow = DeepReadonly<z.infer<typeof speedLimit>>;

/** Typical speeds of every road class, and the legal limits of the countries a region lies in. */
export const speedRules = z.strictObject({
  source: plainText,
  provenance: z.literal("assumed"),
  /** Day from which the typical speeds hold. */
  validFrom: z.iso.date(),
  classes: z.record(z.enum(ROAD_CLASSES), rule),
  limits: rowTable(speedLimit),
});

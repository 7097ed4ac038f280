import { z } from "zod";

import { areaCode, checkOrigin, distinctIds, rowOrigin, rowTable } from "./dated-row.ts";
import type { DeepReadonly } from "./deep-readonly.ts";
import { plainText } from "./plain-text.ts";

/** Name of a toll facility, a gate, a zone or an account. */
export const slug = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);

const lonLat = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);

/** A way into or out of a facility whose price depends on both. */
const gate = z.strictObject({
  id: slug,
  name: plainText,
  near: lonLat,
  radiusM: z.number().positive().max(10_000),
});

/** A toll facility with its origin; see `TollFacility` of route-core for the meaning. */
export const tollFacility = z
  .strictObject({
    ...rowOrigin,
    id: slug,
    area: areaCode,
    name: plainText,
    near: lonLat,
    radiusM: z.number().positive().max(50_000),
    charged: z.enum(["tunnel", "bridge", "any"]),
    gates: z.array(gate).optional(),
  })
  .check(checkOrigin);

/** A toll facility as stored in a region. */
export type TollFacilityRow = DeepReadonly<z.infer<typeof tollFacility>>;

/** Toll facilities of a region. A graph knows them by their ids and not by days, so each is there once. */
export const tollTopology = rowTable(tollFacility).check(distinctIds("facilities"));

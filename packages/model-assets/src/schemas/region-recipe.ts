import { z } from "zod";

import { ASSET_KINDS } from "./asset-kinds.ts";
import { areaCode } from "./dated-row.ts";

const webAddress = z.url({ protocol: /^https?$/ });
const text = z.string().min(1).max(500);
const degrees = (limit: number) => z.number().min(-limit).max(limit);

/** Where a region comes from and which rules apply in it: what `gradeway region fetch` follows. */
export const regionRecipe = z.strictObject({
  format: z.literal(1),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  extract: z.strictObject({
    url: webAddress,
    /** Pins one version of the extract; without it the newest one is taken. */
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
    licence: text.optional(),
    attribution: text.optional(),
  }),
  tiles: z.strictObject({
    /** With `{z}`, `{x}` and `{y}`. */
    urlTemplate: text,
    zoom: z.int().min(0).max(15),
    attribution: text.optional(),
  }),
  /** `[west, south, east, north]` in degrees: the area whose elevation tiles are fetched. */
  bbox: z
    .tuple([degrees(180), degrees(85), degrees(180), degrees(85)])
    .refine(([west, south, east, north]) => west < east && south < north, {
      message: "expected [west, south, east, north]",
    }),
  timeZone: z.string().refine(isTimeZone, { message: "not an IANA time zone" }),
  currency: z.string().regex(/^[A-Z]{3}$/),
  countries: z.array(areaCode).min(1),
  /** Days after which the data of a kind count as expired. */
  maxAgeDays: z.partialRecord(z.enum(ASSET_KINDS), z.int().min(0).max(36_500)).optional(),
});

/** Where a region comes from and which rules apply in it. */
export type RegionRecipe = z.infer<typeof regionRecipe>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

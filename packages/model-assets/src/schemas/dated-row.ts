import { z } from "zod";

/** How a figure came to be. `assumed` and `synthetic` figures are named in every answer. */
export const provenanceClass = z.enum(["measured", "official", "derived", "assumed", "synthetic"]);

/** One figure with its unit, validity and source. */
export const datedRow = z.strictObject({
  /** For example `toll.ad-envalira`. */
  id: z.string().min(1),
  value: z.number().nonnegative(),
  /** For example `EUR/passage`. */
  unit: z.string().min(1),
  validFrom: z.iso.date(),
  validTo: z.iso.date().optional(),
  source: z.string().min(1),
  licence: z.string().min(1),
  provenance: provenanceClass,
});

/** A table of figures; ids are unique. */
export const datedRows = z
  .array(datedRow)
  .refine((rows) => new Set(rows.map((row) => row.id)).size === rows.length, {
    message: "two rows have the same id",
  });

/** One figure with its unit, validity and source. */
export type DatedRow = z.infer<typeof datedRow>;

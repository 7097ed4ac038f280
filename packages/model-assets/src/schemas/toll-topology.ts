import { z } from "zod";

/** Toll facilities of a region; see `TollFacility` of route-core for the meaning. */
export const tollTopology = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    name: z.string().min(1),
    near: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]),
    radiusM: z.number().positive(),
    charged: z.enum(["tunnel", "bridge", "any"]),
  }),
);

import { AVOIDABLE_FEATURES } from "@gradeway/route-core";
import { z } from "zod";

import { lonLatSchema } from "./coordinates.ts";

/** Most areas, and most positions of one ring. */
const MOST_AREAS = 100;
const MOST_POSITIONS = 2_000;
const MOST_WAYS = 5_000;

const boxSchema = z
  .tuple([z.number(), z.number(), z.number(), z.number()], {
    error: "Expected four numbers: [west, south, east, north].",
  })
  .refine(
    ([west, south, east, north]) =>
      west >= -180 && east <= 180 && south >= -90 && north <= 90 && west < east && south < north,
    "Expected [west, south, east, north] in degrees, west below east and south below north.",
  );

const ringSchema = z
  .array(lonLatSchema)
  .min(4, "A ring has at least four positions.")
  .max(MOST_POSITIONS)
  .refine((ring) => {
    const [first] = ring;
    const last = ring.at(-1);
    return first?.[0] === last?.[0] && first?.[1] === last?.[1];
  }, "A ring ends where it begins.");

const polygonSchema = z.array(ringSchema).min(1);

const geometrySchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("Polygon"), coordinates: polygonSchema }),
  z.strictObject({
    type: z.literal("MultiPolygon"),
    coordinates: z.array(polygonSchema).min(1).max(MOST_AREAS),
  }),
]);

/** Roads that no route may take. */
export const avoidSchema = z.strictObject({
  features: z.array(z.enum(AVOIDABLE_FEATURES)).exactOptional(),
  boxes: z.array(boxSchema).max(MOST_AREAS).exactOptional(),
  polygons: z.array(geometrySchema).max(MOST_AREAS).exactOptional(),
  ways: z.array(z.int().positive()).max(MOST_WAYS).exactOptional(),
});

import type { Issue } from "@gradeway/reason-codes";
import type { Bbox, LonLat } from "@gradeway/route-core";
import { z } from "zod";

const ORDER = "Coordinates are [lon, lat].";

/** A position as `[lon, lat]` in degrees; says so when it looks swapped. */
export const lonLatSchema = z
  .tuple([z.number(), z.number()], { error: `Expected two numbers. ${ORDER}` })
  .superRefine(([lon, lat], context) => {
    if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) {
      return;
    }
    const swapped = Math.abs(lat) <= 180 && Math.abs(lon) <= 90;
    context.addIssue({
      code: "custom",
      message: swapped
        ? `Latitude ${lat} is out of range; the numbers look swapped. ${ORDER}`
        : `Longitude must lie within -180 and 180, latitude within -90 and 90. ${ORDER}`,
    });
  });

/** Finds points that miss the region but would hit it with their numbers swapped. */
export function findSwappedPoints(
  points: Readonly<Record<string, LonLat>>,
  bbox: Bbox,
): readonly Issue[] {
  return Object.entries(points)
    .filter(([, [lon, lat]]) => !contains(bbox, [lon, lat]) && contains(bbox, [lat, lon]))
    .map(([name]) => ({
      pointer: `/${name}`,
      message: `The point lies outside the region, and inside it with its numbers swapped. ${ORDER}`,
    }));
}

function contains([west, south, east, north]: Bbox, [lon, lat]: LonLat): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

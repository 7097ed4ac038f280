import { z } from "zod";

import { invalidAsset, parseSchema } from "../schemas/parse-json.ts";
import type { FeedFigure } from "./feed-figure.ts";

/** `2026-01-31T12:30Z` */
const minute = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/);

const grams = z.number().nullable();

/** An answer of `/intensity/...`; fields that are of no use here may come and go. */
const answer = z.object({
  data: z
    .array(
      z.object({
        from: minute,
        to: minute,
        intensity: z.object({ forecast: grams, actual: grams }),
      }),
    )
    .min(1)
    .max(2000),
});

/**
 * Reads an answer of the Carbon Intensity API of NESO: half hours of the grid of Great Britain, in
 * grams of CO2 per kWh. The figure is the mean of the half hours of the newest day that have an
 * actual value; forecasts do not count.
 *
 * @returns `generation` in kg CO2e/kWh
 * @throws {ReasonError} asset_invalid
 */
export function readCarbonIntensity(asset: string, json: unknown): readonly FeedFigure[] {
  const { data } = parseSchema(asset, answer, json);
  const known = data.flatMap(({ from, intensity: { actual } }) =>
    actual === null ? [] : [{ date: from.slice(0, 10), actual }],
  );
  const date = known.reduce((newest, each) => (each.date > newest ? each.date : newest), "");
  const ofDay = known.filter((each) => each.date === date).map(({ actual }) => actual);
  if (ofDay.length === 0) {
    throw invalidAsset(asset, [{ pointer: "/data", message: "no half hour has an actual value" }]);
  }
  const mean = ofDay.reduce((sum, each) => sum + each, 0) / ofDay.length;
  return [
    {
      figure: "generation",
      date,
      value: Math.round((mean / 1000) * 1e5) / 1e5,
      unit: "kg CO2e/kWh",
      note: `Mean of ${ofDay.length} half hours of ${date}; CO2 alone, at the power stations.`,
    },
  ];
}

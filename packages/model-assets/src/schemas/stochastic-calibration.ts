import { z } from "zod";

import { checkOrigin, report, rowOrigin, rowTable } from "./dated-row.ts";
import type { DeepReadonly } from "./deep-readonly.ts";
import { TRAFFIC_ROADS } from "./departure-profiles.ts";

const share = z.number().min(0).max(1);

/**
 * Spread of travel times on a kind of road. The coefficient of variation of an edge is
 * `covFactor x CI^covCongestionExponent x max(D, 1)^covDistanceExponent`, with CI the mean time over
 * the free time and D the length in km; the time is a shifted lognormal with that spread.
 */
export const timeSpread = z
  .strictObject({
    ...rowOrigin,
    road: z.enum(TRAFFIC_ROADS),
    covFactor: z.number().positive().max(2),
    covCongestionExponent: z.number().min(0).max(4),
    covDistanceExponent: z.number().min(-2).max(0),
    /** Incidents that delay, per 100 vehicle-km; the rate does not depend on how roads are cut. */
    incidentsPer100VehicleKm: z.number().min(0).max(20),
    incidentMeanS: z.number().positive().max(36_000),
    incidentCov: z.number().positive().max(5),
  })
  .check(checkOrigin);

/** Spread of travel times on a kind of road. */
export type TimeSpreadRow = DeepReadonly<z.infer<typeof timeSpread>>;

/** What the edges of a trip have in common. */
export const correlation = z
  .strictObject({
    ...rowOrigin,
    /** Share of an edge's variance that the whole trip shares: the day, the weather. */
    commonShare: share,
    /** Share that the edges of one area and kind of road share. */
    regionalShare: share,
    /** Standard deviation of the logarithm of fuel: driver and vehicle. */
    fuelLogStdDev: z.number().min(0).max(1),
  })
  .check(checkOrigin, ({ value: row, issues }) => {
    if (row.commonShare + row.regionalShare > 1) {
      report(row, issues, "regionalShare", "the shares of the variance add up to more than 1");
    }
  });

/** What the edges of a trip have in common. */
export type CorrelationRow = DeepReadonly<z.infer<typeof correlation>>;

/** Spread of travel times and fuel. */
export const stochasticCalibration = z.strictObject({
  spreads: rowTable(timeSpread),
  correlations: rowTable(correlation),
});

import { z } from "zod";

import { checkOrigin, report, rowOrigin, rowTable } from "./dated-row.ts";
import type { DeepReadonly } from "./deep-readonly.ts";

/** Groups of road that share a daily curve, a delay function and a calibration. */
export const TRAFFIC_ROADS = ["motorway", "dual", "single", "urban"] as const;

/** Kinds of day. */
export const DAY_KINDS = ["weekday", "saturday", "sunday", "holiday"] as const;

const HOURS = 24;

/** Shares may miss their sum by rounding. */
const SHARE_TOLERANCE = 1e-6;

/** How the traffic of a day spreads over its hours. */
export const hourlyVolume = z
  .strictObject({
    ...rowOrigin,
    road: z.enum(TRAFFIC_ROADS),
    day: z.enum(DAY_KINDS),
    traffic: z.enum(["all", "hgv"]),
    /** Volume of the day as a share of an average weekday's. */
    dayFactor: z.number().min(0).max(2),
    /** Share of the day's volume in each hour from midnight, local time; they add up to 1. */
    shareByHour: z.array(z.number().min(0).max(1)).length(HOURS),
  })
  .check(checkOrigin, ({ value: row, issues }) => {
    const sum = row.shareByHour.reduce((total, share) => total + share, 0);
    if (Math.abs(sum - 1) > SHARE_TOLERANCE) {
      report(row, issues, "shareByHour", `the shares add up to ${sum}`);
    }
  });

/** How the traffic of a day spreads over its hours. */
export type HourlyVolumeRow = DeepReadonly<z.infer<typeof hourlyVolume>>;

/** A volume-delay function: time = free time x (1 + alpha x (volume / capacity)^beta). */
export const volumeDelay = z
  .strictObject({
    ...rowOrigin,
    road: z.enum(TRAFFIC_ROADS),
    alpha: z.number().min(0).max(5),
    beta: z.number().min(1).max(12),
    /** Passenger-car units per hour and lane. */
    capacityPcuPerH: z.number().min(200).max(3000),
    /** Passenger-car units of a heavy goods vehicle. */
    hgvPcu: z.number().min(1).max(5),
  })
  .check(checkOrigin);

/** A volume-delay function. */
export type VolumeDelayRow = DeepReadonly<z.infer<typeof volumeDelay>>;

/** Traffic by hour and what it does to travel times. */
export const departureProfiles = z.strictObject({
  volumes: rowTable(hourlyVolume),
  delays: rowTable(volumeDelay),
});

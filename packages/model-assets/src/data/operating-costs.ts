import type { DatedRow } from "../schemas/dated-row.ts";
import { FREIGHT_MODEL } from "./sources.ts";

const assumed = (id: string, value: number, unit: string, area?: string): DatedRow => ({
  ...FREIGHT_MODEL,
  id,
  ...(area === undefined ? {} : { area }),
  value,
  unit,
  validFrom: "2026-01-01",
  provenance: "assumed",
});

/** Pounds per hour and kilometre by vehicle: driver with on-costs, standing, running. */
const UK_COSTS: readonly (readonly [
  vehicle: string,
  driver: number,
  standing: number,
  running: number,
])[] = [
  ["van-3.5t", 17, 4, 0.06],
  ["rigid-7.5t", 20, 7, 0.1],
  ["rigid-18t", 20, 10, 0.12],
  ["rigid-26t", 20, 12, 0.14],
  ["artic-40t", 23, 15, 0.16],
  ["artic-44t", 23, 15, 0.16],
  ["bev-rigid-19t", 20, 10, 0.12],
  ["bev-artic-42t", 23, 15, 0.16],
];

/**
 * Hourly and distance costs of running a vehicle, without energy. A row of a vehicle
 * (`operating.driver.van-3.5t`) wins over the row for all.
 */
export const OPERATING_COSTS: readonly DatedRow[] = [
  assumed("operating.driver", 23, "EUR/h"),
  assumed("operating.standing", 15, "EUR/h"),
  assumed("operating.running", 0.16, "EUR/km"),
  assumed("operating.driver", 23, "GBP/h", "GB"),
  assumed("operating.standing", 15, "GBP/h", "GB"),
  assumed("operating.running", 0.16, "GBP/km", "GB"),
  ...UK_COSTS.flatMap(([vehicle, driver, standing, running]) => [
    assumed(`operating.driver.${vehicle}`, driver, "GBP/h", "GB"),
    assumed(`operating.standing.${vehicle}`, standing, "GBP/h", "GB"),
    assumed(`operating.running.${vehicle}`, running, "GBP/km", "GB"),
  ]),
];

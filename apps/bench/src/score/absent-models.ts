import type { AbsentGate } from "@gradeway/quality-gates";

/** What the design has a score for and this command has none: listed, never passed. */
export const ABSENT_MODELS: readonly AbsentGate[] = [
  {
    id: "clock",
    subsystem: "departure",
    title: "time of day",
    status: "not_built",
    reason: "Trips have no departure time yet; the hourly factors of a region move nothing.",
  },
  {
    id: "uncertainty",
    subsystem: "uncertainty",
    title: "spread of time, money and CO2e",
    status: "not_built",
    reason: "Answers are single values yet; the calibration of a region moves nothing.",
  },
  {
    id: "scenarios",
    subsystem: "scenarios",
    title: "sharing scenarios",
    status: "not_built",
    reason: "Trips have no scenario yet; the scenario profiles of a region move nothing.",
  },
];

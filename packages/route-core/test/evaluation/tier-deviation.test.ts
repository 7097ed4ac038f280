import { describe, expect, it } from "vitest";

import { createConsumption } from "../../src/costing/arc-consumption.ts";
import { ratesOf } from "../../src/costing/rates.ts";
import { courseDeviation } from "../../src/evaluation/tier-deviation.ts";
import { RATES } from "../vehicles.ts";

/** Only the electricity has a price. */
const rates = ratesOf(
  {
    ...RATES,
    driverPerH: 0,
    standingPerH: 0,
    runningPerKm: 0,
    electricity: { perKwh: 0.25, wttKgPerKwh: 0.2 },
  },
  { id: "bev", energy: "battery" },
);

const takes = (seconds: number, kwh: number) => ({
  ...createConsumption(),
  seconds,
  energy: 1000 * kwh,
});

describe("courseDeviation", () => {
  /* By hand: (evaluated - searched) / |searched|. */
  it.each([
    ["a trip that takes more", 40, 50, 0.25],
    ["a trip that takes less", 40, 30, -0.25],
    ["a descent that brings back less than the search counts", -40, -10, 0.75],
    ["a full battery that takes nothing back", -40, 2, 1.05],
    ["a descent that brings back more", -40, -50, -0.25],
    ["nothing", 0, 0, 0],
    ["something where the search counts nothing", 0, 3, 0],
  ])("is more where a trip takes more: %s", (_, searched, evaluated, share) => {
    const deviation = courseDeviation(
      { searched: takes(1000, searched) },
      { consumption: takes(1100, evaluated) },
      rates,
    );
    expect(deviation).toEqual({ time: 0.1, money: share, co2e: share });
  });
});

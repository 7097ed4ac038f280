import { describe, expect, it } from "vitest";

import {
  type DatedFigures,
  freshnessScore,
  type PricedRegion,
  type PricedRoute,
  priceScore,
  type ScalableRate,
  type UsedFigure,
} from "../src/index.ts";
import { judged } from "./judged.ts";

const FIGURES: Readonly<Record<ScalableRate, number>> = {
  driverPerH: 23,
  standingPerH: 15,
  runningPerKm: 0.16,
  dieselPerL: 1.2,
  dieselTtwKgPerL: 2.58354,
  dieselWttKgPerL: 0.61101,
};

/** A route of two hours and 150 km that takes 40 l, and passes one toll. */
function routeAt(rates: Readonly<Record<ScalableRate, number>>): PricedRoute {
  const lines = [
    { item: "driver", amount: 2 * rates.driverPerH, detail: "" },
    { item: "standing", amount: 2 * rates.standingPerH, detail: "" },
    { item: "running", amount: 150 * rates.runningPerKm, detail: "" },
    { item: "fuel", amount: 40 * rates.dieselPerL, detail: "" },
    { item: "toll", amount: 18, detail: "" },
  ] as const;
  return {
    id: "a",
    durationS: 7200,
    distanceM: 150_000,
    fuelL: 40,
    cost: { lines, amount: lines.reduce((sum, { amount }) => sum + amount, 0) },
    co2eKg: { ttw: 40 * rates.dieselTtwKgPerL, wtt: 40 * rates.dieselWttKgPerL },
  };
}

type Change = Parameters<PricedRegion["plan"]>[0];

const priced = (plan: (change: Change) => PricedRoute = plainly, figures = FIGURES) =>
  judged(priceScore(async () => ({ figures, plan: (change) => [plan(change)] })));

function plainly(change: Change): PricedRoute {
  if (change === undefined) return routeAt(FIGURES);
  return routeAt({ ...FIGURES, [change.rate]: FIGURES[change.rate] * change.factor });
}

describe("priceScore", () => {
  it("passes prices that are linear", async () => {
    expect(await priced()).toMatchObject({ status: "pass", score: 100 });
  });

  it.each([
    [
      "a price that does not move",
      (change: Change) => plainly(change?.rate === "dieselPerL" ? undefined : change),
      /dieselPerL times 2: fuel went from 48 to 48/,
    ],
    [
      "a price that moves another line",
      (change: Change) => {
        const route = plainly(change);
        if (change?.rate !== "driverPerH") return route;
        return { ...route, co2eKg: { ...route.co2eKg, ttw: 200 } };
      },
      /driverPerH times 2: dieselTtwKgPerL/,
    ],
    [
      "a sum that forgets the toll",
      (change: Change) => {
        const route = plainly(change);
        return { ...route, cost: { ...route.cost, amount: route.cost.amount - 18 } };
      },
      /the lines add up to/,
    ],
  ] satisfies [string, (change: Change) => PricedRoute, RegExp][])(
    "catches %s",
    async (_, plan, failure) => {
      const result = await priced(plan);
      expect(result).toMatchObject({ status: "fail", score: 0 });
      expect(result.failures).toContainEqual(expect.stringMatching(failure));
    },
  );

  it("catches a line that is not the figure of the table", async () => {
    const result = await priced(plainly, { ...FIGURES, runningPerKm: 0.17 });
    expect(result).toMatchObject({ status: "fail" });
    expect(result.failures).toEqual([expect.stringContaining("running is 24 for 150")]);
  });
});

describe("freshnessScore", () => {
  const row: UsedFigure = {
    id: "fuel.diesel",
    value: 1.2,
    unit: "EUR/l",
    validFrom: "2026-11-01",
    source: "a bulletin",
    licence: "OGL-3.0",
    provenance: "official",
  };
  const fresh = (rows: readonly UsedFigure[]) => {
    const figures: DatedFigures = {
      on: "2026-11-25",
      figures: [{ id: "fuel.diesel", maxAgeDays: 45, rows }],
    };
    return judged(freshnessScore(async () => figures));
  };

  it("passes a figure of this month, and one with an end however old", async () => {
    expect(await fresh([row])).toMatchObject({ status: "pass", facts: { oldestDays: 24 } });
    const bounded = { ...row, validFrom: "2020-01-01", validTo: "2026-12-31" };
    expect(await fresh([bounded])).toMatchObject({ status: "pass" });
  });

  it.each([
    ["a stale price", { validFrom: "2026-09-01" }, /stale: of 2026-09-01, 85 days old; 45/],
    ["a price that has ended", { validTo: "2026-11-24" }, /no row that holds on 2026-11-25/],
    ["a price without a licence", { licence: " " }, /no source or no licence/],
    ["a price of unknown class", { provenance: "rumour" }, /of class rumour/],
  ])("catches %s", async (_, change, failure) => {
    const result = await fresh([{ ...row, ...change }]);
    expect(result).toMatchObject({ status: "fail", score: 0 });
    expect(result.failures).toEqual([expect.stringMatching(failure)]);
  });
});

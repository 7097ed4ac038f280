import { describe, expect, it } from "vitest";

import type { CarbonPrices } from "../../src/costing/carbon-price.ts";
import type { PlannedRoute, PlanRequest } from "../../src/planner/plan-types.ts";
import { createRoutePlanner } from "../../src/planner/route-planner.ts";
import { buildFromAscii, formulaSampler, gridMetres, regionOf } from "../networks.ts";
import { RATES } from "../vehicles.ts";
import { refusalOf } from "./refusal-of.ts";

/* A short way over a hill, and a longer level one around it. */
const { graph, drawing } = await buildFromAscii(
  `
  A---B----------C---D
      |          |
      |          |
      E----------F
  `,
  {
    gridM: 200,
    ways: {
      AB: { maxspeed: "70" },
      BC: { highway: "primary", maxspeed: "70" },
      CD: { maxspeed: "70" },
      BE: { highway: "primary", maxspeed: "60" },
      EF: { highway: "primary", maxspeed: "60" },
      FC: { highway: "primary", maxspeed: "60" },
    },
  },
  {
    elevation: formulaSampler((lon, lat) => {
      const [eastM, northM] = gridMetres(lon, lat);
      const isHill = northM > -150 && eastM > 900 && eastM < 2900;
      return 300 + (isHill ? 60 * Math.sin((Math.PI * (eastM - 900)) / 2000) : 0);
    }),
  },
);

const PRICES: CarbonPrices = {
  central: {
    name: "central",
    perTonne: 277.48,
    validFrom: "2026-01-01",
    source: "Guidance",
    provenance: "derived",
  },
  old: {
    reasonCode: "figure_not_in_force",
    message: "No row of carbon.old holds on 2026-06-11.",
    details: { figure: "carbon.old", on: "2026-06-11", periods: ["2024-01-01/2024-12-31"] },
  },
};
const planner = createRoutePlanner({ ...regionOf(graph), carbonPrices: PRICES }, { now: () => 0 });
const request: PlanRequest = {
  origin: drawing.position("A"),
  destination: drawing.position("D"),
  epsilon: 0,
};
const plan = (carbonPrice?: string | number) =>
  planner.planPareto({ ...request, ...(carbonPrice === undefined ? {} : { carbonPrice }) });
const tagged = (routes: readonly PlannedRoute[], tag: PlannedRoute["tags"][number]) =>
  routes.find(({ tags }) => tags.includes(tag))!;

describe("money", () => {
  it.each([undefined, "central", 40])(
    "is the sum of its lines (carbon price %s)",
    (carbonPrice) => {
      const { routes } = plan(carbonPrice);
      for (const { cost, durationS, distanceM, fuelL, co2eKg } of routes) {
        const items = ["driver", "standing", "running", "fuel"];
        const price = carbonPrice === "central" ? 277.48 : carbonPrice;
        expect(cost.lines.map(({ item }) => item)).toEqual([
          ...items,
          ...(price === undefined ? [] : ["carbon"]),
        ]);
        expect(cost.currency).toBe("EUR");
        const sum = cost.lines.reduce((total, { amount }) => total + amount, 0);
        expect(sum).toBeCloseTo(cost.amount, 3);
        // By hand from what the route takes.
        const hours = durationS / 3600;
        const expected = [
          hours * RATES.driverPerH,
          hours * RATES.standingPerH,
          (distanceM / 1000) * RATES.runningPerKm,
          fuelL! * RATES.dieselPerL,
          ...(price === undefined ? [] : [(co2eKg.total / 1000) * (price as number)]),
        ];
        for (const [index, amount] of expected.entries()) {
          expect(cost.lines[index]!.amount).toBeCloseTo(amount, 3);
        }
      }
    },
  );
});

describe("a carbon price", () => {
  it("is off by default", () => {
    const { provenance } = plan();
    expect(provenance).not.toHaveProperty("carbonPrice");
  });

  it("is part of the money objective, and moves the cheapest route towards the cleanest", () => {
    const before = tagged(plan().routes, "cheapest");
    const cleanest = tagged(plan().routes, "cleanest");
    expect(before.id).not.toBe(cleanest.id);
    expect(tagged(plan(1e5).routes, "cheapest").id).toBe(cleanest.id);
    const [costs] = plan("central").routes.map(({ searchCosts, cost }) => [searchCosts[1], cost]);
    expect(costs![0]).toBeCloseTo((costs![1] as { amount: number }).amount * 1e4, -2);
  });

  it("leaves time and emissions alone", () => {
    const before = tagged(plan().routes, "fastest");
    const after = tagged(plan("central").routes, "fastest");
    expect(after.durationS).toBe(before.durationS);
    expect(after.co2eKg).toEqual(before.co2eKg);
    expect(after.cost.amount).toBeGreaterThan(before.cost.amount);
  });

  it("is named with its day and source", () => {
    expect(plan("central").provenance.carbonPrice).toEqual(PRICES["central"]);
    expect(plan(40).provenance.carbonPrice).toEqual({ name: "request", perTonne: 40 });
    const line = plan("central").routes[0]!.cost.lines.at(-1)!;
    expect(line.detail).toMatch(/ kg CO2e at 277\.48 EUR\/t \(central\)$/);
  });

  it("that nobody knows is refused with those that there are", () => {
    for (const carbonPrice of ["nonsense", "toString"]) {
      const { details } = refusalOf(planner, { ...request, carbonPrice }, "carbon_price_unknown");
      expect(details).toEqual({ carbonPrice, known: ["central", "old"] });
    }
  });

  it("that has ended is refused as such", () => {
    const asked = { ...request, carbonPrice: "old" };
    expect(refusalOf(planner, asked, "figure_not_in_force").toJSON()).toEqual(PRICES["old"]);
  });
});

import { describe, expect, it } from "vitest";

import { dataSetFor, dateOfRates, type RateTables, resolveRates } from "../src/index.ts";

const BRITAIN = dataSetFor(["GB"]);
const GERMANY = dataSetFor(["DE"]);

/** Rates of a region as the planner gets them. */
function electricityOf(tables: RateTables, currency: string, countries?: readonly string[]) {
  const place = countries === undefined ? {} : { countries };
  return resolveRates(tables, { on: dateOfRates(tables), currency, ...place });
}

describe("the rates of electricity", () => {
  it("are the depot's price and all that a kilowatt-hour emits, none of it on the road", () => {
    const { rates, usedBy } = electricityOf(BRITAIN, "GBP", ["GB"]);
    // DESNZ 2026: generation, losses, and what lies before both.
    const wttKgPerKwh = 0.13096 + 0.01299 + 0.03682 + 0.00359;
    expect(rates.electricity).toEqual({
      perKwh: 0.235,
      wttKgPerKwh: expect.closeTo(wttKgPerKwh, 12),
    });
    const isOfEnergy = (id: string): boolean => /^(?:electricity|grid|fuel|emission)\./.test(id);
    const usedOf = (vehicle: string): string[] =>
      usedBy[vehicle]!.map(({ id }) => id).filter(isOfEnergy);
    expect(usedOf("bev-artic-42t")).toEqual([
      "electricity.depot",
      "grid.generation",
      "grid.losses",
      "grid.generation-wtt",
      "grid.losses-wtt",
    ]);
    expect(usedOf("artic-40t")).toEqual([
      "fuel.diesel",
      "emission.diesel.ttw",
      "emission.diesel.wtt",
    ]);
    expect(electricityOf(GERMANY, "EUR", ["DE"]).rates.electricity).toEqual({
      perKwh: 0.2,
      wttKgPerKwh: 0.363,
    });
  });

  it("are those of the country that a part of one belongs to", () => {
    const england = electricityOf(dataSetFor(["GB-ENG"]), "GBP", ["GB-ENG"]).rates.electricity;
    expect(england).toEqual(electricityOf(BRITAIN, "GBP", ["GB"]).rates.electricity);
    expect(england).toMatchObject({ perKwh: 0.235 });
  });

  it("are those of the part where there are some, and of the country for its other parts", () => {
    const own = BRITAIN["grid-intensity"]!.map((row) => ({ ...row, area: "GB-SCT", value: 0.01 }));
    const tables = { ...BRITAIN, "grid-intensity": [...BRITAIN["grid-intensity"]!, ...own] };
    const of = (country: string) => electricityOf(tables, "GBP", [country]).rates.electricity;
    expect(of("GB-SCT")).toMatchObject({ wttKgPerKwh: 0.04 });
    expect(of("GB-ENG")).toEqual(electricityOf(BRITAIN, "GBP", ["GB"]).rates.electricity);
    // A part does not speak for the whole.
    const alone = electricityOf({ ...BRITAIN, "grid-intensity": own }, "GBP", ["GB"]);
    expect(alone.rates.electricity).toMatchObject({ reasonCode: "figure_missing" });
  });

  it("are those of the home country where a region has several", () => {
    const tables = dataSetFor(["AD", "FR", "ES"]);
    const of = (...countries: string[]) =>
      electricityOf(tables, "EUR", countries).rates.electricity;
    expect(of("AD", "FR", "ES")).toMatchObject({ wttKgPerKwh: 0.05131 });
    expect(of("FR", "AD")).toMatchObject({ wttKgPerKwh: 0.0217 });
  });

  it.each<readonly [string, RateTables, string, string, object]>([
    [
      "no grid",
      { ...GERMANY, "grid-intensity": [] },
      "EUR",
      "figure_missing",
      { figure: "grid.generation" },
    ],
    [
      "no price",
      {
        ...GERMANY,
        "fuel-prices": GERMANY["fuel-prices"].filter(({ id }) => id !== "electricity.depot"),
      },
      "EUR",
      "figure_missing",
      { figure: "electricity.depot" },
    ],
    [
      "no price in the region's currency",
      {
        ...GERMANY,
        "fuel-prices": GERMANY["fuel-prices"].map((row) =>
          row.id === "electricity.depot" ? { ...row, unit: "CHF/kWh" } : row,
        ),
      },
      "EUR",
      "figure_currency_mismatch",
      { figure: "electricity.depot", unit: "CHF/kWh", currency: "EUR" },
    ],
  ])(
    "are a reason where there is %s, and diesel has its rates all the same",
    (_, tables, currency, reasonCode, details) => {
      const { rates } = electricityOf(tables, currency, ["DE"]);
      expect(rates.electricity).toMatchObject({ reasonCode, details });
      expect(rates.dieselPerL).toBe(1.2);
    },
  );

  it("are refused in strict mode when their rows are too old", () => {
    const query = { on: "2028-01-01", currency: "EUR", countries: ["DE"], strict: true };
    const young = <T extends { readonly validFrom: string }>(rows: readonly T[]): T[] =>
      rows.map((row) => ({ ...row, validFrom: "2027-12-31" }));
    const tables = {
      ...GERMANY,
      "operating-costs": young(GERMANY["operating-costs"]),
      "fuel-prices": young(GERMANY["fuel-prices"]),
      "emission-factors": young(GERMANY["emission-factors"]),
    };
    expect(resolveRates(tables, query).rates.electricity).toMatchObject({
      reasonCode: "figure_stale",
      details: { figure: "grid.generation", validFrom: "2024-01-01" },
    });
  });
});

import { describe, expect, it } from "vitest";

import { dataSetFor, dateOfRates, resolveCarbonPrices } from "../src/index.ts";

const BRITAIN = dataSetFor(["GB"]);
const rows = BRITAIN["carbon-values"]!;
const on = dateOfRates(BRITAIN);

describe("the carbon prices of a region", () => {
  const prices = resolveCarbonPrices(rows, { on, currency: "GBP" });

  it("are those of the day by name", () => {
    expect(Object.keys(prices).sort()).toEqual([
      "desnz-central",
      "desnz-high",
      "desnz-low",
      "uk-ets",
    ]);
    // DESNZ 2023: 268.97 in 2024 and 294.5 in 2030, in a straight line to 2026.
    const perTonne = 268.97 + ((294.5 - 268.97) * 2) / 6;
    expect(prices["desnz-central"]).toMatchObject({
      name: "desnz-central",
      validFrom: "2026-01-01",
      provenance: "derived",
    });
    const { perTonne: resolved } = prices["desnz-central"] as { perTonne: number };
    expect(resolved).toBeCloseTo(perTonne, 2);
  });

  it("tell of one that has ended when that is", () => {
    expect(prices["uk-ets"]).toMatchObject({
      reasonCode: "figure_not_in_force",
      details: { figure: "carbon.uk-ets", on },
    });
    const then = resolveCarbonPrices(rows, { on: "2024-06-01", currency: "GBP" });
    expect(then["uk-ets"]).toMatchObject({ perTonne: 64.9, provenance: "official" });
  });

  it("tell of another currency, and are none elsewhere", () => {
    const euros = resolveCarbonPrices(rows, { on, currency: "EUR" });
    expect(euros["desnz-central"]).toMatchObject({ reasonCode: "figure_currency_mismatch" });
    expect(dataSetFor(["DE"])).not.toHaveProperty("carbon-values");
  });

  it("are refused in another unit", () => {
    const wrong = rows.map((row) => ({ ...row, unit: "GBP/kg" }));
    expect(() => resolveCarbonPrices(wrong, { on, currency: "GBP" })).toThrow(
      expect.objectContaining({ reasonCode: "asset_invalid" }) as Error,
    );
  });
});

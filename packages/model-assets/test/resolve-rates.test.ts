import { describe, expect, it } from "vitest";

import { DEFAULT_TABLES, type DatedRow, resolveRates } from "../src/index.ts";
import { datedRows } from "../src/schemas/dated-row.ts";
import { speedRules } from "../src/schemas/speed-rules.ts";
import { tollTopology } from "../src/schemas/toll-topology.ts";
import { vehicleProfiles } from "../src/schemas/vehicle-profiles.ts";

const ROWS: readonly DatedRow[] = [
  ...DEFAULT_TABLES["operating-costs"],
  ...DEFAULT_TABLES["fuel-prices"],
  ...DEFAULT_TABLES["emission-factors"],
  ...DEFAULT_TABLES["toll-tariffs"],
];

describe("the first data set", () => {
  it("follows its own schemas", () => {
    expect(vehicleProfiles.parse(DEFAULT_TABLES["vehicle-profiles"])).toHaveLength(3);
    expect(() => speedRules.parse(DEFAULT_TABLES["speed-rules"])).not.toThrow();
    expect(() => tollTopology.parse(DEFAULT_TABLES["toll-topology"])).not.toThrow();
    expect(() => datedRows.parse(ROWS)).not.toThrow();
  });

  it("holds the price set of the first release", () => {
    const rates = resolveRates(ROWS, "EUR");
    expect(rates).toMatchObject({
      currency: "EUR",
      driverPerH: 23,
      standingPerH: 15,
      runningPerKm: 0.16,
      dieselPerL: 1.2,
      tollByFacility: { "ad-envalira": 25 },
    });
    expect(rates.dieselTtwKgPerL + rates.dieselWttKgPerL).toBeCloseTo(3.19455, 10);
  });
});

describe("resolveRates", () => {
  it("refuses a missing row, another unit and another currency", () => {
    const without = ROWS.filter((row) => row.id !== "operating.driver");
    const asset = expect.objectContaining({ reasonCode: "asset_invalid" }) as Error;
    expect(() => resolveRates(without, "EUR")).toThrow(asset);
    const perDay = ROWS.map((row) =>
      row.id === "operating.driver" ? { ...row, unit: "EUR/day" } : row,
    );
    expect(() => resolveRates(perDay, "EUR")).toThrow(asset);
    expect(() => resolveRates(ROWS, "GBP")).toThrow(asset);
  });
});

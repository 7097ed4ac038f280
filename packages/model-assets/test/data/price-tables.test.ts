import { describe, expect, it } from "vitest";

import { ALL_TABLES, type DatedRow, figureOn } from "../../src/index.ts";
import { tableOf } from "./table.ts";

/* Pump prices of the freight model, section 4.5, in pence. */
const PUMP = tableOf(`
  on         | pence | class
  2025-09-08 | 141.6 | official
  2026-02-23 | 141.5 | assumed
  2026-03-23 | 166.9 | assumed
`);

/* Carbon values of section 4.7 in pounds per tonne. */
const CARBON = tableOf(`
  id                    | year | value   | class
  carbon.desnz-central  | 2024 | 268.97  | official
  carbon.desnz-high     | 2024 | 403.45  | official
  carbon.uk-ets        | 2021 | 47.96   | official
  carbon.uk-ets        | 2022 | 52.56   | official
  carbon.uk-ets        | 2023 | 83.03   | official
  carbon.uk-ets        | 2024 | 64.90   | official
`);

const british = ALL_TABLES["fuel-prices"].filter(({ area }) => area === "GB");
const rowOn = (rows: readonly DatedRow[], id: string, per: string, on: string): DatedRow =>
  figureOn(rows, id, per, { on, currency: "GBP" });

describe("British fuel prices", () => {
  it.each(PUMP.rows)("on %s are the pump price without VAT", (on, pence, provenance) => {
    const pump = rowOn(british, "fuel.diesel-pump", "/l", on);
    expect(pump.value).toBeCloseTo(Number(pence) / 100, 10);
    expect(pump.provenance).toBe(provenance);
    const net = rowOn(british, "fuel.diesel", "/l", on);
    expect(net.value).toBeCloseTo(Number(pence) / 100 / 1.2, 5);
    expect(net.provenance).toBe(provenance === "official" ? "derived" : "assumed");
    expect([net.validFrom, net.validTo]).toEqual([pump.validFrom, pump.validTo]);
  });

  it("lie within 1.18 and 1.40 GBP/l, the range that the model gives hauliers", () => {
    for (const row of british.filter(({ id }) => id === "fuel.diesel")) {
      expect(row.value).toBeGreaterThan(1.17);
      expect(row.value).toBeLessThan(1.4);
    }
  });
});

describe("carbon values", () => {
  it.each(CARBON.rows)("%s of %s is that of the table", (id, year, value, provenance) => {
    const row = rowOn(ALL_TABLES["carbon-values"], id, "/t", `${year}-07-01`);
    expect([row.value, row.provenance]).toEqual([Number(value), provenance]);
  });

  it("of later years are read off the line from 2024 to 2030", () => {
    const slope = (294.5 - 268.97) / 6;
    for (const year of [2025, 2026]) {
      const row = rowOn(ALL_TABLES["carbon-values"], "carbon.desnz-central", "/t", `${year}-12-31`);
      expect(row.value).toBeCloseTo(268.97 + slope * (year - 2024), 3);
      expect(row.provenance).toBe("derived");
    }
    const low = rowOn(ALL_TABLES["carbon-values"], "carbon.desnz-low", "/t", "2024-01-01");
    expect(low.value).toBeCloseTo(134, 0);
  });
});

import { describe, expect, it } from "vitest";

import { ALL_TABLES, type DatedRow, figureOn } from "../../src/index.ts";
import { tableOf } from "./table.ts";

/* The freight model's table of carriers (3.7 G) and the UK's workbooks, copied independently. */
const DIESEL = tableOf(`
  year | on         | ttw     | wtt
  2023 | 2024-01-01 | 2.51206 | 0.61101
  2024 | 2025-01-01 | 2.51279 | 0.61101
  2025 | 2026-01-01 | 2.57082 | 0.61101
  2026 | 2026-11-25 | 2.58354 | 0.61101
`);

const UK_GRID = tableOf(`
  year | on         | generation | losses  | generation-wtt | losses-wtt
  2024 | 2025-01-01 | 0.20705    | 0.0183  | 0.0459         | 0.00397
  2025 | 2026-01-01 | 0.177      | 0.01853 | 0.0459         | 0.00397
  2026 | 2026-11-25 | 0.13096    | 0.01299 | 0.03682        | 0.00359
`);

const valueOf = (rows: readonly DatedRow[], id: string, per: string, on: string): number =>
  figureOn(rows, id, per, { on, currency: "GBP" }).value;

const factorOf = (id: string, on: string): number =>
  valueOf(ALL_TABLES["emission-factors"], id, "kg CO2e/l", on);

const british = ALL_TABLES["grid-intensity"].filter(({ area }) => area === "GB");
const gridOf = (part: string, on: string): number =>
  valueOf(british, `grid.${part}`, "kg CO2e/kWh", on);

describe("emission factors of diesel", () => {
  it.each(DIESEL.rows)("of %s are those of the table", (_year, on, ttw, wtt) => {
    expect(factorOf("emission.diesel.ttw", on)).toBe(Number(ttw));
    expect(factorOf("emission.diesel.wtt", on)).toBe(Number(wtt));
  });

  it("add up to 3.19455 kg/l from well to wheel in 2026, 1.236 times what is burnt", () => {
    const ttw = factorOf("emission.diesel.ttw", "2026-11-25");
    const wtw = ttw + factorOf("emission.diesel.wtt", "2026-11-25");
    expect(wtw).toBeCloseTo(3.19455, 10);
    expect(wtw / ttw).toBeCloseTo(1.2365, 4);
  });

  it("change on the day of each publication", () => {
    expect(factorOf("emission.diesel.ttw", "2026-06-10")).toBe(2.57082);
    expect(factorOf("emission.diesel.ttw", "2026-06-11")).toBe(2.58354);
    expect(() => factorOf("emission.diesel.ttw", "2023-06-06")).toThrow(/2023-06-07/);
  });

  it("never exceed what a litre of mineral diesel can emit", () => {
    const ceiling = factorOf("emission.diesel-mineral.ttw", "2026-11-25");
    expect(ceiling).toBe(2.66155);
    for (const [, on] of DIESEL.rows) {
      expect(factorOf("emission.diesel.ttw", on!)).toBeLessThan(ceiling);
    }
    expect(factorOf("emission.hvo.ttw", "2026-11-25")).toBe(0.03558);
  });

  it("are the UK's as an assumption where a country has no row", () => {
    const everywhere = ALL_TABLES["emission-factors"].filter((row) => row.area === undefined);
    const blend = everywhere.filter(({ id }) => id.startsWith("emission.diesel."));
    expect(blend.map(({ id, value, provenance }) => [id, value, provenance])).toEqual([
      ["emission.diesel.ttw", 2.58354, "assumed"],
      ["emission.diesel.wtt", 0.61101, "assumed"],
    ]);
  });
});

describe("grid intensity", () => {
  it.each(UK_GRID.rows)("of the UK in %s is that of the table", (_year, on, ...cells) => {
    for (const [index, part] of UK_GRID.header.slice(2).entries()) {
      expect(gridOf(part, on), part).toBe(Number(cells[index]));
    }
  });

  it("adds up to 0.181 to 0.185 kg/kWh at a British socket in 2026", () => {
    const total = UK_GRID.header
      .slice(2)
      .reduce((sum, part) => sum + gridOf(part, "2026-11-25"), 0);
    expect(total).toBeGreaterThan(0.181);
    expect(total).toBeLessThan(0.185);
  });

  it("has a row for every country whose speed limits are known", () => {
    const countries = new Set(ALL_TABLES["speed-rules"].limits.map(({ area }) => area.slice(0, 2)));
    const withGrid = new Set(ALL_TABLES["grid-intensity"].map(({ area }) => area));
    expect([...countries].sort()).toEqual(["AD", "DE", "ES", "FR", "GB", "MC"]);
    for (const country of countries) expect(withGrid).toContain(country);
  });
});

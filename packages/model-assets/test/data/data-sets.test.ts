import { isReasonError } from "@gradeway/reason-codes";
import { describe, expect, it } from "vitest";

import {
  ALL_TABLES,
  ASSET_SCHEMAS,
  type AssetTables,
  currencyFor,
  dataSetFor,
  dateOfRates,
  readRecipe,
  resolveRates,
  shippedRecipes,
  type TableKind,
} from "../../src/index.ts";

const KINDS = Object.keys(ALL_TABLES) as TableKind[];

interface AnyRow {
  readonly id: string;
  readonly area?: string;
  readonly validFrom: string;
  readonly provenance: string;
  readonly publisher?: string;
  readonly reference?: string;
  readonly section?: string;
  readonly source: string;
  readonly licence: string;
}

/** Every row of a table, whatever its form. */
function rowsIn(value: unknown): AnyRow[] {
  if (typeof value !== "object" || value === null) return [];
  if ("validFrom" in value) return [value as AnyRow];
  return Object.values(value).flatMap(rowsIn);
}

const EVERY_ROW = KINDS.flatMap((kind) =>
  rowsIn(ALL_TABLES[kind]).map((row) => [`${kind} ${row.area ?? ""} ${row.id}`, row] as const),
);

describe("the rows that come with the program", () => {
  it.each(KINDS)("of %s follow their schema", (kind) => {
    const { error } = ASSET_SCHEMAS[kind].safeParse(ALL_TABLES[kind]);
    expect(error?.issues ?? []).toEqual([]);
    expect(rowsIn(ALL_TABLES[kind]).length).toBeGreaterThan(0);
  });

  it.each(KINDS)("of %s are refused with a field that nobody knows", (kind) => {
    const table = structuredClone(ALL_TABLES[kind]);
    const [row] = rowsIn(table);
    Object.assign(row!, { surprise: 1 });
    expect(ASSET_SCHEMAS[kind].safeParse(table).success).toBe(false);
  });

  it("say where they come from: a published one so that it can be looked up", () => {
    for (const [name, row] of EVERY_ROW) {
      expect(row.source.length, name).toBeGreaterThan(5);
      if (row.provenance !== "official" && row.provenance !== "measured") continue;
      expect(row.reference ?? row.section, name).toBeDefined();
    }
  });

  it("are never called official when they were remembered", () => {
    for (const [name, row] of EVERY_ROW) {
      if (!/memory/i.test(row.source)) continue;
      expect(row.provenance, name).toBe("assumed");
    }
  });

  it("do not lie in the future of the day on which they were put together", () => {
    for (const [name, row] of EVERY_ROW) {
      expect(row.validFrom <= "2026-11-25", name).toBe(true);
    }
  });
});

describe("dataSetFor", () => {
  const areasOf = (set: Partial<AssetTables>): Set<string | undefined> =>
    new Set(
      Object.values(set)
        .flatMap(rowsIn)
        .map(({ area }) => area?.slice(0, 2)),
    );

  it("takes euros and the rows of everywhere when no country is named", () => {
    const set = dataSetFor();
    expect(set["fuel-prices"].map(({ unit }) => unit.slice(0, 3))).toEqual(["EUR", "EUR", "EUR"]);
    expect(set["toll-topology"].map(({ id }) => id)).toEqual(["ad-envalira"]);
    expect(set["speed-rules"].limits).toEqual([]);
    expect(areasOf(set)).toEqual(new Set([undefined, "AD"]));
  });

  it("leaves out tables of which it knows nothing, and keeps those that trips need", () => {
    const set = dataSetFor();
    for (const kind of ["grid-intensity", "carbon-values", "zone-charges"] as const) {
      expect(set, kind).not.toHaveProperty(kind);
    }
    expect(dataSetFor(["XG"])["toll-tariffs"]).toEqual([]);
  });

  it.each(["AD", "FR", "ES", "DE", "MC", "GB"])("gives %s a set that can be used", (country) => {
    const set = dataSetFor([country]);
    expect(areasOf(set).size).toBeLessThanOrEqual(2);
    expect(set["speed-rules"].limits.length).toBeGreaterThan(2);
    const query = { on: dateOfRates(set), currency: currencyFor([country]) };
    const { rates, usedBy } = resolveRates(set, query);
    expect(rates.currency).toBe(country === "GB" ? "GBP" : "EUR");
    for (const row of Object.values(usedBy).flat()) {
      expect([undefined, country], row.id).toContain(row.area?.slice(0, 2));
    }
  });

  it("takes prices of the first country that has them and places of all", () => {
    const set = dataSetFor(["IM", "GB"]);
    expect(currencyFor(["IM", "GB"])).toBe("GBP");
    expect(new Set(set["fuel-prices"].map(({ area }) => area))).toEqual(new Set(["GB"]));
    const pyrenees = dataSetFor(["AD", "ES", "FR"]);
    const countries = pyrenees["speed-rules"].limits.map(({ area }) => area);
    expect(new Set(countries)).toEqual(new Set(["AD", "ES", "FR"]));
    expect(new Set(pyrenees["grid-intensity"]?.map(({ area }) => area))).toEqual(
      new Set(["AD", "ES", "FR"]),
    );
    const scotland = dataSetFor(["GB-SCT"])["speed-rules"].limits.map(({ area }) => area);
    expect(new Set(scotland)).toEqual(new Set(["GB-SCT"]));
  });

  it("gives the region of every shipped recipe rates in its currency", async () => {
    for (const name of await shippedRecipes()) {
      const { countries, currency } = await readRecipe(name);
      const set = dataSetFor(countries);
      const { rates } = resolveRates(set, { on: dateOfRates(set), currency });
      expect([name, rates.currency]).toEqual([name, currency]);
    }
  });

  it("does not fill a country's currency with another one's prices", () => {
    const set = dataSetFor(["CH"]);
    try {
      resolveRates(set, { on: dateOfRates(set), currency: currencyFor(["CH"]) });
      expect.unreachable();
    } catch (error) {
      if (!isReasonError(error, "figure_currency_mismatch")) throw error;
      expect(error.details).toEqual({
        figure: "operating.driver",
        unit: "EUR/h",
        currency: "CHF",
      });
    }
  });
});

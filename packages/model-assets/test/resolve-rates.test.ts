import { describe, expect, it } from "vitest";

import {
  type AssetTables,
  dataSetFor,
  dateOfRates,
  type DatedRow,
  DEFAULT_TABLES,
  figureOn,
  type RateTables,
  resolveRates,
} from "../src/index.ts";

const EUR = { currency: "EUR", on: dateOfRates(DEFAULT_TABLES) };
const BRITAIN = dataSetFor(["GB"]);
const GBP = { currency: "GBP", on: dateOfRates(BRITAIN) };

const reasonOf = (reasonCode: string): Error => expect.objectContaining({ reasonCode }) as Error;

/** The tables with the rows of one kind changed. */
function withRows<Kind extends keyof RateTables>(
  tables: RateTables,
  kind: Kind,
  change: (row: AssetTables[Kind][number]) => AssetTables[Kind][number] | undefined,
): RateTables {
  const rows = (tables[kind] as readonly AssetTables[Kind][number][])
    .map(change)
    .filter((row) => row !== undefined);
  return { ...tables, [kind]: rows };
}

describe("resolveRates", () => {
  it("gives the price set of a region without a country", () => {
    const { rates } = resolveRates(DEFAULT_TABLES, EUR);
    expect(rates).toMatchObject({
      currency: "EUR",
      driverPerH: 23,
      standingPerH: 15,
      runningPerKm: 0.16,
      dieselPerL: 1.2,
    });
    expect(rates.dieselTtwKgPerL + rates.dieselWttKgPerL).toBeCloseTo(3.19455, 10);
  });

  it("gives the tolls of the tunnel d'Envalira by vehicle", () => {
    const { rates } = resolveRates(DEFAULT_TABLES, EUR);
    const tolls = Object.entries(rates.byVehicle ?? {}).map(([vehicle, { tollByFacility }]) => [
      vehicle,
      tollByFacility["ad-envalira"],
    ]);
    expect(Object.fromEntries(tolls)).toEqual({
      "van-3.5t": 14.2,
      "rigid-7.5t": 16.3,
      "rigid-18t": 16.3,
      "rigid-26t": 20.3,
      "artic-40t": 20.3,
      "artic-44t": 20.3,
      "bev-rigid-19t": 16.3,
      "bev-artic-42t": 20.3,
    });
  });

  it("gives British vehicles the costs of the freight model's section 4.6", () => {
    const { rates } = resolveRates(BRITAIN, GBP);
    expect(rates.currency).toBe("GBP");
    const costs = Object.entries(rates.byVehicle ?? {})
      .map(
        ([id, { driverPerH, standingPerH, runningPerKm }]) =>
          `${id} ${driverPerH} ${standingPerH} ${runningPerKm}`,
      )
      .slice(0, 6);
    expect(costs).toEqual([
      "van-3.5t 17 4 0.06",
      "rigid-7.5t 20 7 0.1",
      "rigid-18t 20 10 0.12",
      "rigid-26t 20 12 0.14",
      "artic-40t 23 15 0.16",
      "artic-44t 23 15 0.16",
    ]);
  });

  it("names the rows it used for each vehicle, each once, and no others", () => {
    const { usedBy } = resolveRates(DEFAULT_TABLES, EUR);
    expect(Object.keys(usedBy)).toEqual(DEFAULT_TABLES["vehicle-profiles"].map(({ id }) => id));
    const used = usedBy["artic-40t"]!;
    expect(used.map((row) => row.id)).toEqual([
      "fuel.diesel",
      "emission.diesel.ttw",
      "emission.diesel.wtt",
      "toll.ad-envalira.class-4",
      "operating.driver",
      "operating.standing",
      "operating.running",
    ]);
    for (const row of used) expect(row.validTo ?? "9999").toSatisfy((to: string) => to >= EUR.on);
    const british = resolveRates(BRITAIN, GBP).usedBy["rigid-18t"]!.map((row) => row.id);
    expect(british).toContain("operating.driver.rigid-18t");
    expect(british.filter((id) => id.startsWith("operating."))).toHaveLength(3);
  });

  it("leaves out a toll that hangs on the hour, and so does not price it", () => {
    const { rates } = resolveRates(BRITAIN, GBP);
    const tolls = rates.byVehicle!["artic-40t"]!.tollByFacility;
    expect(tolls).not.toHaveProperty("gb-dartford");
    expect(tolls).not.toHaveProperty("gb-m6-toll");
    expect(tolls).toMatchObject({ "gb-tyne-tunnels": 5.2, "gb-severn": 0 });
  });

  it("refuses a missing figure, another unit, another currency and a day without rows", () => {
    const without = withRows(DEFAULT_TABLES, "operating-costs", (row) =>
      row.id === "operating.driver" ? undefined : row,
    );
    expect(() => resolveRates(without, EUR)).toThrow(reasonOf("figure_missing"));
    const perDay = withRows(DEFAULT_TABLES, "operating-costs", (row) =>
      row.id === "operating.driver" ? { ...row, unit: "EUR/day" } : row,
    );
    expect(() => resolveRates(perDay, EUR)).toThrow(reasonOf("asset_invalid"));
    const inPounds = { ...EUR, currency: "GBP" };
    expect(() => resolveRates(DEFAULT_TABLES, inPounds)).toThrow(
      reasonOf("figure_currency_mismatch"),
    );
    const inEuros = { ...GBP, currency: "EUR" };
    expect(() => resolveRates(BRITAIN, inEuros)).toThrow(reasonOf("figure_currency_mismatch"));
    const early = { ...EUR, on: "2020-01-01" };
    expect(() => resolveRates(DEFAULT_TABLES, early)).toThrow(reasonOf("figure_not_in_force"));
  });

  it("refuses an old price in strict mode only", () => {
    const later = { ...EUR, on: "2026-06-11" };
    expect(() => resolveRates(DEFAULT_TABLES, later)).not.toThrow();
    expect(() => resolveRates(DEFAULT_TABLES, { ...later, strict: true })).toThrow(
      expect.objectContaining({
        reasonCode: "figure_stale",
        details: {
          figure: "fuel.diesel",
          validFrom: "2026-01-01",
          on: "2026-06-11",
          ageDays: 161,
          maxAgeDays: 45,
        },
      }) as Error,
    );
  });
});

describe("figureOn", () => {
  const row = (validFrom: string, validTo: string | undefined, value: number): DatedRow => ({
    id: "fuel.diesel",
    value,
    unit: "EUR/l",
    validFrom,
    validTo,
    source: "a test",
    licence: "MIT",
    provenance: "synthetic",
  });
  const ROWS = [
    row("2024-01-01", "2024-12-31", 1.1),
    row("2025-02-01", "2025-02-28", 1.2),
    row("2025-03-01", undefined, 1.3),
  ];
  const valueOn = (on: string): number =>
    figureOn(ROWS, "fuel.diesel", "/l", { on, currency: "EUR" }).value;

  it("holds from the first day to the last, both included", () => {
    expect(valueOn("2024-01-01")).toBe(1.1);
    expect(valueOn("2024-12-31")).toBe(1.1);
    expect(valueOn("2025-02-28")).toBe(1.2);
    expect(valueOn("2025-03-01")).toBe(1.3);
    expect(valueOn("2099-01-01")).toBe(1.3);
  });

  it("does not bridge a gap, and says which periods there are", () => {
    for (const on of ["2023-12-31", "2025-01-01", "2025-01-31"]) {
      expect(() => valueOn(on)).toThrow(
        expect.objectContaining({
          reasonCode: "figure_not_in_force",
          details: {
            figure: "fuel.diesel",
            on,
            periods: ["2024-01-01/2024-12-31", "2025-02-01/2025-02-28", "2025-03-01/.."],
          },
        }) as Error,
      );
    }
  });

  it("takes a row with an end as fresh until then, however old", () => {
    const query = { on: "2024-12-31", currency: "EUR", maxAgeDays: 30 };
    expect(figureOn(ROWS, "fuel.diesel", "/l", query).value).toBe(1.1);
    const open = { ...query, on: "2025-03-31" };
    expect(figureOn(ROWS, "fuel.diesel", "/l", open).value).toBe(1.3);
    expect(() => figureOn(ROWS, "fuel.diesel", "/l", { ...open, on: "2025-04-01" })).toThrow(
      reasonOf("figure_stale"),
    );
  });

  it("prefers the row of a place to the one of everywhere", () => {
    const placed = { ...row("2024-01-01", undefined, 1.5), area: "FR" };
    const query = { on: "2024-06-01", currency: "EUR" };
    expect(figureOn([...ROWS, placed], "fuel.diesel", "/l", query).value).toBe(1.5);
  });
});

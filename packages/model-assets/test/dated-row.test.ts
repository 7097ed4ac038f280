import { describe, expect, it } from "vitest";

import { ALL_TABLES, ASSET_SCHEMAS, type DatedRow } from "../src/index.ts";
import { datedRow, datedRows } from "../src/schemas/dated-row.ts";
import { coversWeek, type TimeBand, WEEKDAYS } from "../src/schemas/time-band.ts";
import { tollTariff } from "../src/schemas/toll-tariffs.ts";
import { belongsTo, vehicleClass } from "../src/schemas/vehicle-class.ts";

const ROW: DatedRow = {
  id: "fuel.diesel",
  value: 1.2,
  unit: "EUR/l",
  validFrom: "2026-01-01",
  source: "a test",
  licence: "MIT",
  provenance: "assumed",
};

const problemsOf = (row: object): string[] =>
  datedRow.safeParse(row).error?.issues.map((issue) => issue.message) ?? [];

describe("a dated row", () => {
  it("may be an assumption without a publisher, but not an official figure", () => {
    expect(problemsOf(ROW)).toEqual([]);
    expect(problemsOf({ ...ROW, provenance: "official" })).toEqual([
      "a row of class official names its publisher",
    ]);
    expect(problemsOf({ ...ROW, provenance: "official", publisher: "a state" })).toEqual([]);
    expect(problemsOf({ ...ROW, provenance: "derived" })).toEqual([
      "a row of class derived says how it was derived",
    ]);
  });

  it("has no unknown field, no day that does not exist and no end before its beginning", () => {
    expect(problemsOf({ ...ROW, colour: "red" })).toHaveLength(1);
    expect(problemsOf({ ...ROW, validFrom: "2026-02-30" })).toHaveLength(1);
    expect(problemsOf({ ...ROW, validTo: "2025-12-31" })).toEqual([
      "the row ends before it begins",
    ]);
    expect(problemsOf({ ...ROW, validTo: "2026-01-01" })).toEqual([]);
    expect(problemsOf({ ...ROW, id: "Fuel Diesel" })).toHaveLength(1);
    expect(problemsOf({ ...ROW, source: "a\u009B2Jtest" })).toEqual([
      "a text has no control characters",
    ]);
    expect(problemsOf({ ...ROW, area: "Andorra" })).toHaveLength(1);
  });

  it.each([
    ["fuel.diesel", 0, "EUR/l"],
    ["fuel.diesel", 1e6, "EUR/l"],
    ["fuel.diesel", 1.2, "EUR/barrel"],
    ["fuel.diesel", 1.2, "XYZ/l"],
    ["toll.a", 0, "EUR/passage"],
    ["operating.driver", 5000, "EUR/h"],
    ["emission.diesel.ttw", 2.19, "kg CO2e/l"],
    ["emission.diesel.ttw", 2.81, "kg CO2e/l"],
    ["emission.diesel.wtt", 2.5, "kg CO2e/l"],
    ["emission.other.ttw", 3.6, "kg CO2e/l"],
    ["grid.generation", 363, "kg CO2e/kWh"],
    ["speed.motorway.all", 131, "km/h"],
    ["speed.motorway.all", 4, "km/h"],
  ])("refuses %s of %s %s", (id, value, unit) => {
    expect(problemsOf({ ...ROW, id, value, unit })).toHaveLength(1);
  });

  it.each([
    ["emission.diesel.ttw", 2.2, "kg CO2e/l"],
    ["emission.diesel.ttw", 2.8, "kg CO2e/l"],
    ["speed.motorway.all", 130, "km/h"],
    ["speed.urban.all", 5, "km/h"],
    // Sixty times the number of euros, and as plausible.
    ["fuel.diesel", 620, "HUF/l"],
    ["fuel.diesel", 18, "SEK/l"],
  ])("takes %s of %s %s", (id, value, unit) => {
    expect(problemsOf({ ...ROW, id, value, unit })).toEqual([]);
  });
});

describe("a table of dated rows", () => {
  const tell = (...rows: Partial<DatedRow>[]): string[] =>
    datedRows
      .safeParse(rows.map((row) => ({ ...ROW, ...row })))
      .error?.issues.map((issue) => `${issue.path.join("/")} ${issue.message}`) ?? [];

  it("may hold an id for several periods, but not twice on a day", () => {
    const first = { validFrom: "2025-01-01", validTo: "2025-12-31" };
    expect(tell(first, { validFrom: "2026-01-01" })).toEqual([]);
    expect(tell({ validFrom: "2026-01-01" }, first)).toEqual([]);
    expect(tell(first, { validFrom: "2025-12-31" })).toEqual([
      "1 fuel.diesel is there twice on 2025-12-31",
    ]);
    expect(tell({}, {})).toHaveLength(1);
    expect(tell({}, { validFrom: "2030-01-01" })).toEqual([
      "1 fuel.diesel is there twice on 2030-01-01",
    ]);
    expect(tell(first, { validFrom: "2024-01-01", validTo: "2026-06-30" })).toHaveLength(1);
  });

  it("may hold an id for several places at once", () => {
    expect(tell({ area: "FR" }, { area: "ES" }, {})).toEqual([]);
    expect(tell({ area: "FR" }, { area: "FR" })).toHaveLength(1);
  });
});

describe("a toll tariff", () => {
  const TARIFF = {
    ...ROW,
    id: "toll.ridge.hgv",
    facility: "ridge",
    vehicles: {},
    charge: { by: "passage" },
    unit: "EUR/passage",
    value: 18,
  };
  const tell = (row: object): string[] =>
    tollTariff.safeParse({ ...TARIFF, ...row }).error?.issues.map((one) => one.message) ?? [];

  it("is free only when it says so", () => {
    expect(tell({})).toEqual([]);
    expect(tell({ value: 0 }).length).toBeGreaterThan(0);
    expect(tell({ value: 0, free: true })).toEqual([]);
    expect(tell({ free: true })).toHaveLength(1);
  });

  it("can be by distance, by gate and by pair of gates, in the unit of each", () => {
    const perKm = { charge: { by: "distance" }, unit: "EUR/km", value: 0.2 };
    expect(tell(perKm)).toEqual([]);
    expect(tell({ ...perKm, unit: "EUR/passage" })).toHaveLength(1);
    expect(tell({ charge: { by: "gate", gate: "north" } })).toEqual([]);
    expect(tell({ charge: { by: "gates", entry: "north", exit: "south" } })).toEqual([]);
    expect(tell({ charge: { by: "gates", entry: "north" } })).toHaveLength(1);
    expect(tell({ charge: { by: "mood" } })).toHaveLength(1);
  });

  it("belongs to the facility of its id", () => {
    expect(tell({ facility: "valley" })).toEqual(["the id begins with toll.valley"]);
    expect(tell({ id: "toll.ridge" })).toEqual([]);
    expect(tell({ id: "toll.ridge2" })).toHaveLength(1);
  });
});

describe("time bands", () => {
  /** The same question asked minute by minute with a clock of its own. */
  const coversByClock = (bands: readonly (readonly TimeBand[] | undefined)[]): boolean => {
    const isIn = ({ days, from, to }: TimeBand, day: number, text: string): boolean => {
      const today = days.includes(WEEKDAYS[day]!);
      const yesterday = days.includes(WEEKDAYS[(day + 6) % 7]!);
      if (from < to) return today && from <= text && text < to;
      return (today && text >= from) || (yesterday && text < to);
    };
    for (let day = 0; day < 7; day++) {
      for (let minute = 0; minute < 1440; minute++) {
        const pad = (value: number): string => String(value).padStart(2, "0");
        const text = `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
        const covered = bands.some(
          (some) => some === undefined || some.some((band) => isIn(band, day, text)),
        );
        if (!covered) return false;
      }
    }
    return true;
  };
  const ALL = [...WEEKDAYS];
  const CASES: readonly (readonly (readonly TimeBand[] | undefined)[])[] = [
    [undefined],
    [],
    [[{ days: ALL, from: "00:00", to: "00:00" }]],
    [[{ days: ALL, from: "06:00", to: "22:00" }], [{ days: ALL, from: "22:00", to: "06:00" }]],
    [[{ days: ALL, from: "06:00", to: "22:00" }], [{ days: ALL, from: "22:00", to: "05:59" }]],
    [[{ days: ALL.slice(0, 6), from: "00:00", to: "00:00" }]],
    [
      [{ days: ALL.slice(0, 6), from: "12:00", to: "12:00" }],
      [{ days: ["sun"], from: "12:00", to: "12:00" }],
    ],
    [
      [{ days: ALL, from: "06:00", to: "22:00" }],
      [{ days: ALL.slice(0, 6), from: "22:00", to: "06:00" }],
    ],
  ];

  it.each(CASES.map((bands, index) => [index, bands] as const))(
    "case %i covers the week or does not, as a clock says",
    (_index, bands) => {
      expect(coversWeek(bands)).toBe(coversByClock(bands));
    },
  );

  it("are told apart by the cases", () => {
    const answers = CASES.map((bands) => coversWeek(bands));
    expect(answers).toEqual([true, false, true, true, false, false, true, false]);
  });
});

describe("a vehicle class", () => {
  const TRUCK = {
    grossT: 7.5,
    axles: 2,
    heightM: 3,
    euroClass: 6,
    articulated: false,
    energy: "diesel",
  } as const;

  it("includes or excludes its ends as it says", () => {
    expect(belongsTo(TRUCK, {})).toBe(true);
    expect(belongsTo(TRUCK, { grossT: { to: 7.5 } })).toBe(true);
    expect(belongsTo(TRUCK, { grossT: { below: 7.5 } })).toBe(false);
    expect(belongsTo(TRUCK, { grossT: { above: 7.5 } })).toBe(false);
    expect(belongsTo(TRUCK, { grossT: { from: 7.5 } })).toBe(true);
    expect(belongsTo(TRUCK, { heightM: { above: 2, to: 3 } })).toBe(true);
    expect(belongsTo(TRUCK, { axles: { above: 2 } })).toBe(false);
    expect(belongsTo(TRUCK, { articulated: true })).toBe(false);
    expect(belongsTo(TRUCK, { euroClass: { below: 6 } })).toBe(false);
    expect(
      belongsTo({ ...TRUCK, energy: "battery", euroClass: 0 }, { euroClass: { below: 6 } }),
    ).toBe(false);
    expect(belongsTo(TRUCK, { energy: "battery" })).toBe(false);
  });

  it("has ranges that something can lie in", () => {
    for (const range of [{}, { from: 1, above: 1 }, { to: 1, below: 1 }, { from: 3, to: 2 }]) {
      expect(vehicleClass.safeParse({ grossT: range }).success).toBe(false);
    }
    expect(vehicleClass.safeParse({ colour: "red" }).success).toBe(false);
  });
});

describe("the other schemas", () => {
  it("refuse a vehicle that gains energy, shares that do not add up, and unknown fields", () => {
    const origin = {
      validFrom: "2026-01-01",
      source: "a test",
      licence: "MIT",
      provenance: "assumed",
    };
    const bev = ALL_TABLES["vehicle-profiles"].find((row) => row.energy === "battery");
    const vehicles = ASSET_SCHEMAS["vehicle-profiles"];
    expect(vehicles.safeParse([{ ...bev, driveEfficiency: 0.9 }]).success).toBe(true);
    const perpetual = { ...bev, driveEfficiency: 1, regenerationEfficiency: 1.01 };
    expect(vehicles.safeParse([perpetual]).success).toBe(false);
    expect(vehicles.safeParse([{ ...bev, engineKw: 300 }]).success).toBe(false);
    const scenarios = ASSET_SCHEMAS["scenario-profiles"];
    expect(scenarios.safeParse([{ ...origin, id: "a", mode: "chaos" }]).success).toBe(false);
    const correlation = {
      ...origin,
      id: "a",
      commonShare: 0.6,
      regionalShare: 0.5,
      fuelLogStdDev: 0,
    };
    const calibration = ASSET_SCHEMAS["stochastic-calibration"];
    expect(calibration.safeParse({ spreads: [], correlations: [correlation] }).success).toBe(false);
    const possible = { ...correlation, regionalShare: 0.4 };
    expect(calibration.safeParse({ spreads: [], correlations: [possible] }).success).toBe(true);
    const volume = {
      ...origin,
      id: "a",
      road: "urban",
      day: "sunday",
      traffic: "all",
      dayFactor: 1,
    };
    const departures = ASSET_SCHEMAS["departure-profiles"];
    const withShares = (share: number) => ({
      volumes: [{ ...volume, shareByHour: Array.from({ length: 24 }, () => share) }],
      delays: [],
    });
    expect(departures.safeParse(withShares(1 / 24)).success).toBe(true);
    expect(departures.safeParse(withShares(1 / 23)).success).toBe(false);
  });
});

import { describe, expect, it } from "vitest";

import { ALL_TABLES } from "../../src/index.ts";
import { tableOf } from "./table.ts";

/* The levers of the freight model's section 6, copied cell by cell. */
const SCENARIOS = tableOf(`
  lever             | no_sharing | partial_sharing | full_sharing
  loadFactor        | 0.60       | 0.70            | 0.80
  emptyShare        | 0.30       | 0.22            | 0.12
  dwellMeanMin      | 45         | 35              | 25
  dwellCov          | .6         | .4              | .25
  detourShare       | 0          | .04             | .07
`);

describe("scenario profiles", () => {
  it.each(SCENARIOS.rows)("have the %s of the table", (lever, ...cells) => {
    const profiles = ALL_TABLES["scenario-profiles"];
    expect(profiles.map(({ mode }) => mode)).toEqual(SCENARIOS.header.slice(1));
    const values = profiles.map((row) => row[lever as "loadFactor"]);
    expect(values).toEqual(cells.map(Number));
  });

  it("drive a third fewer kilometres per tonne when all is shared, at the price of detours", () => {
    const [none, , full] = ALL_TABLES["scenario-profiles"];
    const kmPerLoad = (row: typeof none): number =>
      (1 + row!.detourShare) / (1 - row!.emptyShare) / row!.loadFactor;
    const saved = 1 - kmPerLoad(full) / kmPerLoad(none);
    expect(saved).toBeGreaterThan(0.3);
    expect(saved).toBeLessThan(0.4);
  });
});

describe("departure profiles", () => {
  const { volumes, delays } = ALL_TABLES["departure-profiles"];
  const shares = (id: string): readonly number[] =>
    volumes.find((row) => row.id === id)!.shareByHour;

  it("have the anchors of section 4.9", () => {
    const all = shares("volume.motorway.weekday.all");
    expect(all[8]).toBeCloseTo(0.072, 3);
    expect(all[17]).toBeCloseTo(0.08, 3);
    expect(all[3]).toBeLessThan(0.01);
    const lorries = shares("volume.motorway.weekday.hgv");
    const night = [22, 23, 0, 1, 2, 3, 4, 5].reduce((sum, hour) => sum + lorries[hour]!, 0);
    expect(night).toBeCloseTo(0.2, 1);
    const flat = lorries.slice(6, 16);
    expect(Math.max(...flat) / Math.min(...flat)).toBeLessThan(1.1);
    const weekend = volumes.filter((row) => row.traffic === "hgv" && row.day !== "weekday");
    for (const { dayFactor } of weekend) {
      expect(dayFactor).toBeGreaterThanOrEqual(0.25);
      expect(dayFactor).toBeLessThanOrEqual(0.3);
    }
  });

  it("have delay functions within the ranges of section 4.9, on every kind of road", () => {
    const of = (road: string) => delays.find((row) => row.road === road)!;
    expect(delays.map(({ road }) => road)).toEqual(["motorway", "dual", "single", "urban"]);
    expect(of("motorway").alpha).toBeGreaterThanOrEqual(0.15);
    expect(of("motorway").alpha).toBeLessThanOrEqual(0.3);
    expect(of("urban")).toMatchObject({ alpha: 0.8, beta: 4 });
    const capacities = delays.map((row) => row.capacityPcuPerH);
    expect(capacities).toEqual([...capacities].sort((a, b) => b - a));
  });

  it("cover every kind of road, day and traffic once", () => {
    expect(volumes).toHaveLength(4 * 4 * 2);
    expect(new Set(volumes.map(({ road, day, traffic }) => `${road} ${day} ${traffic}`)).size).toBe(
      32,
    );
  });
});

describe("stochastic calibration", () => {
  it("has the placeholders of section 5 and says that they are", () => {
    const { spreads, correlations } = ALL_TABLES["stochastic-calibration"];
    for (const row of spreads) {
      expect(row).toMatchObject({
        covFactor: 0.16,
        covCongestionExponent: 1.02,
        covDistanceExponent: -0.39,
        incidentsPer100VehicleKm: row.road === "motorway" ? 0.6 : 0.9,
        incidentMeanS: 900,
        incidentCov: 1.2,
        provenance: "assumed",
      });
    }
    expect(correlations).toMatchObject([
      { commonShare: 0.15, regionalShare: 0.25, fuelLogStdDev: 0.06 },
    ]);
  });
});

import { describe, expect, it } from "vitest";

import { ALL_TABLES, dataSetFor, regionSpeeds } from "../src/index.ts";

const ON = "2026-11-25";
const speedsOf = (countries: readonly string[]) =>
  regionSpeeds(dataSetFor(countries), countries, ON);

describe("the speeds of a region", () => {
  it("are the law of its country for every vehicle", () => {
    const { rules } = speedsOf(["DE"]);
    const vehicles = ALL_TABLES["vehicle-profiles"].map(({ id }) => id);
    expect(Object.keys(rules.legalByVehicle ?? {}).sort()).toEqual(vehicles.sort());
    // StVO § 3 (3) and § 18 (5) above 7.5 t; a sign in town holds for all, Anlage 2 No. 49.
    expect(rules.legalByVehicle?.["artic-40t"]).toEqual({
      motorway: { kmh: 80 },
      expressway: { kmh: 80 },
      dual: { kmh: 60 },
      single: { kmh: 60 },
      urban: { kmh: 50, raisedBySign: "for-all" },
    });
    expect(rules.unknownLawOf).toBeUndefined();
  });

  it("are those of a part of a country in kilometres", () => {
    const { rules } = speedsOf(["GB-ENG"]);
    const { single, urban } = rules.legalByVehicle!["rigid-18t"]!;
    expect(single?.kmh).toBeCloseTo(50 * 1.609344, 9);
    expect(urban).toMatchObject({ raisedBySign: "up-to-class-limit" });
  });

  it("name the countries whose law is not applied", () => {
    expect(speedsOf(["AD", "FR", "ES"]).rules.unknownLawOf).toEqual(["FR", "ES"]);
    const { rules, usedBy } = speedsOf(["IM"]);
    expect(rules).toEqual({ classes: ALL_TABLES["speed-rules"].classes, unknownLawOf: ["IM"] });
    expect(usedBy).toEqual({});
    expect(speedsOf([]).rules.unknownLawOf).toEqual([]);
  });

  it("name the rows that they rest on, Andorra's as remembered", () => {
    const { usedBy } = speedsOf(["AD"]);
    const used = usedBy["artic-40t"]!;
    expect(new Set(used.map(({ provenance }) => provenance))).toEqual(new Set(["assumed"]));
    expect(used.map(({ id }) => id)).toContain("speed.single.above-3.5t");
    expect(usedBy["van-3.5t"]!.map(({ id }) => id)).not.toContain("speed.single.above-3.5t");
  });

  it("are refused on a day before the law", () => {
    expect(() => regionSpeeds(dataSetFor(["FR"]), ["FR"], "2010-01-01")).toThrow(
      expect.objectContaining({ reasonCode: "figure_not_in_force" }) as Error,
    );
  });
});

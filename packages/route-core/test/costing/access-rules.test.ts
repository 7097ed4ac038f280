import { describe, expect, it } from "vitest";

import { evaluateAccess, refusalOf, refusingLimit } from "../../src/costing/access-rules.ts";
import type { RoadLimits } from "../../src/osm/vehicle-limits.ts";
import { buildFromAscii, edgeOfWay } from "../networks.ts";
import { ARTIC, RIGID, VAN } from "../vehicles.ts";

const NONE: RoadLimits = {
  heightM: Infinity,
  widthM: Infinity,
  lengthM: Infinity,
  massT: Infinity,
  ratingT: Infinity,
  axleLoadT: Infinity,
};

describe("limits of a road", () => {
  it("without numbers refuse nobody", () => expect(refusingLimit(NONE, ARTIC, 25_300)).toBeNull());

  it.each([
    [{ heightM: 4 }, null],
    [{ heightM: 3.9 }, "maxheight 3.9 m < 4 m"],
    [{ widthM: 2.5 }, "maxwidth 2.5 m < 2.55 m"],
    [{ lengthM: 16.5 }, null],
    [{ lengthM: 12 }, "maxlength 12 m < 16.5 m"],
    [{ axleLoadT: 10 }, "maxaxleload 10 t < 11.5 t"],
    [{ massT: 20 }, "maxweight 20 t < 24.7 t"],
    [{ massT: 24.7 }, null],
    [{ ratingT: 39.9 }, "maxweightrating 39.9 t < 40 t"],
    [{ ratingT: 40 }, null],
  ] as [Partial<RoadLimits>, string | null][])("%j with 10 t on an artic: %s", (limits, rule) => {
    expect(refusingLimit({ ...NONE, ...limits }, ARTIC, 10_000)).toBe(rule);
  });

  it("compare actual mass with maxweight and plated mass with maxweightrating", () => {
    expect(refusingLimit({ ...NONE, massT: 12 }, RIGID, 0)).toBeNull();
    expect(refusingLimit({ ...NONE, massT: 12 }, RIGID, 9000)).not.toBeNull();
    expect(refusingLimit({ ...NONE, ratingT: 12 }, RIGID, 0)).not.toBeNull();
    expect(refusingLimit({ ...NONE, ratingT: 3.5 }, VAN, 1350)).toBeNull();
  });
});

describe("access of a graph", () => {
  it("says per arc what the vehicle may do, and why not", async () => {
    const { graph, drawing } = await buildFromAscii("A--B--C--D--E--F", {
      ways: {
        AB: {},
        BC: { maxheight: "3.5" },
        CD: { hgv: "no" },
        DE: { oneway: "yes" },
        EF: { hgv: "destination" },
      },
    });
    const levels = (vehicle: typeof ARTIC, key: string): number[] => {
      const { arcLevel } = evaluateAccess(graph, vehicle, 0);
      const edge = edgeOfWay(graph, drawing.wayId(key));
      return [arcLevel[2 * edge]!, arcLevel[2 * edge + 1]!].toSorted((a, b) => a - b);
    };
    expect(levels(ARTIC, "AB")).toEqual([2, 2]);
    expect(levels(ARTIC, "BC")).toEqual([0, 0]);
    expect(levels(VAN, "BC")).toEqual([2, 2]);
    expect(levels(ARTIC, "CD")).toEqual([0, 0]);
    expect(levels(VAN, "CD")).toEqual([2, 2]);
    expect(levels(ARTIC, "DE")).toEqual([0, 2]);
    expect(levels(ARTIC, "EF")).toEqual([1, 1]);
    const why = (key: string): string | null =>
      refusalOf(graph, edgeOfWay(graph, drawing.wayId(key)), ARTIC, 0);
    expect(why("AB")).toBeNull();
    expect(why("BC")).toBe("maxheight 3.5 m < 4 m");
    expect(why("CD")).toBe("access=no for hgv");
    expect(why("DE")).toBeNull();
  });
});

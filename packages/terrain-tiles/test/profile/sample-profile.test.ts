import { isReasonError } from "@gradeway/reason-codes";
import { describe, expect, it } from "vitest";

import {
  createElevationSampler,
  createMemoryTileSource,
  gradesOf,
  measureClimb,
  refineProfile,
  type RegionPolicy,
  requireCoverage,
  sampleProfile,
  sampleProfiles,
} from "../../src/index.ts";
import { lonLatOf, tilesOf } from "../small-world.ts";
import { DEGREE_M, equatorLine, functionSampler } from "./function-sampler.ts";

const atM = (lon: number): number => lon * DEGREE_M;
const plane = functionSampler((lon, lat) => 300 + 2000 * lon - 700 * lat);

function steepest(profile: { distanceM: Float64Array; elevationM: Float64Array }): number {
  const ratio = new Float64Array(profile.distanceM.length - 1);
  gradesOf(profile.distanceM, profile.elevationM, ratio);
  return Math.max(...ratio.map(Math.abs));
}

describe("sampleProfile", () => {
  it("samples a plane at every point, and smoothing does not bend it", async () => {
    const profile = await sampleProfile(plane, [
      [0, 0],
      [0.01, 0.004],
      [0.03, 0.004],
    ]);
    expect(profile).toMatchObject({ coverageRatio: 1, voids: 0, missingTiles: [] });
    expect(profile.source.name).toBe("formula");
    for (let point = 0; point < profile.distanceM.length; point++) {
      const lon = profile.lonLat[2 * point]!;
      const lat = profile.lonLat[2 * point + 1]!;
      expect(profile.elevationM[point]).toBeCloseTo(300 + 2000 * lon - 700 * lat, 9);
    }
    const straight = await sampleProfile(plane, [
      [0, 0],
      [0.03, 0],
    ]);
    const refined = refineProfile(straight);
    for (const [point, height] of refined.elevationM.entries()) {
      expect(height).toBeCloseTo(straight.elevationM[point]!, 6);
    }
    expect(measureClimb(refined.elevationM).ascentM).toBeCloseTo(60, 6);
  });

  it("reads real tiles over their borders", async () => {
    const sampler = createElevationSampler(createMemoryTileSource(tilesOf((x, y) => 100 + x + y)));
    const ends = lonLatOf([
      [100.5, 100.5],
      [900.5, 900.5],
    ]);
    const profile = await sampleProfile(sampler, ends, { spacingM: 25 });
    expect(profile.voids).toBe(0);
    expect(profile.elevationM[0]).toBeCloseTo(300, 6);
    expect(profile.elevationM.at(-1)).toBeCloseTo(1900, 6);
    expect(profile.tilesSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("runs straight over a bridge and does not look at the ground below", async () => {
    const gorge = functionSampler((lon) => (atM(lon) > 299 && atM(lon) < 701 ? 100 : 500));
    // Two ways of one bridge, and a vertex on it; the portals stand on the rim.
    const structures = [
      [298, 500],
      [500, 702],
    ] as const;
    const profile = await sampleProfile(gorge, equatorLine(0, 450, 1000), { structures });
    expect([...new Set(profile.elevationM)]).toEqual([500]);
    expect(gorge.asked.some(([lon]) => atM(lon) > 299 && atM(lon) < 701)).toBe(false);
    const without = await sampleProfile(gorge, equatorLine(0, 450, 1000));
    expect(Math.min(...without.elevationM)).toBe(100);
  });

  it("keeps a sloping tunnel straight under a mountain, also after smoothing", async () => {
    const mountain = functionSampler((lon) => {
      const x = atM(lon);
      return 400 + 0.02 * x + Math.max(0, 300 - Math.abs(x - 1000) * 0.4) + (x > 1900 ? 40 : 0);
    });
    const profile = await sampleProfile(mountain, equatorLine(0, 777, 2000), {
      structures: [[200, 1800]],
    });
    const refined = refineProfile(profile);
    const inside = [...refined.distanceM.keys()].filter(
      (point) => refined.onStructure[point] === 1,
    );
    const slope = (point: number): number =>
      (refined.elevationM[point + 1]! - refined.elevationM[point]!) /
      (refined.distanceM[point + 1]! - refined.distanceM[point]!);
    for (const point of inside) expect(slope(point)).toBeCloseTo(slope(inside[0]!), 9);
    expect(refined.elevationM[0]).toBe(profile.elevationM[0]);
    expect(refined.elevationM.at(-1)).toBe(profile.elevationM.at(-1));
  });

  it("a bridge of 1 m makes no cliff", async () => {
    // The portals differ by 3 m, as steps of coarse tiles do.
    const step = functionSampler((lon) => (atM(lon) < 500.5 ? 200 : 203));
    const profile = await sampleProfile(step, equatorLine(0, 500, 501, 1000), {
      structures: [[500, 501]],
    });
    expect([...profile.distanceM].filter((metres) => metres > 499 && metres < 502).length).toBe(2);
    const refined = refineProfile(profile);
    expect(steepest(refined)).toBeLessThan(0.04);
    expect(measureClimb(refined.elevationM).ascentM).toBeCloseTo(3, 6);
  });

  it("keeps the net climb of hills with spikes", async () => {
    const spikesAt = new Set([7, 23, 61]);
    let index = 0;
    const hills = functionSampler((lon) => {
      const spike = spikesAt.has(index++) ? 90 : 0;
      return 300 + 0.03 * atM(lon) + 20 * Math.sin(atM(lon) / 500) + spike;
    });
    const profile = await sampleProfile(hills, equatorLine(0, 4000));
    const refined = refineProfile(profile);
    const netOf = ({ elevationM }: { elevationM: Float64Array }): number =>
      elevationM.at(-1)! - elevationM[0]!;
    expect(netOf(refined)).toBe(netOf(profile));
    expect(Math.max(...refined.elevationM)).toBeLessThan(450);
    expect(steepest(refined)).toBeLessThan(0.08);
    expect(steepest(profile)).toBeGreaterThan(1);
  });

  it("voids stay void: on the ground, under a portal, and where a portal is off the line", async () => {
    const holed = functionSampler((lon) => (atM(lon) > 410 && atM(lon) < 590 ? Number.NaN : 250));
    const profile = await sampleProfile(holed, equatorLine(0, 1000));
    const refined = refineProfile(profile);
    for (const [point, metres] of profile.distanceM.entries()) {
      const isVoid = metres > 410 && metres < 590;
      expect(Number.isNaN(profile.elevationM[point]!)).toBe(isVoid);
      expect(Number.isNaN(refined.elevationM[point]!)).toBe(isVoid);
    }
    expect(profile.coverageRatio).toBeCloseTo(1 - (profile.voids * 40) / 1000, 9);
    expect([...refined.elevationM]).not.toContain(0);
    const portal = await sampleProfile(holed, equatorLine(0, 1000), { structures: [[300, 500]] });
    expect(Number.isNaN(portal.elevationM[portal.distanceM.findIndex((m) => m > 350)]!)).toBe(true);
    for (const structures of [[[-50, 200]], [[800, 1100]]] as const) {
      const cut = await sampleProfile(plane, equatorLine(0, 1000), { structures });
      expect(cut.coverageRatio).toBeGreaterThan(0.75);
      expect(cut.coverageRatio).toBeLessThan(0.85);
      expect(Number.isNaN(cut.elevationM.at(structures[0][0] < 0 ? 0 : -1)!)).toBe(true);
    }
  });

  it("a position alone is covered or not", async () => {
    expect((await sampleProfile(plane, [[1, 1]])).coverageRatio).toBe(1);
    const nothing = functionSampler(() => Number.NaN);
    expect((await sampleProfile(nothing, [[1, 1]])).coverageRatio).toBe(0);
  });

  it("samples several lines in one call, each as if it were alone", async () => {
    const sampler = functionSampler((lon, lat) => 50_000 * lon * lon + lat);
    const lines = [
      { coordinates: equatorLine(0, 300), structures: [[90, 180]] as const },
      { coordinates: [[0.5, 0.5]] },
      { coordinates: equatorLine(100, 900) },
    ];
    const together = await sampleProfiles(sampler, lines, { spacingM: 30 });
    expect(sampler.calls).toBe(1);
    for (const [index, { coordinates, structures = [] }] of lines.entries()) {
      const alone = await sampleProfile(sampler, coordinates, { spacingM: 30, structures });
      expect(together[index]).toEqual(alone);
    }
    expect(await sampleProfiles(sampler, [])).toEqual([]);
  });

  it("passes the failure of the sampler and the signal on", async () => {
    const failure = new Error("outage");
    const failing = { source: plane.source, sample: () => Promise.reject(failure) };
    await expect(sampleProfile(failing, equatorLine(0, 100))).rejects.toBe(failure);
    const signals: unknown[] = [];
    const { signal } = new AbortController();
    const noting = {
      source: plane.source,
      sample: (...args: Parameters<typeof plane.sample>) => {
        signals.push(args[2]?.signal);
        return plane.sample(...args);
      },
    };
    await sampleProfile(noting, equatorLine(0, 100), { signal });
    expect(signals).toEqual([signal]);
  });
});

describe("coverage and region", () => {
  const holed = functionSampler((lon) => (atM(lon) < 200 ? Number.NaN : 250), ["11/1/2"]);
  const policy: RegionPolicy = { bbox: [-1, -1, 1, 1], strict: true, minimumRatio: 0.96 };

  it("refuses what is known for too little of the length", async () => {
    const profile = await sampleProfile(holed, equatorLine(0, 1000));
    const refusal = (): void => requireCoverage(profile);
    expect(refusal).toThrow("82 %");
    try {
      refusal();
    } catch (error) {
      expect(isReasonError(error, "terrain_dem_coverage_insufficient")).toBe(true);
      expect(error).toMatchObject({
        details: {
          requiredRatio: 0.96,
          observedRatio: profile.coverageRatio,
          missingTiles: ["11/1/2"],
        },
      });
    }
    requireCoverage(profile, 0.7);
    requireCoverage(await sampleProfile(plane, equatorLine(0, 1000)));
  });

  it("one void is never full coverage", async () => {
    const dot = functionSampler((lon) => (lon === 0 ? Number.NaN : 1));
    const profile = await sampleProfile(dot, [
      [0, 0],
      [0, 0],
      [0.001, 0],
    ]);
    expect(profile.coverageRatio).toBeLessThan(1);
    expect(() => requireCoverage(profile, 1)).toThrow("required");
  });

  it("refuses places outside the region before anything is read, when strict", async () => {
    const far = [
      [5, 5],
      [5.01, 5],
    ];
    const sampler = functionSampler(() => 1);
    await expect(sampleProfile(sampler, far, { region: policy })).rejects.toMatchObject({
      reasonCode: "terrain_region_unsupported",
      details: { bbox: policy.bbox },
    });
    expect(sampler.calls).toBe(0);
    const lenient = { ...policy, strict: false };
    expect((await sampleProfile(sampler, far, { region: lenient })).voids).toBe(0);
    // A line that leaves the region is a matter of coverage.
    const leaving = [
      [0.999, 0],
      [1.003, 0],
    ];
    const edge = functionSampler((lon) => (lon > 1 ? Number.NaN : 1));
    await expect(sampleProfile(edge, leaving, { region: policy })).rejects.toMatchObject({
      reasonCode: "terrain_dem_coverage_insufficient",
    });
    expect((await sampleProfile(edge, leaving, { region: lenient })).voids).toBeGreaterThan(0);
  });

  it("knows boxes over the date line", async () => {
    const region: RegionPolicy = { ...policy, bbox: [179, -1, -179, 1] };
    expect((await sampleProfile(plane, [[179.5, 0]], { region })).voids).toBe(0);
    expect((await sampleProfile(plane, [[-179.5, 0]], { region })).voids).toBe(0);
    await expect(sampleProfile(plane, [[0, 0]], { region })).rejects.toMatchObject({
      reasonCode: "terrain_region_unsupported",
    });
  });
});

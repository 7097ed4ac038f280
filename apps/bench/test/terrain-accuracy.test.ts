import { writeFile } from "node:fs/promises";
import path from "node:path";

import { runGates } from "@gradeway/quality-gates";
import { findDataDir } from "@gradeway/test-kit";
import { beforeAll, describe, expect, it } from "vitest";

import { distributionOf } from "../src/distribution.ts";
import { accuracyGates } from "../src/terrain-accuracy/accuracy-gates.ts";
import { accuracyText } from "../src/terrain-accuracy/accuracy-text.ts";
import { measureControlPoints } from "../src/terrain-accuracy/control-points.ts";
import {
  measureSmoothing,
  type SmoothingRun,
  type SmoothingSource,
} from "../src/terrain-accuracy/measure-smoothing.ts";
import type { AccuracyResult } from "../src/terrain-accuracy/run-accuracy.ts";
import { openTileWorld } from "../src/terrain/tile-world.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();
const dataDir = findDataDir();
if (dataDir === undefined) process.stderr.write("skipped: no shared data (GRADEWAY_DATA_DIR)\n");

const options = { seed: 5, now: () => performance.now(), progress: () => undefined };

describe.skipIf(dataDir === undefined)("heights and climb of real data", () => {
  const file = (name: string): string => path.join(dataDir!, name);

  it("heights are off by 8 m at most, in the median, where they were surveyed", async () => {
    const measured = await measureControlPoints(
      file("control-points/andorra-saddles.csv"),
      file("andorra/geotiff"),
    );
    expect(measured).toMatchObject({ points: 95, voids: 0 });
    expect(measured.offM.p50).toBeLessThanOrEqual(8);
    expect(measured.offM.p50).toBeGreaterThan(1);
    expect(measured.offP90M).toBeGreaterThan(measured.offM.p50);
  });

  it("main roads climb 2.5 to 5 m/km when the network is smoothed, and about 6.5 when not", async () => {
    const source: SmoothingSource = {
      name: "rhein-neckar",
      osm: file("rhein-neckar/rhein-neckar-2016-12-15.osm.pbf"),
      tiles: file("rhein-neckar/geotiff"),
    };
    const lengthsM = [0, 57];
    const [raw, smooth] = await measureSmoothing(source, { ...options, lengthsM, pairs: 1 });
    expect(raw!.mainRoadsMPerKm).toBeGreaterThan(6);
    expect(raw!.mainRoadsMPerKm).toBeLessThan(7);
    expect(smooth!.mainRoadsMPerKm).toBeGreaterThanOrEqual(2.5);
    expect(smooth!.mainRoadsMPerKm).toBeLessThanOrEqual(5);
  });
});

describe("sensitivity to the smoothing length", () => {
  let runs: SmoothingRun[];
  beforeAll(async () => {
    const source: SmoothingSource = {
      name: "sample",
      osm: path.join(folders.source, "sample.osm.pbf"),
      tiles: path.join(folders.source, "geotiff"),
    };
    runs = await measureSmoothing(source, { ...options, lengthsM: [0, 57, 113], pairs: 20 });
  });

  it("plans the same trips at every length; longer means less climb and less CO2e", () => {
    for (const [at, run] of runs.entries()) {
      expect(run.trips).toBe(runs[0]!.trips);
      expect(run.routeIds).toHaveLength(20);
      expect(run.smoothingM).toBeCloseTo([0, 56.57, 113.14][at]!, 2);
      if (at === 0) continue;
      expect(run.ascentM).toBeLessThan(runs[at - 1]!.ascentM);
      expect(run.co2eKg).toBeLessThan(runs[at - 1]!.co2eKg);
    }
    expect(runs[0]!.trips).toBeGreaterThan(15);
  });

  it("is printed relative to the default, beside the climb by class", () => {
    const controlPoints = { points: 3, voids: 0, offM: distributionOf([1]), offP90M: 2, biasM: -1 };
    const text = accuracyText({ controlPoints, regions: [{ name: "sample", runs }] });
    expect(text).toMatch(/^ +57 m +\+0\.0 % +\+0\.0 % +[\d.]+ +0 of \d+$/m);
    expect(text).toMatch(/^ +0 m +\+[\d.]+ %/m);
    expect(text).toMatch(/^ +113 m +-[\d.]+ %/m);
    expect(text).toMatch(/^primary +[\d.]+ +[\d.]+ +[\d.]+$/m);
    expect(text).toContain("below by 1.0 m");
  });

  it("is judged at the default only", async () => {
    const judge = async (change: Partial<SmoothingRun>, medianM = 8) => {
      const bent = runs.map((run) => (run.askedM === 57 ? { ...run, ...change } : run));
      const result: AccuracyResult = {
        controlPoints: {
          points: 3,
          voids: 0,
          offM: distributionOf([medianM]),
          offP90M: 9,
          biasM: 0,
        },
        regions: [{ name: "rhein-neckar", runs: bent }],
      };
      return (await runGates(accuracyGates(result), { now: () => 0 })).exitCode;
    };
    expect(await judge({ mainRoadsMPerKm: 2.5 })).toBe(0);
    expect(await judge({ mainRoadsMPerKm: 5 })).toBe(0);
    expect(await judge({ mainRoadsMPerKm: 2.4 })).toBe(1);
    expect(await judge({ mainRoadsMPerKm: 5.1 })).toBe(1);
    expect(await judge({ mainRoadsMPerKm: 4 }, 8.1)).toBe(1);
    expect(await judge({ mainRoadsMPerKm: Number.NaN })).toBe(2);
  });
});

describe("surveyed heights", () => {
  const tiles = (): string => path.join(folders.source, "geotiff");

  it("are ranked, so that one wrong survey changes nothing", async () => {
    const heightsOf = async (rows: readonly string[]) => {
      const csv = path.join(folders.root, "points.csv");
      await writeFile(csv, ["elevation_m,name,lat,lon", ...rows].join("\n"));
      return measureControlPoints(csv, tiles());
    };
    const { box } = await openTileWorld(tiles(), 11);
    const place = `${(box[1] + box[3]) / 2},${(box[0] + box[2]) / 2}`;
    const rows = [100, 101, 102, 103, 104].map((m) => `${m},a,${place}`);
    const good = await heightsOf(rows);
    const bad = await heightsOf([...rows.slice(0, 4), `9000,a,${place}`]);
    expect(good).toMatchObject({ points: 5, voids: 0 });
    expect(Math.abs(bad.offM.p50 - good.offM.p50)).toBeLessThanOrEqual(1);
    expect((await heightsOf([...rows, "5,a,10,10"])).voids).toBe(1);
    await expect(heightsOf(["x,a,1,1"])).rejects.toThrow("no columns");
    await expect(heightsOf([])).rejects.toThrow("no columns");
  });
});

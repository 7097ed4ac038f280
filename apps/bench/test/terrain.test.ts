import path from "node:path";

import { runGates } from "@gradeway/quality-gates";
import { createSeededRandom } from "@gradeway/test-kit";
import { densifyLine } from "@gradeway/terrain-tiles";
import { describe, expect, it } from "vitest";

import { distributionOf } from "../src/distribution.ts";
import { randomLine } from "../src/terrain/random-line.ts";
import type { TerrainResult } from "../src/terrain/run-terrain.ts";
import { terrainGates } from "../src/terrain/terrain-gates.ts";
import { openTileWorld } from "../src/terrain/tile-world.ts";
import { bench, readJson } from "./run-bench.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();
const tiles = (): string => path.join(folders.source, "geotiff");

describe("bench terrain", () => {
  it("measures every row on the tiles it is given", async () => {
    const json = path.join(folders.root, "terrain.json");
    const few = ["--requests", "10", "--runs", "2"];
    const { code, stdout } = await bench("terrain", "--tiles", tiles(), ...few, "--json", json);
    expect(code).toBe(0);
    expect(stdout).toMatch(/decode a tile +[\d.]+ ms, (?:[\d.]+ x GDAL|GDAL is not installed)/);
    const { profile, sampling, decode, concurrency } = (await readJson(json)) as TerrainResult;
    expect(profile.lengthKm).toBeCloseTo(100, 0);
    expect(profile.points).toBeGreaterThan(2500);
    for (const { wallMs, cpuMs } of [profile.first, profile.cold, profile.disk, profile.warm]) {
      expect(wallMs.p50).toBeGreaterThan(0);
      expect(cpuMs.p50).toBeGreaterThan(0);
    }
    expect(sampling.samples).toBeGreaterThanOrEqual(1_000_000);
    expect(sampling.batchPerCoreS.p50).toBeGreaterThan(0);
    expect(decode.oursMs.p50).toBeGreaterThan(0);
    expect(concurrency).toMatchObject({ requests: 10, failures: [] });
    expect(concurrency.fetchedShared).toBe(concurrency.distinctTiles);
    expect(concurrency.fetchedUnshared).toBe(concurrency.tileUses);
    expect(concurrency.tileUses).toBeGreaterThan(concurrency.distinctTiles);
  }, 180_000);
});

describe("the world of the terrain benchmarks", () => {
  it("has heights everywhere in its box, and lines of the asked length that stay in it", async () => {
    const { box, heights } = await openTileWorld(tiles(), 11);
    const random = createSeededRandom(3);
    const [west, south, east, north] = box;
    for (const corner of [box.slice(0, 2), box.slice(2), [west, north], [east, south]]) {
      expect(heights.at(corner[0]!, corner[1]!)).not.toBeNaN();
    }
    for (const lengthM of [1, 999, 100_000]) {
      const line = randomLine(random, box, lengthM);
      expect(densifyLine(line).distanceM.at(-1)! / lengthM).toBeCloseTo(1, 3);
      for (let at = 0; at < line.length; at += 2) {
        expect(line[at]! >= west && line[at]! <= east).toBe(true);
        expect(line[at + 1]! >= south && line[at + 1]! <= north).toBe(true);
      }
    }
  });
});

describe("the targets of bench terrain", () => {
  const some = distributionOf([1, 1, 1]);
  const times = { wallMs: some, cpuMs: some };
  const RESULT: TerrainResult = {
    profile: {
      lengthKm: 100,
      points: 2501,
      tiles: 5,
      first: times,
      cold: times,
      disk: times,
      warmed: times,
      warm: times,
    },
    sampling: {
      samples: 1e6,
      batchPerCoreS: distributionOf([5e6]),
      linesPerCoreS: some,
      scatteredPerCoreS: some,
    },
    decode: { oursMs: some, gdalMs: some, gdalVersion: "3", ratio: 2 },
    concurrency: {
      requests: 50,
      aloneMs: some,
      togetherMs: distributionOf([2000]),
      coldTogetherMs: some,
      sharedCpuMs: 1,
      unsharedCpuMs: 2,
      tileUses: 9,
      fetchedShared: 4,
      fetchedUnshared: 9,
      distinctTiles: 4,
      failures: [],
    },
  };
  const verdictOn = (change: Partial<TerrainResult>) =>
    runGates(terrainGates({ ...RESULT, ...change }), { now: () => 0 });
  const { sampling, decode, concurrency } = RESULT;

  it("are met at the limit", async () => {
    expect(await verdictOn({})).toMatchObject({ exitCode: 0 });
  });

  it.each([
    ["slow sampling", { sampling: { ...sampling, batchPerCoreS: distributionOf([4.99e6]) } }],
    ["slow decoding", { decode: { ...decode, ratio: 2.01 } }],
    ["slow answers", { concurrency: { ...concurrency, togetherMs: distributionOf([2001]) } }],
    ["failed work", { concurrency: { ...concurrency, failures: ["broken"] } }],
    ["a tile fetched twice", { concurrency: { ...concurrency, fetchedShared: 5 } }],
  ] satisfies [string, Partial<TerrainResult>][])("fail with %s", async (_, change) => {
    expect(await verdictOn(change)).toMatchObject({ exitCode: 1 });
  });

  it("are not measured without GDAL", async () => {
    const without = { ...decode, gdalMs: undefined, gdalVersion: undefined, ratio: undefined };
    expect(await verdictOn({ decode: without })).toMatchObject({
      exitCode: 2,
      results: [{}, {}, { reason: "RangeError: GDAL is not installed" }, {}],
    });
  });
});

import path from "node:path";

import { createRoutePlanner } from "@gradeway/route-core";
import { beforeAll, describe, expect, it } from "vitest";

import { OPERATIONS, requestOf } from "../src/operations.ts";
import { randomPairs } from "../src/random-pairs.ts";
import { openRegion, type RegionUnderTest } from "../src/region-under-test.ts";
import { runBenchmark } from "../src/run-benchmark.ts";
import { runImports } from "../src/run-imports.ts";
import { runPlan } from "../src/run-plan.ts";
import { createStageClock, STAGES } from "../src/stage-clock.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();
const now = (): number => performance.now();
const progress = (): void => undefined;

let under: RegionUnderTest;
beforeAll(async () => {
  under = await openRegion(folders.region);
});

describe("randomPairs", () => {
  it("gives the same distinct trips for a seed, on roads of the region", () => {
    const pairs = randomPairs(under.graph, 200, 7);
    expect(pairs).toEqual(randomPairs(under.graph, 200, 7));
    expect(pairs).not.toEqual(randomPairs(under.graph, 200, 8));
    expect(new Set(pairs.map((pair) => JSON.stringify(pair))).size).toBe(200);
    const [west, south, east, north] = under.graph.meta.bbox;
    for (const { origin, destination } of pairs) {
      expect(origin).not.toEqual(destination);
      for (const [lon, lat] of [origin, destination]) {
        expect(lon).toBeGreaterThanOrEqual(west);
        expect(lon).toBeLessThanOrEqual(east);
        expect(lat).toBeGreaterThanOrEqual(south);
        expect(lat).toBeLessThanOrEqual(north);
      }
    }
  });

  it("draws positions on roads, not beside them", () => {
    const planner = createRoutePlanner(under.region, { now });
    let onRoad = 0;
    let answered = 0;
    for (const trip of randomPairs(under.graph, 40, 1)) {
      try {
        const { snapped } = planner.planRoute(requestOf(trip));
        answered++;
        if (snapped.origin.distanceM < 1) onRoad++;
      } catch {
        // No route; counted by what was answered.
      }
    }
    expect(answered).toBeGreaterThan(30);
    // The others lie on roads that are closed to this truck and were put on the next one.
    expect(onRoad).toBeGreaterThan(0.8 * answered);
  });

  it("refuses a network that has too few positions", () => {
    const { graph } = under;
    const nowhere = { ...graph, edgeLengthM: new Float64Array(graph.edgeCount) };
    expect(() => randomPairs(nowhere, 5, 1)).toThrow(RangeError);
  });
});

describe("createStageClock", () => {
  it("splits real trips into stages that add up", () => {
    const clock = createStageClock(now);
    const planner = createRoutePlanner(under.region, { now: clock.now });
    const trip = randomPairs(under.graph, 1, 20_260_212)[0]!;
    for (const operation of OPERATIONS) {
      clock.reset();
      const { diagnostics } = operation.run(planner, requestOf(trip));
      const times = clock.split(diagnostics);
      expect(times, operation.title).toBeDefined();
      const sum = STAGES.reduce((total, stage) => total + times![stage], 0);
      expect(sum).toBeCloseTo(diagnostics.totalMs, 6);
      for (const stage of STAGES) expect(times![stage]).toBeGreaterThanOrEqual(0);
    }
  });

  it("splits by the readings of the planner, and refuses others", () => {
    const readings = [0, 5, 6, 7, 8, 20, 21, 30, 34];
    const diagnostics = { searchMs: 25, totalMs: 34, pops: 1_500, labels: 1, frontSize: 1 };
    const split = (times: readonly number[], found = diagnostics) => {
      const queue = [...times];
      const clock = createStageClock(() => queue.shift()!);
      for (let k = 0; k < times.length; k++) clock.now();
      return clock.split(found);
    };
    const stages = { costing: 5, begin: 15, search: 10, build: 4 };
    expect(split(readings)).toEqual(stages);
    expect(split([...readings, 35])).toBeUndefined();
    expect(split(readings, { ...diagnostics, totalMs: 33 })).toBeUndefined();
    expect(split(readings, { ...diagnostics, pops: 9_000 })).toBeUndefined();
  });
});

describe("runBenchmark and runPlan", () => {
  it("answer most trips without failures, and name the region's hashes", async () => {
    const options = { directory: folders.region, pairs: 30, seed: 1, now, progress };
    const { operations, region } = await runBenchmark(options);
    expect(region).toMatchObject({
      synthetic: true,
      graphSha256: expect.stringMatching(/^\w{64}$/),
    });
    for (const { failures, answered, latencyMs } of operations) {
      expect(failures).toEqual([]);
      expect(answered).toBeGreaterThan(20);
      expect(latencyMs.count).toBe(answered);
    }
    const plan = await runPlan(options);
    for (const { warm, withoutRoute, notSplit } of plan.operations) {
      expect(warm.length + withoutRoute + notSplit).toBe(30);
      expect(warm.length).toBeGreaterThan(20);
    }
    expect(plan.newPayloadCpuMs).toHaveLength(12);
    expect(Math.min(...plan.newPayloadCpuMs)).toBeGreaterThan(0.1);
  });
});

describe("runImports", () => {
  it("imports in processes of their own and gets the same graph", async () => {
    const osm = path.join(folders.source, "sample.osm.pbf");
    const tiles = path.join(folders.source, "geotiff");
    const { runs, failures } = await runImports({ osm, tiles, runs: 2, now, progress });
    expect(failures).toEqual([]);
    for (const run of runs) {
      const steps = Object.values(run.stepMs).reduce((sum, ms) => sum + ms, 0);
      expect(steps).toBeCloseTo(run.totalMs, 3);
      expect(run.processMs).toBeGreaterThan(run.totalMs);
      expect(run.peakRssMb).toBeGreaterThan(run.idleRssMb);
      expect(run.nodes).toBe(under.graph.nodeCount);
    }
  });

  it("says why an import failed", async () => {
    const osm = path.join(folders.region, "manifest.json");
    const tiles = path.join(folders.source, "geotiff");
    const { runs, failures } = await runImports({ osm, tiles, runs: 1, now, progress });
    expect(runs).toEqual([]);
    expect(failures).toEqual([expect.stringContaining("run 0: osm_pbf_invalid")]);
  });
});

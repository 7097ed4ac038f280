import path from "node:path";

import { runGates } from "@gradeway/quality-gates";
import { createRoutePlanner, decodeGraph, levelGraph, OBJECTIVES } from "@gradeway/route-core";
import { describe, expect, it } from "vitest";

import { ablationGates } from "../src/ablation/ablation-gates.ts";
import { compareTerrains, OTHER_TERRAINS, type Regret } from "../src/ablation/compare-terrains.ts";
import { regionWith } from "../src/ablation/other-terrain.ts";
import { type AblationResult, fuelShares, regretRow } from "../src/ablation/run-ablation.ts";
import { buildHillyValley } from "../src/choice/hilly-valley.ts";
import { monotonicMs } from "../src/monotonic-clock.ts";
import { randomPairs } from "../src/random-pairs.ts";
import { openRegion } from "../src/region-under-test.ts";
import { bench, readJson } from "./run-bench.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();
const now = monotonicMs;

describe("bench ablation", () => {
  it("plans on three terrains and drives on one", async () => {
    const json = path.join(folders.root, "ablation.json");
    const asked = ["--region", folders.region, "--pairs", "20", "--json", json, "--enforce"];
    const { code, stdout } = await bench("ablation", ...asked);
    expect(stdout).toContain("verdict: pass");
    expect(code).toBe(0);
    const { rows, trips, differing } = (await readJson(json)) as AblationResult;
    expect(rows.length).toBe(OTHER_TERRAINS.length * OBJECTIVES.length);
    expect(trips).toBeGreaterThan(0);
    expect(differing).toBe(0);
    expect(Math.min(...rows.map(({ least }) => least))).toBeGreaterThanOrEqual(0);
  }, 60_000);

  it("finds the regret that lists of all routes give", async () => {
    const { region: like } = await openRegion(folders.region);
    let wrong = 0;
    for (let seed = 1; seed <= 6; seed++) {
      const { region, origin, destination } = await buildHillyValley(seed, like);
      const graph = decodeGraph(region.graph);
      const trip = { origin, destination };
      const options = { smoothingM: 80, now, progress: () => undefined };
      const { trips, failures } = compareTerrains(region, graph, [trip], options);
      expect(failures).toEqual([]);
      const listOf = (data: typeof region) =>
        createRoutePlanner(data, { now }).planEveryRoute({ ...trip, geometry: "none" }, 1000)
          .routes;
      const onHills = listOf(region);
      const onLevel = listOf(regionWith(region, levelGraph(graph)));
      const costOf = new Map(onHills.map(({ id, searchCosts }) => [id, searchCosts]));
      for (const [k, regret] of trips[0]!.regrets.level.entries()) {
        const leastLevel = Math.min(...onLevel.map(({ searchCosts }) => searchCosts[k]!));
        const chosen = onLevel.filter(({ searchCosts }) => searchCosts[k] === leastLevel);
        const least = Math.min(...onHills.map(({ searchCosts }) => searchCosts[k]!));
        const possible = chosen.map(({ id }) => costOf.get(id)![k]! / least - 1);
        expect(possible).toContain(regret.searched);
        if (regret.searched > 0) wrong++;
      }
    }
    expect(wrong).toBeGreaterThan(0);
  }, 60_000);

  it("counts what cannot be planned apart from what failed", async () => {
    const { region, graph } = await openRegion(folders.region);
    const nowhere = { origin: [0, 0], destination: [0, 1] } as const;
    const options = { smoothingM: 80, now, progress: () => undefined };
    const { trips, withoutRoute, failures } = compareTerrains(region, graph, [nowhere], options);
    expect(trips).toEqual([]);
    expect(withoutRoute).toEqual({ routing_graph_coverage_gap: 1 });
    expect(failures).toEqual([]);
    const withoutVehicles = { ...region, vehicles: [] };
    const broken = compareTerrains(withoutVehicles, graph, randomPairs(graph, 2, 1), options);
    expect(broken.trips).toEqual([]);
    expect(broken.failures.length).toBe(2);
  });
});

describe("what is judged", () => {
  const regret: Regret = { searched: 0.1, evaluated: -0.01, overlap: 0.5, isOtherRoute: true };
  const row = regretRow([regret, { searched: 0, evaluated: 0, overlap: 1, isOtherRoute: false }]);
  const right = { pairs: 2, trips: 2, failures: [], differing: 0, rows: [row] };
  const verdictOf = (changed: object) =>
    runGates(ablationGates({ ...right, ...changed } as unknown as AblationResult), { now });

  it("is summed up by means, ranks and counts", () => {
    expect(row).toEqual({
      mean: 0.05,
      p95: 0.1,
      most: 0.1,
      least: 0,
      evaluatedMean: -0.005,
      otherRoutes: 1,
      overlapMean: 0.75,
      farOff: 1,
    });
    const trips = [
      { withGrades: 10, level: 8 },
      { withGrades: 2, level: 3 },
    ];
    const { total, mean, p95 } = fuelShares(trips);
    expect(total).toBeCloseTo(1 / 12, 12);
    expect(mean).toBeCloseTo(0.35, 12);
    expect(p95).toBeCloseTo(0.5, 12);
  });

  it("fails on failed trips, better routes and other costs, and measures nothing without trips", async () => {
    expect((await verdictOf({})).exitCode).toBe(0);
    expect((await verdictOf({ failures: ["x"], trips: 1 })).exitCode).toBe(1);
    expect((await verdictOf({ rows: [{ ...row, least: -1e-6 }] })).exitCode).toBe(1);
    expect((await verdictOf({ differing: 1 })).exitCode).toBe(1);
    expect((await verdictOf({ trips: 0 })).exitCode).toBe(2);
  });
});

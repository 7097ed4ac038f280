import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { isReasonError } from "@gradeway/reason-codes";
import { loadRegion, setRate } from "@gradeway/model-assets";
import { createRoutePlanner, decodeGraph } from "@gradeway/route-core";
import { createSeededRandom, findDataDir } from "@gradeway/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { buildRealRegion, tagged, tollsOf, type RealRegion } from "./real-region.ts";
import { runCli } from "./run-cli.ts";

const dataDir = findDataDir();
if (dataDir === undefined) console.warn("skipped: real regions (no GRADEWAY_DATA_DIR)");

const ANDORRA_LA_VELLA = [1.5218, 42.5063] as const;
const PAS_DE_LA_CASA = [1.7333, 42.5425] as const;
const now = (): number => performance.now();

describe.skipIf(dataDir === undefined)("Andorra", () => {
  let andorra: RealRegion;

  beforeAll(async () => {
    andorra = await buildRealRegion(
      dataDir!,
      "andorra/andorra-2025-01-18.osm.pbf",
      "andorra/geotiff",
    );
  });
  afterAll(() => andorra.remove());

  const plan = (planner: RealRegion["planner"], payloadKg?: number) =>
    planner.planPareto({
      origin: ANDORRA_LA_VELLA,
      destination: PAS_DE_LA_CASA,
      epsilon: 0,
      geometry: "none",
      ...(payloadKg === undefined ? {} : { payloadKg }),
    });

  it("offers the tolled tunnel and the pass, at one payment per trip", () => {
    const { routes, certificate } = plan(andorra.planner);
    expect(certificate).toMatchObject({ kind: "exact", complete: true });
    const tunnel = tagged(routes, "fastest");
    const pass = tagged(routes, "cheapest");
    expect(tollsOf(tunnel)).toEqual({ count: 1, amount: 20.3 });
    expect(tollsOf(pass)).toEqual({ count: 0, amount: 0 });
    for (const route of routes) expect(tollsOf(route).count).toBeLessThanOrEqual(1);
    expect(tunnel.ascentM).toBeGreaterThan(1100);
    expect(tunnel.ascentM).toBeLessThan(1300);
    expect(pass.ascentM).toBeGreaterThan(1400);
    expect(pass.ascentM).toBeLessThan(1600);
  });

  it("drops the pass when the tunnel becomes cheap", async () => {
    const change = { id: "toll.ad-envalira", value: 12, source: "a test" };
    await setRate(andorra.directory, change);
    const region = await loadRegion(andorra.directory);
    const { routes } = plan(createRoutePlanner(region, { now }));
    for (const route of routes) expect(tollsOf(route)).toEqual({ count: 1, amount: 12 });
  });

  it("emits several times less on the way back down", () => {
    const up = tagged(plan(andorra.planner).routes, "fastest");
    const down = andorra.planner.planPareto({
      origin: PAS_DE_LA_CASA,
      destination: ANDORRA_LA_VELLA,
      epsilon: 0,
      geometry: "none",
    });
    const tunnel = tagged(down.routes, "fastest");
    expect(tollsOf(tunnel).amount).toBe(20.3);
    expect(up.co2eKg.total / tunnel.co2eKg.total).toBeGreaterThan(3);
  });

  it("makes heavier trucks slower and thirstier uphill", () => {
    const fastest = [0, 12_650, 25_300].map((kg) =>
      tagged(plan(andorra.planner, kg).routes, "fastest"),
    );
    const times = fastest.map((route) => route.durationS);
    const litres = fastest.map((route) => route.fuelL!);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(litres).toEqual([...litres].sort((a, b) => a - b));
    expect(litres[2]! / litres[0]!).toBeGreaterThan(1.5);
  });

  it("covers the exact front with the 1 % front", () => {
    const exact = plan(andorra.planner).routes;
    const near = andorra.planner.planPareto({
      origin: ANDORRA_LA_VELLA,
      destination: PAS_DE_LA_CASA,
      epsilon: 0.01,
      geometry: "none",
    }).routes;
    for (const { searchCosts } of exact) {
      const covered = near.some((other) =>
        other.searchCosts.every((cost, k) => cost <= searchCosts[k]! * 1.01),
      );
      expect(covered).toBe(true);
    }
  });
});

describe.skipIf(dataDir === undefined)("rhein-neckar", () => {
  /*
   * By German law, with changes of speed and curves paid for: 31 routes, 5.9 min and 2.7 kg apart (see
   * docs/costing.md for what earlier models gave).
   */
  it("shows dozens of exact routes whose ends pull apart", async () => {
    const region = await buildRealRegion(
      dataDir!,
      "rhein-neckar/rhein-neckar-2016-12-15.osm.pbf",
      "rhein-neckar/geotiff",
      ["DE"],
    );
    const { routes, front } = region.planner.planPareto({
      origin: [8.47, 49.49],
      destination: [8.8, 49.39],
      epsilon: 0,
      geometry: "none",
    });
    await region.remove();
    expect(front.size).toBeGreaterThan(24);
    const fastest = tagged(routes, "fastest");
    const cleanest = tagged(routes, "cleanest");
    expect(cleanest.durationS - fastest.durationS).toBeGreaterThan(5 * 60);
    expect(fastest.co2eKg.total - cleanest.co2eKg.total).toBeGreaterThan(2);
  });
});

describe.skipIf(dataDir === undefined)("Monaco", () => {
  it("plans between any two truck roads of the connected network", async () => {
    const monaco = await buildRealRegion(
      dataDir!,
      "monaco/monaco-2016-03-04.osm.pbf",
      "monaco/geotiff",
    );
    const graph = decodeGraph(monaco.region.graph);
    const random = createSeededRandom(20_260_212);
    const point = (): [number, number] => {
      const at = Math.floor(random.next() * graph.pointLonE7.length);
      return [graph.pointLonE7[at]! / 1e7, graph.pointLatE7[at]! / 1e7];
    };
    let planned = 0;
    for (let trip = 0; trip < 300; trip++) {
      const request = { origin: point(), destination: point(), geometry: "none" } as const;
      try {
        planned += monaco.planner.planPareto(request).routes.length > 0 ? 1 : 0;
      } catch (error) {
        // The motorway at the extract's northern border is connected outside the extract only.
        if (!isReasonError(error, "routing_graph_disconnected_od")) throw error;
        const { originComponentNodes, destinationComponentNodes } = error.details;
        expect(Math.min(originComponentNodes, destinationComponentNodes)).toBeLessThan(50);
      }
    }
    await monaco.remove();
    expect(planned).toBeGreaterThan(270);
  });
});

describe.skipIf(dataDir === undefined)("Rutland, which has no elevation tiles", () => {
  const osm = "rutland/rutland-2018-02-26.osm.pbf";

  it("is refused in strict mode", async () => {
    const directory = await mkdtemp(join(tmpdir(), "gradeway-refused-"));
    const run = await runCli([
      "region",
      "build",
      "--osm",
      join(dataDir!, osm),
      "--out",
      join(directory, "never-written"),
      "--strict",
      "--json",
    ]);
    await rm(directory, { recursive: true, force: true });
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stderr)).toMatchObject({
      reasonCode: "terrain_dem_coverage_insufficient",
      details: { requiredRatio: 0.96, observedRatio: 0 },
    });
  });

  it("is built with a warning otherwise, and a plan says that heights are void", async () => {
    const rutland = await buildRealRegion(dataDir!, osm);
    expect(rutland.report.warnings.map((warning) => warning.code)).toContain(
      "terrain_not_available",
    );
    const answer = rutland.planner.planPareto({
      origin: [-0.72, 52.67],
      destination: [-0.62, 52.6],
      annotations: ["elevation"],
    });
    await rutland.remove();
    expect(answer.warnings.map((warning) => warning.code)).toContain("terrain_not_available");
    for (const route of answer.routes) {
      expect(route.ascentM).toBeNull();
      expect(route.terrain.coverageRatio).toBe(0);
      expect(new Set(route.annotations?.elevation?.elevationM)).toEqual(new Set([null]));
    }
  });
});

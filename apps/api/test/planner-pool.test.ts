import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";

import {
  type AssetReport,
  assetReport,
  buildRegion,
  openRegion,
  type RegionBundle,
} from "@gradeway/model-assets";
import { isReasonError } from "@gradeway/reason-codes";
import {
  type CostingStats,
  decodeGraph,
  osmSourceFromBytes,
  type ParetoAnswer,
  type PlanRequest,
  type RegionData,
  roadFeatures,
  type RouteAnswer,
} from "@gradeway/route-core";
import { generateSampleRegion } from "@gradeway/sample-region";
import { createElevationSampler, createMemoryTileSource } from "@gradeway/terrain-tiles";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createPlannerPool, createRoadTiles, type PlannerPool } from "../src/index.ts";
import { createTestApp, post } from "./app-fixture.ts";

describe("the pool over the sample region", () => {
  let directory = "";
  let regionData: RegionData;
  let bundle: RegionBundle;
  let pool: PlannerPool;
  let trip: Pick<PlanRequest, "origin" | "destination">;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "gradeway-region-"));
    const sample = generateSampleRegion();
    const tiles = new Map(sample.tiles.map(({ id, bytes }) => [`${id.z}/${id.x}/${id.y}`, bytes]));
    await buildRegion({
      directory,
      name: sample.name,
      osm: osmSourceFromBytes(sample.pbf),
      osmInput: { name: "sample.osm.pbf", sha256: "0".repeat(64) },
      elevation: createElevationSampler(createMemoryTileSource(tiles)),
      synthetic: true,
      // Somewhere with a price of electricity.
      countries: ["DE"],
    });
    bundle = await openRegion(directory);
    regionData = bundle.region;
    pool = await createPlannerPool({ regionData, threads: 2 });
    const { from, to } = sample.demo;
    trip = { origin: [from.lon, from.lat], destination: [to.lon, to.lat] };
  });
  afterAll(async () => {
    await pool?.close();
    await rm(directory, { recursive: true, force: true });
  });

  function realApp(): ReturnType<typeof createTestApp>["app"] {
    const graph = decodeGraph(regionData.graph);
    const roads = createRoadTiles(roadFeatures(graph));
    const assets = () => assetReport(bundle, Date.UTC(2026, 10, 1));
    const costings = () => pool.costings();
    const region = { summary: pool.summary, planner: pool, roads, assets, costings };
    return createTestApp({ region: () => region }).app;
  }

  it("plans battery and custom vehicles over HTTP, and refuses what cannot be driven by its code", async () => {
    const app = realApp();
    const ask = async (more: object) => {
      const response = await post(app, "/route", { ...trip, ...more });
      const body = (await response.json()) as RouteAnswer & { reasonCode?: string };
      return { status: response.status, ...body };
    };
    const electric = await ask({ vehicle: "bev-artic-42t", weather: { temperatureC: -5 } });
    expect(electric).toMatchObject({
      status: 200,
      provenance: { battery: { stateOfCharge: 1, reserve: 0.1 }, weather: { temperatureC: -5 } },
    });
    expect(electric.route.energyKwh).toBeGreaterThan(0);
    expect(electric.route.fuelL).toBeUndefined();
    const custom = await ask({ vehicle: { basedOn: "artic-40t", dragAreaM2: 4.5 } });
    expect(custom).toMatchObject({
      status: 200,
      provenance: { customVehicle: { dragAreaM2: 4.5 } },
    });
    const nearlyEmpty = { vehicle: "bev-artic-42t", battery: { stateOfCharge: 0.101 } };
    expect(await ask(nearlyEmpty)).toMatchObject({
      status: 422,
      reasonCode: "vehicle_range_exceeded",
      details: { stateOfCharge: 0.101, reserve: 0.1, neededKwh: expect.any(Number) },
    });
    const impossible: [object, string][] = [
      [{ heightM: 9 }, "/vehicle/heightM"],
      [{ kerbKg: 25_000 }, "/vehicle/maxPayloadKg"],
      [{ lengthM: 2, widthM: 2.5 }, "/vehicle/lengthM"],
      [{ driveEfficiency: 0.9 }, "/vehicle/driveEfficiency"],
    ];
    for (const [figures, pointer] of impossible) {
      expect(await ask({ vehicle: { basedOn: "artic-40t", ...figures } }), pointer).toMatchObject({
        status: 422,
        reasonCode: "vehicle_inconsistent",
        details: { issues: [{ pointer }] },
      });
    }
    const heavy = await ask({ payloadKg: 30_000 });
    expect(heavy).toMatchObject({ status: 422, reasonCode: "payload_exceeds_limit" });
  });

  it("names in every answer the assets that its server lists", async () => {
    const app = realApp();
    const report = (await (await app.request("/assets")).json()) as AssetReport;
    const hashes = report.assets.flatMap(({ name, sha256 }) => (sha256 ? [[name, sha256]] : []));
    expect(hashes).toHaveLength(14);
    const answer = (await (await post(app, "/route", trip)).json()) as RouteAnswer;
    expect(answer.provenance.assets).toEqual(Object.fromEntries(hashes));
    expect(answer.provenance.region.manifestSha256).toBe(report.region.manifestSha256);
    expect(await (await app.request("/health/ready")).json()).toMatchObject({ status: "ready" });
  });

  it("knows its region as soon as it is there", () => {
    expect(pool.summary.synthetic).toBe(true);
    expect(pool.summary.edgeCount).toBeGreaterThan(500);
    expect(pool.threads).toBe(2);
  });

  it("gives the same bytes from any number of threads and in any order", async () => {
    const requests: PlanRequest[] = [0, 0.01, 0.05].flatMap((epsilon) => [
      { ...trip, epsilon },
      { ...trip, epsilon, anytime: true, annotations: ["elevation"] },
      { ...trip, epsilon, maxRoutes: 4, objectives: ["time", "money"] },
    ]);
    const bytesOf = async (answered: Promise<ParetoAnswer>): Promise<string> => {
      const { diagnostics: _, ...answer } = await answered;
      return JSON.stringify(answer);
    };
    const alone = await createPlannerPool({ regionData, threads: 1 });
    const expected: string[] = [];
    for (const request of requests) expected.push(await bytesOf(alone.planPareto(request)));
    await alone.close();
    expect(new Set(expected).size).toBe(requests.length);
    for (let round = 0; round < 3; round++) {
      const order = requests.map((_, k) => (k * 4 + round) % requests.length);
      const answers = order.map((k) => bytesOf(pool.planPareto(requests[k]!)));
      expect(await Promise.all(answers)).toEqual(order.map((k) => expected[k]));
    }
  });

  it("answers over HTTP, with the same tag each time", async () => {
    const app = realApp();
    const first = await post(app, "/pareto", { ...trip, annotations: ["elevation"] });
    expect(first.status).toBe(200);
    const second = await post(app, "/pareto", { ...trip, annotations: ["elevation"] });
    expect(second.headers.get("etag")).toBe(first.headers.get("etag"));
    expect((await post(app, "/route", { ...trip, weights: { co2e: 1 } })).status).toBe(200);
  });

  it("sends what its threads write: the answer as data would be written, to the byte", async () => {
    const app = realApp();
    const more = { annotations: ["elevation"], payloadKg: 9_000 } as const;
    const { diagnostics: _, ...front } = await pool.planPareto({ ...trip, ...more, epsilon: 0 });
    const sent = await (await post(app, "/pareto", { ...trip, ...more, epsilon: 0 })).text();
    expect(sent).toBe(JSON.stringify(front));
    const { diagnostics: __, ...best } = await pool.planRoute({ ...trip, ...more });
    expect(await (await post(app, "/route", { ...trip, ...more })).text()).toBe(
      JSON.stringify(best),
    );
    const diagnosed = await post(app, "/route?diagnostics=1", { ...trip, ...more });
    expect(diagnosed.headers.get("cache-control")).toBe("no-store");
    expect(diagnosed.headers.get("etag")).toBeNull();
    const { diagnostics, ...rest } = (await diagnosed.json()) as RouteAnswer;
    expect(rest).toEqual(best);
    expect(diagnostics.frontSize).toBe(1);
  });

  it("refuses with the planner's reason codes", async () => {
    const app = realApp();
    const cases = [
      [{ ...trip, vehicle: "ox-cart" }, "vehicle_profile_unavailable"],
      [{ ...trip, payloadKg: 99_000 }, "payload_exceeds_limit"],
      [{ ...trip, origin: [0, 0] }, "routing_graph_coverage_gap"],
      [{ ...trip, origin: trip.origin.toReversed() }, "request_invalid"],
    ] as const;
    for (const [body, reasonCode] of cases) {
      const response = await post(app, "/pareto", body);
      expect(response.status).toBe(reasonCode === "request_invalid" ? 400 : 422);
      expect(await response.json()).toMatchObject({ reasonCode });
    }
  });

  it("makes weights once for all its threads, and tells how these are kept", async () => {
    const app = realApp();
    const statsOf = async (): Promise<CostingStats> => {
      const response = await app.request("/cache/stats");
      expect(response.headers.get("cache-control")).toBe("no-store");
      return ((await response.json()) as { costings: CostingStats }).costings;
    };
    const before = await statsOf();
    const bodies = [0, 1, 2, 3, 4, 5].map((k) => ({ ...trip, payloadKg: 4321 + (k % 2) }));
    const answers = await Promise.all(bodies.map((body) => post(app, "/route", body)));
    expect(answers.map(({ status }) => status)).toEqual(bodies.map(() => 200));
    const after = await statsOf();
    expect(after.builds - before.builds).toBe(2);
    // A thread that waited for the other one counts as a miss, too.
    expect(after.hits + after.misses - before.hits - before.misses).toBe(6);
    expect(after).toMatchObject({ slots: 6, privateBuilds: 0, stopped: 0 });
    expect(after.bytes).toBeGreaterThan(6 * after.bytesPerCosting);
  });

  it("keeps weights within the memory that it is given", async () => {
    const { bytesPerCosting } = pool.costings();
    const weightsMaxBytes = 3.5 * bytesPerCosting;
    const small = await createPlannerPool({ regionData, threads: 2, weightsMaxBytes });
    try {
      const payloads = [1, 2, 3, 4, 5, 6, 1];
      for (const payloadKg of payloads) await small.planRoute({ ...trip, payloadKg });
      expect(small.costings()).toMatchObject({ slots: 3, held: 3, builds: 7, evictions: 4 });
      expect(small.costings().bytes).toBeLessThanOrEqual(weightsMaxBytes);
    } finally {
      await small.close();
    }
  });

  it("gives the place of a thread that ended to the one that comes after it", async () => {
    const threads: Worker[] = [];
    const note = (worker: Worker): number => threads.push(worker);
    process.on("worker", note);
    const mortal = await createPlannerPool({ regionData, threads: 1 });
    try {
      const { route } = await mortal.planRoute(trip);
      // There are places for two threads at a time.
      for (const deaths of [1, 2, 3, 4, 5]) {
        await threads.at(-1)!.terminate();
        expect((await mortal.planRoute(trip)).route).toEqual(route);
        expect(threads).toHaveLength(deaths + 1);
      }
      expect(mortal.costings()).toMatchObject({ builds: 1, hits: 5, privateBuilds: 0 });
    } finally {
      process.off("worker", note);
      await mortal.close();
    }
  });

  it("draws the region's roads", async () => {
    const [west, , , north] = pool.summary.bbox;
    const tile = await realApp().request(tileAddress([west + 0.15, north - 0.1], 9));
    expect(tile.status).toBe(200);
    expect((await tile.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  });

  it("starts no pool over data that is no region", async () => {
    const broken = { ...regionData, graph: new SharedArrayBuffer(64) };
    await expect(createPlannerPool({ regionData: broken, threads: 1 })).rejects.toSatisfy((error) =>
      isReasonError(error),
    );
  });
});

function tileAddress([lon, lat]: readonly [number, number], z: number): string {
  const sine = Math.sin((lat * Math.PI) / 180);
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  const span = 2 ** z;
  return `/tiles/roads/${z}/${Math.floor(((lon + 180) / 360) * span)}/${Math.floor(y * span)}.mvt`;
}

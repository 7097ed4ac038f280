import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { assetReport, buildRegion, openRegion } from "@gradeway/model-assets";
import { isReasonError } from "@gradeway/reason-codes";
import {
  decodeGraph,
  type ElevationSampler,
  osmSourceFromBytes,
  roadFeatures,
} from "@gradeway/route-core";
import { streetGrid, writeOsmPbf } from "@gradeway/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createPlannerPool, createRoadTiles, type PlannerPool } from "../src/index.ts";
import { createTestApp, post } from "./app-fixture.ts";

const SIZE = 100;
const TOWN = streetGrid(SIZE);
const { at } = TOWN;

const HILLS: ElevationSampler = {
  source: { name: "formula", resolutionM: 1, attribution: "" },
  sample(lonLat, outM) {
    const count = lonLat.length / 2;
    for (let i = 0; i < count; i++) {
      const lon = lonLat[2 * i]!;
      const lat = lonLat[2 * i + 1]!;
      outM[i] = 500 + 25 * Math.sin(lon * 2900) * Math.cos(lat * 2300) + 20 * Math.sin(lon * 4100);
    }
    return Promise.resolve({ sampled: count, voids: 0, missingTiles: [], tilesSha256: "" });
  },
};

describe("a search that takes longer than its deadline", () => {
  let directory = "";
  let pool: PlannerPool;
  let app: ReturnType<typeof createTestApp>["app"];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "gradeway-deadline-"));
    await buildRegion({
      directory,
      name: "grid",
      osm: osmSourceFromBytes(writeOsmPbf(TOWN)),
      osmInput: { name: "grid.osm.pbf", sha256: "0".repeat(64) },
      elevation: HILLS,
    });
    const bundle = await openRegion(directory);
    const { region: regionData } = bundle;
    // One thread, so that the next request can only be served by the one that was stopped.
    pool = await createPlannerPool({ regionData, threads: 1 });
    const roads = createRoadTiles(roadFeatures(decodeGraph(regionData.graph)));
    app = createTestApp({
      region: () => ({
        summary: pool.summary,
        planner: pool,
        roads,
        assets: () => assetReport(bundle, 0),
      }),
    }).app;
  });
  afterAll(async () => {
    await pool?.close();
    await rm(directory, { recursive: true, force: true });
  });

  const across = { origin: at(0, 0), destination: at(SIZE - 1, SIZE - 1), epsilon: 0 };
  const aside = { origin: at(3, 3), destination: at(5, 4), epsilon: 0, geometry: "none" };

  it("ends with 504 and frees the only thread for the next request", async () => {
    for (let round = 0; round < 3; round++) {
      const late = await post(app, "/pareto", { ...across, deadlineMs: 10, geometry: "none" });
      expect(late.status).toBe(504);
      expect(await late.json()).toMatchObject({
        reasonCode: "route_compute_timeout",
        details: { deadlineMs: 10 },
      });
      const next = await post(app, "/pareto", aside);
      expect(next.status).toBe(200);
    }
  });

  it("finds the whole front when it is given the time", async () => {
    const answer = await post(app, "/pareto", { ...across, deadlineMs: 60_000, geometry: "none" });
    expect(answer.status).toBe(200);
    const { front } = (await answer.json()) as { front: { size: number } };
    expect(front.size).toBeGreaterThan(100);
  });

  it("is stopped by its client, and the thread goes on", async () => {
    const client = new AbortController();
    const running = pool.planPareto(
      { ...across, deadlineMs: 60_000, geometry: "none" },
      { signal: client.signal },
    );
    client.abort();
    const failure = await running.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(isReasonError(failure, "planner_stopped")).toBe(true);
    expect((await post(app, "/pareto", aside)).status).toBe(200);
  });
});

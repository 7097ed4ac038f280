import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import type { ReasonCode } from "@gradeway/reason-codes";
import { parseLiveTerrainSettings } from "@gradeway/terrain-tiles";
import type { TileFault } from "@gradeway/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openTerrain } from "../src/index.ts";
import { createTestApp, post } from "./app-fixture.ts";
import {
  type LiveCounty,
  type LiveServer,
  type LiveServerOptions,
  startCounty,
  withLiveServer,
} from "./live-fixture.ts";

let county: LiveCounty;
beforeAll(async () => {
  county = await startCounty();
});
afterAll(async () => {
  await county?.close();
});

interface Problem {
  readonly reasonCode: ReasonCode;
  readonly detail: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The two ways to need live heights. */
const ASKS = ["/elevation", "/pareto", "/route"] as const;

async function ask(
  server: LiveServer,
  path: (typeof ASKS)[number],
  more: object = {},
): Promise<Response> {
  const { origin, destination } = county.trip;
  const body = path === "/elevation" ? { line: [origin, destination] } : county.trip;
  return server.post(path, { ...body, strict: true, ...more });
}

const always = (fault: TileFault) => () => fault;
const REFUSALS: readonly (readonly [
  code: ReasonCode,
  status: number,
  details: object,
  options: LiveServerOptions,
])[] = [
  ["terrain_fetch_failed", 503, { status: 500 }, { faults: always({ status: 500 }) }],
  ["terrain_fetch_failed", 503, { status: 403 }, { faults: always({ status: 403 }) }],
  ["terrain_fetch_failed", 503, { attempts: 1 }, { faults: always({ reset: true }) }],
  ["terrain_fetch_failed", 503, { attempts: 1 }, { faults: always({ truncate: 100 }) }],
  [
    "terrain_tile_corrupt",
    503,
    { tile: expect.stringMatching(/^11\//) as string },
    { faults: always({ body: new TextEncoder().encode("<html>Sign in</html>") }) },
  ],
  [
    "terrain_host_not_allowed",
    503,
    { host: "tiles.example" },
    { faults: always({ status: 302, headers: { location: "https://tiles.example/x.tif" } }) },
  ],
  ["terrain_tile_budget_exceeded", 422, { limit: 1 }, { settings: { maxRemoteTilesPerRoute: 1 } }],
  [
    "terrain_dem_coverage_insufficient",
    422,
    {
      requiredRatio: 0.96,
      observedRatio: 0,
      missingTiles: expect.arrayContaining([expect.stringMatching(/^11\//)]) as string[],
    },
    { tiles: new Map() },
  ],
  ["terrain_dem_url_missing", 503, {}, { settings: { urlTemplate: "" } }],
];

describe("what keeps heights away is told as what it is", () => {
  it.each(REFUSALS)("%s (%i) %o", async (code, status, details, options) => {
    for (const path of ASKS) {
      // A server of its own for each, because failures add up.
      await withLiveServer(county, options, async (server) => {
        const response = await ask(server, path);
        expect(response.headers.get("content-type")).toBe("application/problem+json");
        const problem = (await response.json()) as Problem;
        expect([path, problem.reasonCode, response.status]).toEqual([path, code, status]);
        expect(problem.details).toMatchObject(details);
        expect(server.log.filter(({ level }) => level === "error")).toEqual([]);
      });
    }
  });

  it("terrain_region_unsupported for places outside the region", async () => {
    await withLiveServer(county, {}, async (server) => {
      const response = await server.post("/elevation", { points: [[120, 10]], strict: true });
      expect(response.status).toBe(422);
      expect(((await response.json()) as Problem).reasonCode).toBe("terrain_region_unsupported");
      expect(server.tileServer.requests).toEqual([]);
    });
  });

  it("terrain_dem_asset_unavailable for a directory of tiles that is gone", async () => {
    const directory = await mkdtemp(join(tmpdir(), "gradeway-tiles-"));
    const settings = parseLiveTerrainSettings();
    const terrain = await openTerrain({ settings, tiles: directory, now: () => Date.now() });
    const { app } = createTestApp({ region: () => county.region, terrain });
    await rm(directory, { recursive: true });
    for (const path of ASKS) {
      const { origin, destination } = county.trip;
      const body = path === "/elevation" ? { line: [origin, destination] } : county.trip;
      const response = await post(app, path, { ...body, strict: true });
      expect(response.status).toBe(503);
      const { reasonCode } = (await response.json()) as Problem;
      expect(reasonCode).toBe("terrain_dem_asset_unavailable");
    }
    await terrain.close();
  });

  it("terrain_circuit_open with the time to wait, until the source is well again", async () => {
    let isDown = true;
    const settings = { circuitBreakerFailures: 2, circuitBreakerCoolDownS: 2 };
    const faults = () => (isDown ? { status: 503 } : undefined);
    await withLiveServer(county, { settings, faults }, async (server) => {
      const status = async () =>
        ((await (await server.get("/terrain/status")).json()) as { circuit: string | null })
          .circuit;
      expect(await status()).toBe("closed");
      // One tile at a time, so that no other request is still under way when the circuit opens.
      const points = [county.trip.origin];
      for (let failure = 0; failure < 2; failure++) {
        expect((await server.post("/elevation", { points })).status).toBe(503);
      }
      expect(await status()).toBe("open");
      const asked = server.tileServer.requests.length;
      for (const path of ASKS) {
        const response = await ask(server, path);
        expect(response.status).toBe(503);
        const problem = (await response.json()) as Problem;
        expect(problem.reasonCode).toBe("terrain_circuit_open");
        expect(response.headers.get("retry-after")).toMatch(/^[12]$/);
      }
      expect(server.tileServer.requests).toHaveLength(asked);
      isDown = false;
      await delay(2100);
      expect(await status()).toBe("half-open");
      // One tile is tried at first, and the rest when that went well.
      expect((await server.post("/elevation", { points })).status).toBe(200);
      expect(await status()).toBe("closed");
      for (const path of ASKS) expect((await ask(server, path)).status).toBe(200);
    });
  });

  it("a deadline that passes while tiles are awaited, as tiles that did not come", async () => {
    await withLiveServer(county, { faults: always({ delayMs: 5000 }) }, async (server) => {
      for (const path of ASKS) {
        const startedMs = performance.now();
        const response = await ask(server, path, { deadlineMs: 400 });
        expect(performance.now() - startedMs).toBeLessThan(4000);
        const problem = (await response.json()) as Problem;
        expect(problem.reasonCode).toBe("terrain_fetch_failed");
        expect(problem.details["problem"]).toContain("deadline");
      }
    });
  });

  it("a client that leaves while tiles are awaited, as no fault of anybody", async () => {
    await withLiveServer(county, { faults: always({ delayMs: 5000 }) }, async (server) => {
      for (const path of ASKS) {
        const client = new AbortController();
        const { origin, destination } = county.trip;
        const body = path === "/elevation" ? { line: [origin, destination] } : county.trip;
        const before = server.tileServer.requests.length;
        const answer = server.post(path, { ...body, strict: true }, client.signal);
        while (server.tileServer.requests.length === before) await delay(5);
        client.abort();
        expect(((await (await answer).json()) as Problem).reasonCode).toBe("planner_stopped");
      }
      expect(server.log.filter(({ level }) => level === "error")).toEqual([]);
    });
  });
});

describe("GET /terrain/status", () => {
  it("shows an operator the source, its circuit and the caches", async () => {
    await withLiveServer(county, {}, async (server) => {
      await ask(server, "/elevation");
      const response = await server.get("/terrain/status");
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(await response.json()).toEqual({
        source: `${new URL(server.tileServer.origin).host} tiles`,
        hasSource: true,
        circuit: "closed",
        memory: {
          tiles: server.tileServer.requests.length,
          bytes: expect.any(Number) as number,
        },
        disk: null,
        diskFailures: 0,
        decoding: expect.objectContaining({ crashes: 0 }) as object,
      });
    });
  });

  it("tells that threads also look at the images of a template that ends in .png", async () => {
    const tiles = new Map<string, Uint8Array>();
    const faults = () => ({ body: Buffer.from("no image") });
    await withLiveServer(county, { tiles, faults, extension: ".png" }, async (server) => {
      const refused = await server.post("/elevation", { points: [county.trip.origin] });
      expect(((await refused.json()) as Problem).reasonCode).toBe("terrain_tile_corrupt");
      expect(await (await server.get("/terrain/status")).json()).toMatchObject({
        circuit: "closed",
        decoding: { threads: 1 },
      });
    });
  });
});

import type { LineStringGeometry, ParetoAnswer, RouteAnswer } from "@gradeway/route-core";
import { createMemoryTileSource, type TerrainDiagnostics } from "@gradeway/terrain-tiles";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type LiveCounty, type LiveServer, startCounty, withLiveServer } from "./live-fixture.ts";

const DAY_MS = 86_400_000;

let county: LiveCounty;
beforeAll(async () => {
  county = await startCounty();
});
afterAll(async () => {
  await county?.close();
});

async function pareto(server: LiveServer, more: object = {}): Promise<ParetoAnswer> {
  const response = await server.post("/pareto", { ...county.trip, epsilon: 0, ...more });
  expect(response.status).toBe(200);
  return (await response.json()) as ParetoAnswer;
}

async function problemOf(response: Response) {
  return (await response.json()) as { readonly reasonCode: string; readonly details: object };
}

const codesOf = ({ warnings }: Pick<ParetoAnswer, "warnings">): string[] =>
  warnings.map(({ code }) => code);

describe("a request that is not strict", () => {
  it("rests on the heights of the region and asks nobody", async () => {
    await withLiveServer(county, {}, async (server) => {
      const answer = await pareto(server);
      // Its routes are driven again all the same, on those heights.
      const { finalists, dominated, notEvaluated } = answer.evaluation!;
      expect(finalists - dominated).toBe(answer.routes.length);
      expect(notEvaluated).toBe(0);
      expect(new Set(answer.front.tiers)).toEqual(new Set(["evaluated"]));
      expect(answer.certificate.tierDeviation).not.toBeNull();
      expect(answer.provenance.liveElevation).toBeUndefined();
      expect(answer.routes[0]!.terrain).toEqual({ source: "baked tiles z11", coverageRatio: 1 });
      expect(server.tileServer.requests).toEqual([]);
    });
  });
});

describe("a strict request", () => {
  it("drives the routes again on heights of now, which differ little on the same ground", async () => {
    await withLiveServer(county, {}, async (server) => {
      const baked = await pareto(server);
      const live = await pareto(server, { strict: true, annotations: ["elevation"] });
      expect(server.tileServer.requests.length).toBeGreaterThan(0);
      const source = `${new URL(server.tileServer.origin).host} tiles z11`;
      expect(live.provenance.liveElevation).toMatchObject({
        source,
        tilesSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      });
      const { finalists, dominated, notEvaluated } = live.evaluation!;
      expect(finalists).toBe(baked.front.size);
      expect(notEvaluated).toBe(0);
      expect(live.routes).toHaveLength(finalists - dominated);
      for (const route of live.routes) {
        const searched = baked.routes.find(({ id }) => id === route.id)!;
        expect(route.terrain).toEqual({ source, coverageRatio: 1, live: true });
        expect(route.geometry).toEqual(searched.geometry);
        expect(route.searchCosts).toEqual(searched.searchCosts);
        // Both are driven with their speed carried along: only the heights differ.
        expect(Math.abs(route.durationS / searched.durationS - 1)).toBeLessThan(0.03);
        expect(Math.abs(route.fuelL! / searched.fuelL! - 1)).toBeLessThan(0.05);
        expect(Math.abs(route.ascentM! / searched.ascentM! - 1)).toBeLessThan(0.1);
        expect(route.annotations?.elevation?.elevationM).not.toContain(null);
      }
      const { tierDeviation, ...certificate } = live.certificate;
      const { tierDeviation: _, ...searched } = baked.certificate;
      expect(certificate).toEqual(searched);
      expect(tierDeviation!.time.lowest).toBeGreaterThan(-0.03);
      expect(tierDeviation!.co2e.highest).toBeLessThan(0.05);
      expect(codesOf(live)).toEqual(codesOf(baked));
    });
  });

  it("has the same body and tag each time, whatever the tiles cost", async () => {
    await withLiveServer(county, {}, async (server) => {
      const body = { ...county.trip, strict: true };
      const first = await server.post("/pareto", body);
      const cold = server.tileServer.requests.length;
      const second = await server.post("/pareto", body);
      expect(server.tileServer.requests).toHaveLength(cold);
      expect(second.headers.get("etag")).toBe(first.headers.get("etag"));
      expect(await second.text()).toBe(await first.text());
    });
  });

  it("tells what happened to the tiles when it is asked", async () => {
    await withLiveServer(county, {}, async (server) => {
      const response = await server.post("/route?diagnostics=1", { ...county.trip, strict: true });
      expect(response.headers.get("cache-control")).toBe("no-store");
      const { diagnostics } = (await response.json()) as {
        readonly diagnostics: { readonly searchMs: number; readonly terrain: TerrainDiagnostics };
      };
      expect(diagnostics.searchMs).toBeGreaterThan(0);
      expect(diagnostics.terrain).toMatchObject({ circuit: "closed", staleUses: 0 });
      expect(diagnostics.terrain.hits.remote).toBe(server.tileServer.requests.length);
    });
  });

  it("answers /route with the route that was searched, on heights of now", async () => {
    await withLiveServer(county, {}, async (server) => {
      const ask = async (strict: boolean): Promise<RouteAnswer> => {
        const body = { ...county.trip, strict, weights: { time: 1, co2e: 1 } };
        return (await (await server.post("/route", body)).json()) as RouteAnswer;
      };
      const [live, baked] = [await ask(true), await ask(false)];
      expect(live.route.id).toBe(baked.route.id);
      expect(live.route.terrain.live).toBe(true);
      expect(live.route.durationS).not.toBe(baked.route.durationS);
      expect(live.certificate.tierDeviation).not.toBeNull();
      // The same credit, which is given once.
      expect(live.provenance.attribution).toEqual(baked.provenance.attribution);
    });
  });

  it("keeps the tunnel straight whatever the hill above it does", async () => {
    await withLiveServer(county, {}, async (server) => {
      const answer = await pareto(server, { strict: true, annotations: ["elevation"] });
      const fastest = answer.routes.find(({ tags }) => tags.includes("fastest"));
      const { elevationM } = fastest!.annotations!.elevation!;
      const highest = Math.max(...elevationM.map(Number));
      const ground = await server.post("/elevation", { line: fastest!.geometry });
      const { elevationM: groundM } = (await ground.json()) as { readonly elevationM: number[] };
      expect(Math.max(...groundM)).toBeGreaterThan(highest + 20);
    });
  });
});

describe("a strict request with waypoints", () => {
  /** A place on the fastest road, about a third of the way. */
  async function viaTrip(server: LiveServer): Promise<object> {
    const answer = await pareto(server, { geometry: "geojson" });
    const fastest = answer.routes.find(({ tags }) => tags.includes("fastest"))!;
    const { coordinates } = fastest.geometry as LineStringGeometry;
    return { waypoints: [coordinates[Math.floor(coordinates.length / 3)]] };
  }

  it("is driven again leg by leg, and differs little on the same ground", async () => {
    await withLiveServer(county, {}, async (server) => {
      const via = await viaTrip(server);
      const baked = await pareto(server, via);
      const live = await pareto(server, { ...via, strict: true });
      expect(live.snapped).toEqual(baked.snapped);
      expect(live.snapped.waypoints).toHaveLength(1);
      expect(live.evaluation!.finalists).toBe(baked.front.size + baked.evaluation!.dominated);
      for (const route of live.routes) {
        const searched = baked.routes.find(({ id }) => id === route.id)!;
        expect(route.terrain).toMatchObject({ coverageRatio: 1, live: true });
        expect(route.legs).toHaveLength(2);
        for (const [leg, { durationS, distanceM }] of route.legs.entries()) {
          expect(Math.abs(durationS / searched.legs[leg]!.durationS - 1)).toBeLessThan(0.03);
          expect(distanceM).toBeCloseTo(searched.legs[leg]!.distanceM, 0);
        }
        const sum = route.legs.reduce((seconds, { durationS }) => seconds + durationS, 0);
        expect(sum).toBeCloseTo(route.drivingS, 1);
        expect(route.geometry).toEqual(searched.geometry);
      }
      const response = await server.post("/route", { ...county.trip, ...via, strict: true });
      expect(response.status).toBe(200);
      const { route } = (await response.json()) as RouteAnswer;
      expect(route.legs).toHaveLength(2);
      expect(route.terrain.live).toBe(true);
    });
  });

  it("names the leg of which too little is known", async () => {
    const [lon, lat] = county.trip.destination;
    const y = (0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * 2048;
    const gone = `11/${Math.floor(((lon + 180) / 360) * 2048)}/${Math.floor(y)}`;
    expect(county.tiles.has(gone)).toBe(true);
    const tiles = new Map([...county.tiles].filter(([name]) => name !== gone));
    await withLiveServer(county, { tiles }, async (server) => {
      const body = { ...county.trip, ...(await viaTrip(server)), strict: true };
      for (const path of ["/pareto", "/route"]) {
        const response = await server.post(path, body);
        expect(response.status).toBe(422);
        expect(await problemOf(response)).toMatchObject({
          reasonCode: "terrain_dem_coverage_insufficient",
          details: { leg: 2, missingTiles: [gone] },
        });
      }
    });
  });
});

describe("a strict request without a live source", () => {
  const without = { urlTemplate: "" };

  it("is refused before anything is searched", async () => {
    await withLiveServer(county, { settings: without }, async (server) => {
      for (const path of ["/pareto", "/route"]) {
        const response = await server.post(path, { ...county.trip, strict: true });
        expect(response.status).toBe(503);
        expect((await problemOf(response)).reasonCode).toBe("terrain_dem_url_missing");
      }
    });
  });

  it("is answered on the heights of the region with a warning where that is enough", async () => {
    const settings = { ...without, requireUrlInStrict: false };
    await withLiveServer(county, { settings }, async (server) => {
      const [strict, baked] = [await pareto(server, { strict: true }), await pareto(server)];
      expect(strict.routes).toEqual(baked.routes);
      expect(strict.evaluation).toEqual(baked.evaluation);
      expect(strict.provenance.liveElevation).toBeUndefined();
      expect(codesOf(strict)).toEqual(["terrain_live_unavailable", ...codesOf(baked)]);
    });
  });

  it("is answered by the signed snapshot where that may stand in", async () => {
    const settings = { ...without, requireUrlInStrict: false, allowSignedFallback: true };
    const fallback = createMemoryTileSource(county.tiles);
    await withLiveServer(county, { settings, fallback }, async (server) => {
      const answer = await pareto(server, { strict: true });
      expect(codesOf(answer)[0]).toBe("terrain_fallback_used");
      expect(answer.evaluation).toBeDefined();
    });
  });
});

describe("when tiles cannot be fetched", () => {
  const failing = () => ({ status: 500 });

  it("a strict request may use the signed snapshot where that is allowed, and says so", async () => {
    const fallback = createMemoryTileSource(county.tiles);
    const settings = { allowSignedFallback: true };
    await withLiveServer(county, { settings, fallback, faults: failing }, async (server) => {
      const answer = await pareto(server, { strict: true });
      expect(codesOf(answer)[0]).toBe("terrain_fallback_used");
      expect(answer.warnings[0]!.details).toEqual({
        tiles: expect.arrayContaining([expect.stringMatching(/^11\//)]) as string[],
      });
      const response = await server.post("/elevation", { points: [county.trip.origin] });
      expect(codesOf((await response.json()) as ParetoAnswer)).toEqual(["terrain_fallback_used"]);
    });
  });

  it("tiles that are too old serve only who is not strict, or where a stand-in is allowed", async () => {
    for (const allowSignedFallback of [false, true]) {
      let isDown = false;
      const faults = () => (isDown ? { status: 500 } : undefined);
      await withLiveServer(
        county,
        { faults, settings: { allowSignedFallback } },
        async (server) => {
          expect(codesOf(await pareto(server, { strict: true }))).not.toContain(
            "terrain_tile_stale",
          );
          isDown = true;
          server.advance(8 * DAY_MS);
          const points = [county.trip.origin];
          const height = await server.post("/elevation", { points });
          expect(codesOf((await height.json()) as ParetoAnswer)).toEqual(["terrain_tile_stale"]);
          const plan = await server.post("/pareto", { ...county.trip, strict: true });
          expect(plan.status).toBe(allowSignedFallback ? 200 : 503);
          if (allowSignedFallback) {
            expect(codesOf((await plan.json()) as ParetoAnswer)[0]).toBe("terrain_tile_stale");
          } else expect((await problemOf(plan)).reasonCode).toBe("terrain_fetch_failed");
        },
      );
    }
  });
});

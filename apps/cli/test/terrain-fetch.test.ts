import { rm } from "node:fs/promises";
import { join } from "node:path";

import { loadRegion } from "@gradeway/model-assets";
import { decodeGraph, type ParetoAnswer } from "@gradeway/route-core";
import { createElevationSampler, formatTileId, type TileSource } from "@gradeway/terrain-tiles";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { tilesOfRoads } from "../src/region-tiles.ts";
import { buildLongRoad, type LongRoad, withTileServer } from "./long-road.ts";
import { runCli } from "./run-cli.ts";

let road: LongRoad;
let needed: readonly string[];
beforeAll(async () => {
  road = await buildLongRoad();
  const { graph } = await loadRegion(road.region);
  needed = tilesOfRoads(decodeGraph(graph), 11).map(formatTileId);
});
beforeEach(() => rm(join(road.region, "terrain"), { recursive: true, force: true }));
afterAll(() => road?.remove());

const fetchArgs = (): string[] => ["terrain", "fetch", "--region", road.region];

describe("the tiles of a region's roads", () => {
  it("are those that sampling the roads asks for", async () => {
    const graph = decodeGraph((await loadRegion(road.region)).graph);
    for (const zoom of [9, 11, 13]) {
      const asked = new Set<string>();
      const source: TileSource = {
        info: { name: "none", attribution: "" },
        getTile: async (id) => {
          asked.add(formatTileId(id));
          return undefined;
        },
      };
      const lonLat: number[] = [];
      for (let edge = 0; edge < graph.edgeCount; edge++) {
        for (let at = graph.firstPoint[edge]!; at < graph.firstPoint[edge + 1]! - 1; at++) {
          for (let step = 0; step <= 20_000; step++) {
            const [a, b] = [at, at + 1];
            for (const column of [graph.pointLonE7, graph.pointLatE7]) {
              lonLat.push((column[a]! + ((column[b]! - column[a]!) * step) / 20_000) / 1e7);
            }
          }
        }
      }
      const points = Float64Array.from(lonLat);
      await createElevationSampler(source, { zoom }).sample(
        points,
        new Float64Array(points.length / 2),
      );
      const listed = tilesOfRoads(graph, zoom).map(formatTileId);
      expect(listed.toSorted()).toEqual([...asked].toSorted());
      expect(new Set(listed).size).toBe(listed.length);
    }
  });
});

describe("gradeway terrain fetch", () => {
  it("fetches what the roads need once, and nothing the second time", async () => {
    expect(needed.length).toBeGreaterThan(2);
    await withTileServer({ tiles: road.tiles }, async (run, server) => {
      const first = await run([...fetchArgs(), "--json"]);
      expect(first).toMatchObject({ code: 0, stderr: "" });
      const report = JSON.parse(first.stdout) as { cacheDir: string; bytesFetched: number };
      expect(report).toMatchObject({
        source: `${new URL(server.origin).host} tiles`,
        zoom: 11,
        tiles: needed.length,
        fetched: needed.length,
        present: 0,
        absent: 0,
        failed: [],
        diskFailures: 0,
        evicted: 0,
      });
      expect(report.cacheDir.startsWith(join(road.region, "terrain", "live-tile-cache"))).toBe(
        true,
      );
      const bytes = needed.reduce((sum, name) => sum + road.tiles.get(name)!.length, 0);
      expect(report.bytesFetched).toBe(bytes);
      const again = await run([...fetchArgs(), "--json"]);
      expect(JSON.parse(again.stdout)).toMatchObject({ fetched: 0, present: needed.length });
      expect(server.requests).toHaveLength(needed.length);
    });
  });

  it("makes a strict plan that asks nobody", async () => {
    await withTileServer({ tiles: road.tiles }, async (run, server) => {
      expect((await run(fetchArgs())).code).toBe(0);
      const asked = server.requests.length;
      const ends = ["--from", road.from, "--to", road.to];
      const plan = await run(["plan", "--region", road.region, ...ends, "--strict", "--json"]);
      expect(plan).toMatchObject({ code: 0, stderr: "" });
      expect(JSON.parse(plan.stdout)).toMatchObject({ evaluation: { finalists: 1 } });
      expect(server.requests).toHaveLength(asked);
      const loose = await run(["plan", "--region", road.region, ...ends, "--tiles", "x", "--json"]);
      expect(JSON.parse(loose.stderr)).toMatchObject({
        reasonCode: "request_invalid",
        message: "--tiles: only --strict plans look at tiles",
      });
    });
  });

  it("makes a strict plan past a place, and refuses it where a leg has no ground", async () => {
    const [west, lat] = road.from.split(",").map(Number) as [number, number];
    const [east] = road.to.split(",").map(Number) as [number];
    const via = `${west + 0.7 * (east - west)},${lat}`;
    const ends = ["--region", road.region, "--from", road.from, "--via", via, "--to", road.to];
    const strict = ["plan", ...ends, "--strict", "--json"];
    await withTileServer({ tiles: road.tiles }, async (run) => {
      const planned = await run(strict);
      expect(planned).toMatchObject({ code: 0, stderr: "" });
      const { routes, evaluation } = JSON.parse(planned.stdout) as ParetoAnswer;
      expect(evaluation).toMatchObject({ finalists: 1 });
      const [route] = routes;
      expect(route!.terrain).toMatchObject({ coverageRatio: 1, live: true });
      const shares = route!.legs.map(({ distanceM }) => distanceM / route!.distanceM);
      expect(shares).toEqual([expect.closeTo(0.7, 2), expect.closeTo(0.3, 2)]);
    });
    await rm(join(road.region, "terrain"), { recursive: true, force: true });
    const lastX = Math.max(...needed.map((name) => Number(name.split("/")[1])));
    const some = new Map([...road.tiles].filter(([name]) => !name.startsWith(`11/${lastX}/`)));
    await withTileServer({ tiles: some }, async (run) => {
      const refused = await run(strict);
      expect(refused).toMatchObject({ code: 1, stdout: "" });
      expect(JSON.parse(refused.stderr)).toMatchObject({
        reasonCode: "terrain_dem_coverage_insufficient",
        details: { leg: 2 },
      });
    });
  });

  it("goes on after a failure with what failed, and says why", async () => {
    const bad = needed[1]!;
    let isDown = true;
    const faults = (_index: number, id: Parameters<typeof formatTileId>[0]) =>
      isDown && formatTileId(id) === bad ? { status: 500 } : undefined;
    await withTileServer({ tiles: road.tiles, faults }, async (run, server) => {
      const failed = await run([...fetchArgs(), "--json", "--concurrency", "1"]);
      expect(failed).toMatchObject({ code: 1, stderr: "" });
      expect(JSON.parse(failed.stdout)).toMatchObject({
        fetched: needed.length - 1,
        failed: [{ tile: bad, reasonCode: "terrain_fetch_failed" }],
      });
      const text = await run(fetchArgs());
      expect(text.code).toBe(1);
      expect(text.stdout).toContain("1 terrain_fetch_failed");
      expect(text.stdout).toContain(`${bad}: `);
      isDown = false;
      const asked = server.requests.length;
      const resumed = await run([...fetchArgs(), "--json"]);
      expect(resumed.code).toBe(0);
      expect(JSON.parse(resumed.stdout)).toMatchObject({
        fetched: 1,
        present: needed.length - 1,
        failed: [],
      });
      expect(server.requests).toHaveLength(asked + 1);
    });
  });

  it("leaves a failing source alone, and counts tiles that do not exist as no failure", async () => {
    await withTileServer(
      { tiles: road.tiles, faults: () => ({ status: 503 }) },
      async (run, server) => {
        const down = await run([...fetchArgs(), "--json", "--concurrency", "1"], {
          LIVE_TERRAIN_CIRCUIT_BREAKER_FAILURES: "1",
        });
        expect(down.code).toBe(1);
        const { failed } = JSON.parse(down.stdout) as { failed: { reasonCode: string }[] };
        expect(failed.map(({ reasonCode }) => reasonCode).toSorted()).toEqual([
          ...needed.slice(1).map(() => "terrain_circuit_open"),
          "terrain_fetch_failed",
        ]);
        expect(server.requests).toHaveLength(1);
      },
    );
    const some = new Map([...road.tiles].filter(([name]) => name !== needed[0]));
    await withTileServer({ tiles: some }, async (run) => {
      const absent = await run([...fetchArgs(), "--json"]);
      expect(absent.code).toBe(0);
      expect(JSON.parse(absent.stdout)).toMatchObject({ absent: 1, failed: [] });
    });
  });

  it("does not take tiles that are too old for fetched ones, whatever may stand in", async () => {
    let isDown = false;
    const faults = () => (isDown ? { status: 500 } : undefined);
    await withTileServer({ tiles: road.tiles, faults }, async (run) => {
      expect((await run(fetchArgs())).code).toBe(0);
      isDown = true;
      const down = await run([...fetchArgs(), "--json"], {
        LIVE_TERRAIN_ALLOW_SIGNED_FALLBACK: "true",
        LIVE_TERRAIN_TILE_MAX_AGE_DAYS: "0",
      });
      const { present, failed } = JSON.parse(down.stdout) as { present: number; failed: object[] };
      expect([down.code, present, failed.length]).toEqual([1, 0, needed.length]);
    });
  });

  it("keeps the tiles of two sources apart", async () => {
    for (let source = 0; source < 2; source++) {
      await withTileServer({ tiles: road.tiles }, async (run, server) => {
        expect((await run(fetchArgs())).code).toBe(0);
        expect(server.requests).toHaveLength(needed.length);
      });
    }
  });

  it("refuses what cannot work before it begins", async () => {
    const cases: [args: string[], env: Record<string, string>, reason: string, text: string][] = [
      [[], { LIVE_TERRAIN_DEM_URL_TEMPLATE: "" }, "terrain_dem_url_missing", ""],
      [["--tiles", road.tilesDir], {}, "request_invalid", "--tiles: a directory of tiles"],
      [["--concurrency", "0"], {}, "request_invalid", "--concurrency: expected"],
      [
        ["--tiles-host", "http://x"],
        {},
        "request_invalid",
        "--tiles-host: allowedHosts must hold hosts",
      ],
      [[], { LIVE_TERRAIN_TILE_ZOOM: "99" }, "request_invalid", "LIVE_TERRAIN_TILE_ZOOM: must be"],
      [
        [],
        { LIVE_TERRAIN_CACHE_MAX_TILES: "16", LIVE_TERRAIN_TILE_ZOOM: "15" },
        "request_invalid",
        "raise LIVE_TERRAIN_CACHE_MAX_TILES",
      ],
      [
        [],
        { LIVE_TERRAIN_ALLOWED_HOSTS: "127.0.0.1:1" },
        "terrain_host_not_allowed",
        "the host is not on the list",
      ],
    ];
    await withTileServer({ tiles: road.tiles }, async (run, server) => {
      for (const [args, env, reasonCode, text] of cases) {
        const refused = await run([...fetchArgs(), ...args, "--json"], env);
        expect([refused.code, refused.stdout], text).toEqual([1, ""]);
        const failure = JSON.parse(refused.stderr) as { reasonCode: string; message: string };
        expect(failure.reasonCode, text).toBe(reasonCode);
        expect(failure.message).toContain(text);
      }
      expect(server.requests).toEqual([]);
    });
    expect((await runCli(["terrain", "fetch", "--region", "nowhere"])).stderr).toContain(
      "asset_missing",
    );
  });
});

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { networkFromAscii, terrainTilesFor, writeOsmPbf } from "@gradeway/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runCli } from "./run-cli.ts";

/** Whole metres at every pixel centre of a plane would be rounded; a step of 100 m is exact. */
const heightAt = (lon: number): number => (lon < 1.5 ? 500 : lon < 1.52 ? 600 : Number.NaN);
const ON_LOW = [1.48, 42.5];
const ON_HIGH = [1.51, 42.5];
const IN_VOID = [1.54, 42.5];
const OFF_TILES = [9, 50];

let directory = "";
let tiles = "";

async function file(name: string, content: unknown): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const sample = (points: string, ...more: string[]) =>
  runCli(["terrain", "sample", "--tiles", tiles, "--points", points, ...more]);
const reasonIn = (text: string): unknown =>
  (JSON.parse(text) as { reasonCode?: unknown }).reasonCode;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "gradeway-terrain-"));
  tiles = join(directory, "tiles");
  for (const zoom of [11, 9]) {
    const extraM = zoom === 9 ? 7 : 0;
    for (const { id, bytes } of terrainTilesFor([1.47, 42.49, 1.56, 42.51], zoom, (lon) => {
      return heightAt(lon) + extraM;
    })) {
      const path = join(tiles, String(id.z), String(id.x), `${id.y}.tif`);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    }
  }
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe("gradeway terrain sample", () => {
  it("prints heights in order, null for a void, for every kind of geometry", async () => {
    const point = { type: "Point", coordinates: [...ON_LOW, 4000] };
    const multiPoint = { type: "MultiPoint", coordinates: [ON_HIGH, IN_VOID] };
    const line = { type: "LineString", coordinates: [OFF_TILES, ON_LOW] };
    const feature = (geometry: object) => ({ type: "Feature", properties: { a: 1 }, geometry });
    const cases: [content: object, expected: (number | null)[]][] = [
      [point, [500]],
      [multiPoint, [600, null]],
      [line, [null, 500]],
      [feature(line), [null, 500]],
      [
        { type: "FeatureCollection", features: [feature(multiPoint), feature(point), line] },
        [600, null, 500, null, 500],
      ],
      [{ type: "FeatureCollection", features: [] }, []],
      [{ type: "MultiPoint", coordinates: [] }, []],
    ];
    for (const [index, [content, elevationM]] of cases.entries()) {
      const run = await sample(await file(`good-${index}.geojson`, content), "--json");
      expect(run).toMatchObject({ code: 0, stderr: "" });
      expect(JSON.parse(run.stdout)).toEqual({ elevationM });
    }
  });

  it("takes another zoom level", async () => {
    const points = await file("zoom.geojson", { type: "Point", coordinates: ON_LOW });
    const run = await sample(points, "--zoom", "9", "--json");
    expect(JSON.parse(run.stdout)).toEqual({ elevationM: [507] });
    for (const zoom of ["21", "-1", "10.5", "deep"]) {
      const bad = await sample(points, "--zoom", zoom, "--json");
      expect(bad.code).toBe(1);
      expect(reasonIn(bad.stderr)).toBe("request_invalid");
    }
  });

  it("prints a small table for people", async () => {
    const points = await file("table.geojson", {
      type: "MultiPoint",
      coordinates: [ON_LOW, OFF_TILES],
    });
    const run = await sample(points);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toMatch(/1\.480000\s+42\.500000\s+500\.00/);
    expect(run.stdout).toMatch(/9\.000000\s+50\.000000\s+void/);
    expect(run.stdout).toContain("2 points, 1 void, from directory tiles z11");
    expect(run.stdout).toMatch(/missing tiles: 11\/\d+\/\d+/);
  });

  it("names what is wrong with the file", async () => {
    const cases: [content: unknown, pointer: string][] = [
      ["{", ""],
      [[], ""],
      ["null", ""],
      [{ type: "Polygon", coordinates: [[ON_LOW, ON_HIGH, IN_VOID, ON_LOW]] }, "/type"],
      [{ coordinates: ON_LOW }, "/type"],
      [{ type: "Point", coordinates: [1] }, "/coordinates"],
      [{ type: "Point", coordinates: ["1", "2"] }, "/coordinates"],
      [{ type: "MultiPoint", coordinates: [ON_LOW, [200, 0]] }, "/coordinates/1"],
      [{ type: "LineString", coordinates: 5 }, "/coordinates"],
      [{ type: "Feature", geometry: null }, "/geometry"],
      [{ type: "FeatureCollection" }, "/features"],
      [
        { type: "FeatureCollection", features: [{ type: "Feature", geometry: { type: "Point" } }] },
        "/features/0/geometry/coordinates",
      ],
    ];
    for (const [index, [content, pointer]] of cases.entries()) {
      const run = await sample(await file(`bad-${index}.geojson`, content), "--json");
      expect(run.code).toBe(1);
      expect(run.stdout).toBe("");
      expect(JSON.parse(run.stderr)).toMatchObject({
        reasonCode: "request_invalid",
        details: { issues: [{ pointer }] },
      });
    }
  });

  it("says so when a file, the tiles or an argument is missing", async () => {
    const points = await file("point.geojson", { type: "Point", coordinates: ON_LOW });
    const runs: [args: string[], reason: string][] = [
      [["--tiles", tiles, "--points", join(directory, "nowhere.geojson")], "asset_missing"],
      [["--tiles", tiles, "--points", directory], "asset_missing"],
      [["--tiles", "nowhere", "--points", points], "terrain_dem_asset_unavailable"],
      [
        ["--tiles", "https://tiles.example/{z}/{x}/{y}.tif", "--points", points],
        "terrain_host_not_allowed",
      ],
      [
        ["--tiles", "https://s3.amazonaws.com/a.tif", "--points", points],
        "terrain_dem_asset_unavailable",
      ],
      [["--tiles", tiles], "request_invalid"],
      [["--points", points], "request_invalid"],
      [["--tiles", tiles, "--points", points, "--spacing", "5"], "request_invalid"],
    ];
    for (const [args, reason] of runs) {
      const run = await runCli(["terrain", "sample", ...args, "--json"]);
      expect(run.code, args.join(" ")).toBe(1);
      expect(reasonIn(run.stderr), args.join(" ")).toBe(reason);
    }
  });

  it("refuses a damaged tile", async () => {
    const broken = join(directory, "broken");
    const [tile] = terrainTilesFor([1.48, 42.5, 1.48, 42.5], 11, heightAt);
    const { id, bytes } = tile!;
    const path = join(broken, String(id.z), String(id.x), `${id.y}.tif`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes.subarray(0, 1000));
    const points = await file("broken.geojson", { type: "Point", coordinates: ON_LOW });
    const args = ["--tiles", broken, "--points", points, "--json"];
    const run = await runCli(["terrain", "sample", ...args]);
    expect(run.code).toBe(1);
    expect(reasonIn(run.stderr)).toBe("terrain_tile_corrupt");
  });

  it("explains itself", async () => {
    expect((await runCli(["terrain", "--help"])).stdout).toContain("sample");
    expect((await runCli(["terrain", "sample", "--help"])).stdout).toContain("--points");
    expect((await runCli(["--help"])).stdout).toContain("terrain");
    expect((await runCli(["serve", "--help"])).stdout).toContain("--tiles");
  });
});

describe("gradeway serve --tiles", () => {
  /** Serves a small region until the callback is done. */
  async function whileServing(
    args: readonly string[],
    work: (url: string) => Promise<void>,
    env: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const region = join(directory, "region");
    const network = networkFromAscii("A----B", { ways: { AB: {} }, origin: [1.48, 42.5] });
    const osm = join(directory, "small.osm.pbf");
    await writeFile(osm, writeOsmPbf(network.dataset));
    expect((await runCli(["region", "build", "--osm", osm, "--out", region])).code).toBe(0);
    const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
    const child = spawn(
      process.execPath,
      ["--conditions=@gradeway/source", main, "serve", "--region", region, "--port", "0", ...args],
      {
        stdio: ["ignore", "pipe", "ignore"],
        env: { ...process.env, GRADEWAY_THREADS: "1", ...env },
      },
    );
    const closed = new Promise((resolve) => child.once("close", resolve));
    try {
      const url = await new Promise<string>((resolve, reject) => {
        let text = "";
        child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
          const found = /http:\/\/[\d.]+:\d+/.exec(text);
          if (found !== null) resolve(found[0]);
        });
        child.once("close", () => reject(new Error("the server ended")));
      });
      await work(url);
    } finally {
      child.kill("SIGTERM");
      await closed;
    }
  }

  const ask = (url: string) =>
    fetch(`${url}/elevation`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ points: [ON_LOW] }),
    });

  it("answers POST /elevation with the tiles and their credit", async () => {
    await whileServing(["--tiles", tiles, "--tiles-attribution", "© Test"], async (url) => {
      const response = await ask(url);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({
        elevationM: [500],
        coverageRatio: 1,
        source: "directory tiles z11",
        attribution: "© Test",
        tilesSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        warnings: [],
      });
    });
  });

  it("says that it has no source where the environment names none either", async () => {
    const work = async (url: string): Promise<void> => {
      const response = await ask(url);
      expect(response.status).toBe(503);
      expect(reasonIn(await response.text())).toBe("terrain_dem_url_missing");
    };
    await whileServing([], work, { LIVE_TERRAIN_DEM_URL_TEMPLATE: "" });
  });

  it("does not start with tiles that do not exist", async () => {
    const run = await runCli(["serve", "--region", directory, "--port", "0", "--tiles", "nowhere"]);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain("terrain_dem_asset_unavailable");
  });
});

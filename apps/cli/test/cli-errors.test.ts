import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { networkFromAscii, writeOsmPbf, writeTerrainTile } from "@gradeway/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runCli } from "./run-cli.ts";

const NETWORK = networkFromAscii(
  `
  A----B----C

  D----E----F
`,
  { ways: { ABC: { highway: "primary" }, DEF: { highway: "primary" } }, origin: [1.5, 42.5] },
);

let directory = "";
let region = "";

const at = (name: string): string => NETWORK.position(name).join(",");
const plan = (...args: string[]) => runCli(["plan", "--region", region, ...args]);
const reasonIn = (text: string): unknown =>
  (JSON.parse(text) as { reasonCode?: unknown }).reasonCode;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "gradeway-cli-"));
  region = join(directory, "region");
  await writeFile(join(directory, "small.osm.pbf"), writeOsmPbf(NETWORK.dataset));
  const built = await runCli([
    "region",
    "build",
    "--osm",
    join(directory, "small.osm.pbf"),
    "--out",
    region,
  ]);
  expect(built.stderr).toBe("");
  expect(built.code).toBe(0);
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe("gradeway plan", () => {
  it("prints a table for people, and JSON and GeoJSON for programs", async () => {
    const text = await plan("--from", at("A"), "--to", at("C"));
    expect(text).toMatchObject({ code: 0, stderr: "" });
    expect(text.stdout).toContain("fastest");
    expect(text.stdout).toContain("void");
    expect(text.stdout).toContain("warning terrain_not_available");
    const json = await plan("--from", at("A"), "--to", at("C"), "--epsilon", "0", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      certificate: { kind: "exact", complete: true, tierDeviation: {} },
      front: { objectives: ["time", "money", "co2e"] },
      routes: [{ ascentM: null, cost: { currency: "EUR" } }],
    });
    const geojson = await plan("--from", at("A"), "--to", at("C"), "--geojson");
    expect(JSON.parse(geojson.stdout)).toMatchObject({
      type: "FeatureCollection",
      features: [{ type: "Feature", geometry: { type: "LineString" } }],
    });
  });

  it("names the reason of every bad request and exits with 1", async () => {
    const [lon, lat] = NETWORK.position("A");
    const cases: [args: string[], reason: string][] = [
      [["--from", at("A"), "--to", at("F")], "routing_graph_disconnected_od"],
      [["--from", at("A"), "--to", at("C"), "--vehicle", "bus"], "vehicle_profile_unavailable"],
      [["--from", at("A"), "--to", at("C"), "--vehicle", "bev-artic-42t"], "figure_missing"],
      [["--from", at("A"), "--to", at("C"), "--payload-kg", "99999"], "payload_exceeds_limit"],
      [["--from", at("A"), "--to", `${lon + 0.05},${lat + 0.05}`], "routing_graph_coverage_gap"],
      [["--from", `${lat},${lon}`, "--to", at("C")], "request_invalid"],
      [["--from", "somewhere", "--to", at("C")], "request_invalid"],
      [["--from", at("A"), "--to", at("C"), "--epsilon", "two"], "request_invalid"],
      [["--from", at("A"), "--to", at("C"), "--speed", "9"], "request_invalid"],
      [["--from", at("A")], "request_invalid"],
    ];
    for (const [args, reason] of cases) {
      const run = await plan(...args, "--json");
      expect(run.code, args.join(" ")).toBe(1);
      expect(reasonIn(run.stderr), args.join(" ")).toBe(reason);
      expect(run.stdout).toBe("");
    }
  });

  it("tells a person what to do", async () => {
    const run = await plan("--from", at("A"), "--to", at("F"));
    expect(run.stderr).toContain("error routing_graph_disconnected_od");
    expect(run.stderr).toContain("Choose points on the same connected network.");
  });

  it("accepts a negative longitude as a value", async () => {
    const run = await plan("--from", "-0.7,52.6", "--to", at("C"), "--json");
    expect(reasonIn(run.stderr)).toBe("routing_graph_coverage_gap");
  });

  it("refuses a damaged region and one of another version", async () => {
    const manifest = JSON.parse(await readFile(join(region, "manifest.json"), "utf8")) as {
      assets: { kind: string; path: string }[];
    };
    const graph = manifest.assets.find((asset) => asset.kind === "routing-graph")!;
    const file = join(region, graph.path);
    const original = await readFile(file);
    const afterChange = async (change: (bytes: Buffer) => void): Promise<unknown> => {
      const bytes = Buffer.from(original);
      change(bytes);
      await writeFile(file, bytes);
      const run = await plan("--from", at("A"), "--to", at("C"), "--json");
      await writeFile(file, original);
      return reasonIn(run.stderr);
    };
    expect(await afterChange((bytes) => bytes.writeUInt8(bytes.readUInt8(2000) ^ 1, 2000))).toBe(
      "asset_hash_mismatch",
    );
    expect(await afterChange((bytes) => bytes.writeUInt32LE(0xffff, 8))).toBe(
      "asset_version_unsupported",
    );
  });
});

describe("gradeway region build", () => {
  it("refuses what is no OSM file and writes nothing", async () => {
    const real = writeOsmPbf(NETWORK.dataset);
    const bad: [name: string, bytes: Uint8Array][] = [
      ["page.osm.pbf", new TextEncoder().encode("<!doctype html><title>404</title>")],
      ["empty.osm.pbf", new Uint8Array(0)],
      ["cut.osm.pbf", real.subarray(0, real.length - 7)],
    ];
    for (const [name, bytes] of bad) {
      const file = join(directory, name);
      await writeFile(file, bytes);
      const out = join(directory, `from-${name}`);
      const run = await runCli(["region", "build", "--osm", file, "--out", out, "--json"]);
      expect(run.code, name).toBe(1);
      expect(reasonIn(run.stderr), name).toBe("osm_pbf_invalid");
      await expect(readFile(join(out, "manifest.json"))).rejects.toThrow("ENOENT");
    }
  });

  it("takes the figures and the currency of the countries", async () => {
    const from = ["region", "build", "--osm", join(directory, "small.osm.pbf"), "--json"];
    const build = (out: string, country: string) =>
      runCli([...from, "--out", join(directory, out), "--country", country]);
    expect(await build("british", "IM,GB")).toMatchObject({ code: 0 });
    const manifest = await readFile(join(directory, "british", "manifest.json"), "utf8");
    expect(JSON.parse(manifest)).toMatchObject({ countries: ["IM", "GB"], currency: "GBP" });
    const ends = ["--from", at("A"), "--to", at("C"), "--json"];
    const planned = await runCli(["plan", "--region", join(directory, "british"), ...ends]);
    expect(JSON.parse(planned.stdout)).toMatchObject({ routes: [{ cost: { currency: "GBP" } }] });
    // There are no prices in francs, and those in euros are none.
    expect(reasonIn((await build("swiss", "CH")).stderr)).toBe("figure_currency_mismatch");
    expect(reasonIn((await build("nowhere", "gb")).stderr)).toBe("request_invalid");
  });

  it("reports partial elevation, and refuses it in strict mode", async () => {
    const tiles = join(directory, "tiles");
    const { mkdir } = await import("node:fs/promises");
    const osm = join(directory, "two-tiles.osm.pbf");
    // Two tiles of zoom 11 at this latitude: the road crosses their border, one tile is missing.
    const wide = networkFromAscii("A----B----C----D", {
      ways: { ABCD: {} },
      origin: [1.5, 42.5],
      gridM: 1500,
    });
    await writeFile(osm, writeOsmPbf(wide.dataset));
    const x = Math.floor(((wide.position("A")[0] + 180) / 360) * 2048);
    const latRad = (wide.position("A")[1] * Math.PI) / 180;
    const y = Math.floor((0.5 - Math.asinh(Math.tan(latRad)) / (2 * Math.PI)) * 2048);
    await mkdir(join(tiles, "11", String(x)), { recursive: true });
    const tile = writeTerrainTile({ z: 11, x, y }, (lon) => 100 + 1000 * (lon - 1.5));
    await writeFile(join(tiles, "11", String(x), `${y}.tif`), tile);
    const build = (...more: string[]) =>
      runCli([
        "region",
        "build",
        "--osm",
        osm,
        "--tiles",
        tiles,
        "--out",
        join(directory, "wide"),
        ...more,
      ]);
    const strict = await build("--strict", "--json");
    expect(strict.code).toBe(1);
    const problem = JSON.parse(strict.stderr) as {
      reasonCode: string;
      details: { observedRatio: number; missingTiles: string[] };
    };
    expect(problem.reasonCode).toBe("terrain_dem_coverage_insufficient");
    expect(problem.details.observedRatio).toBeGreaterThan(0.1);
    expect(problem.details.observedRatio).toBeLessThan(0.96);
    expect(problem.details.missingTiles).toContain(`11/${x + 1}/${y}`);
    const lenient = await build("--json");
    expect(lenient.code).toBe(0);
    const report = JSON.parse(lenient.stdout) as { voids: number; warnings: { code: string }[] };
    expect(report.voids).toBeGreaterThan(0);
    expect(report.warnings.map((warning) => warning.code)).toContain("terrain_void_on_route");
    const planned = await runCli([
      "plan",
      "--region",
      join(directory, "wide"),
      "--from",
      wide.position("A").join(","),
      "--to",
      wide.position("D").join(","),
      "--json",
    ]);
    const answer = JSON.parse(planned.stdout) as {
      routes: {
        terrain: { coverageRatio: number };
        annotations: { elevation: { elevationM: (number | null)[] } };
      }[];
      warnings: { code: string }[];
    };
    expect(answer.warnings.map((warning) => warning.code)).toContain("terrain_void_on_route");
    expect(answer.routes[0]!.terrain.coverageRatio).toBeLessThan(1);
    const heights = answer.routes[0]!.annotations.elevation.elevationM;
    expect(heights).toContain(null);
    expect(heights).not.toContain(0);
  });

  it("says so when the tiles or the file do not exist", async () => {
    const osm = join(directory, "small.osm.pbf");
    const out = join(directory, "none");
    const noTiles = await runCli([
      "region",
      "build",
      "--osm",
      osm,
      "--tiles",
      "nowhere",
      "--out",
      out,
      "--json",
    ]);
    expect(reasonIn(noTiles.stderr)).toBe("terrain_dem_asset_unavailable");
    const noFile = await runCli([
      "region",
      "build",
      "--osm",
      "nowhere.pbf",
      "--out",
      out,
      "--json",
    ]);
    expect(reasonIn(noFile.stderr)).toBe("asset_missing");
  });
});

describe("gradeway", () => {
  it("prints usage and version", async () => {
    expect((await runCli(["--help"])).stdout).toContain("plan");
    expect((await runCli(["plan", "--help"])).stdout).toContain("--epsilon");
    expect((await runCli(["--version"])).stdout.trim()).toBe("0.1.0");
    const unknown = await runCli(["fly", "--json"]);
    expect(unknown.code).toBe(1);
    expect(reasonIn(unknown.stderr)).toBe("request_invalid");
  });

  it("changes a rate", async () => {
    const args = ["region", "set-rate", "--region", region, "--id", "toll.ad-envalira"];
    const run = await runCli([...args, "--value", "12"]);
    expect(run.stdout.trim()).toBe("toll.ad-envalira: 14.2, 16.3, 20.3 -> 12 EUR/passage");
    const again = await runCli([...args, "--value", "13", "--json"]);
    expect(JSON.parse(again.stdout)).toMatchObject({ after: { value: 13 } });
    const bad = await runCli([...args, "--value", "cheap", "--json"]);
    expect(reasonIn(bad.stderr)).toBe("request_invalid");
  });
});

import { readFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { randomPairs } from "../src/random-pairs.ts";
import { openRegion } from "../src/region-under-test.ts";
import { damageRegion } from "./damaged-region.ts";
import { bench, readJson } from "./run-bench.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();

describe("bench", () => {
  it("scores a good region with exit code 0 and writes both reports", async () => {
    const out = path.join(folders.root, "score");
    const { code, stdout } = await bench("score", "--region", folders.region, "--out", out);
    expect(stdout).toContain("verdict: pass");
    expect(code).toBe(0);
    expect(await readJson(path.join(out, "report.json"))).toMatchObject({
      status: "pass",
      environment: { node: process.version },
    });
    const { results } = (await readJson(path.join(out, "report.json"))) as {
      readonly results: readonly { readonly status: string; readonly subsystem: string }[];
    };
    const statuses = Map.groupBy(results, ({ status }) => status);
    expect([...statuses.keys()].sort()).toEqual(["no_reference", "not_built", "pass"]);
    expect(statuses.get("not_built")!.map(({ subsystem }) => subsystem)).toEqual([
      "departure",
      "uncertainty",
      "scenarios",
    ]);
    expect(await readFile(path.join(out, "report.md"), "utf8")).toContain("# Scores");
    expect(await readFile(path.join(out, "report.xml"), "utf8")).toMatch(/failures="0" errors="0"/);
    expect(await readFile(path.join(out, "report.html"), "utf8")).toContain("<svg ");
  });

  it("says that a region with a damaged asset could not be measured", async () => {
    const damaged = await damageRegion(folders.region, path.join(folders.root, "damaged"));
    const out = path.join(folders.root, "damaged-reports");
    const scored = await bench("score", "--region", damaged, "--out", out);
    expect(scored.stdout).toContain("asset_hash_mismatch");
    // The other gate was measured all the same.
    expect(scored.stdout).toMatch(/fronts against brute force +100\.0/);
    expect(scored.code).toBe(2);
    const measured = await bench("benchmark", "--region", damaged, "--out", out);
    expect(measured.stderr).toContain("asset_hash_mismatch");
    expect(measured.code).toBe(2);
  });

  it("benchmarks with the asked number of trips and records what they ran on", async () => {
    const out = path.join(folders.root, "benchmark");
    const json = path.join(out, "copy.json");
    const asked = ["--pairs", "12", "--seed", "5", "--json", json, "--out", out, "--enforce"];
    const { code, stderr } = await bench("benchmark", "--region", folders.region, ...asked);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(await readJson(json)).toMatchObject({
      seed: 5,
      region: { synthetic: true },
      operations: [{ trips: 12 }, { trips: 12 }, { trips: 12 }],
      batch: { outcomes: expect.objectContaining({ length: 20 }) as object },
      // The committed baseline is of the trips of this region.
      results: expect.arrayContaining([
        expect.objectContaining({ id: "regression-route" }),
      ]) as object,
    });
  });

  it("writes the trips of a benchmark for others to drive", async () => {
    const csv = path.join(folders.root, "trips", "trips.csv");
    const asked = ["--region", folders.region, "--pairs", "12", "--seed", "5", "--csv", csv];
    expect((await bench("trips", ...asked)).code).toBe(0);
    const [head, ...rows] = (await readFile(csv, "utf8")).trimEnd().split("\n");
    expect(head).toBe("origin_lon,origin_lat,destination_lon,destination_lat");
    const { graph } = await openRegion(folders.region);
    const drawn = randomPairs(graph, 32, 5);
    // Those to warm up come first.
    const expected = [...drawn.slice(12), ...drawn.slice(0, 12)];
    expect(rows).toEqual(
      expected.map(({ origin, destination }) => [...origin, ...destination].join(",")),
    );
  });

  it("measures the pareto package and checks its results", async () => {
    const json = path.join(folders.root, "pareto.json");
    const asked = ["--points", "500", "--runs", "2", "--json", json, "--enforce"];
    const { code, stdout } = await bench("pareto", ...asked);
    expect(stdout).toMatch(/filter, plane +3 +500 +500 /);
    expect(code).toBe(0);
    const report = (await readJson(json)) as { operations: unknown[] };
    expect(report).toMatchObject({ status: "pass", environment: { node: process.version } });
    expect(report.operations).toHaveLength(12);
  });

  it.each([
    [["benchmark", "--pairs", "0"], "--pairs: expected a whole number from 1"],
    [["benchmark", "--speed", "1"], "--speed is not known here"],
    [["run-gate", "--subsystem", "nope"], "there is no subsystem nope; there are search, terrain"],
    [["run-gate", "--subsystem", "nope"], "scenarios, benchmark, latency, batch, regression"],
    [["run-gate", "--region="], "--region: there is no name"],
    [["graph-coverage", "--points", "no-such.csv"], "no-such.csv cannot be read"],
    [["score", "--subsystem", "fule"], "there is no subsystem fule; there are search, terrain"],
    [["score", "--tiles", "x"], "--control-points and --tiles go together"],
    [["score", "everything"], "everything is one word too many"],
    [["benchmark", "--region", "no-such-folder"], "asset_missing"],
    [["plan"], "region"],
    [["import", "--osm", "no.pbf", "--tiles", "no-tiles"], "--osm: there is no no.pbf"],
    [["pareto", "--points", "many"], "--points: expected a whole number from 1"],
    [["trips", "--region", "no-such-folder", "--csv", "x.csv"], "asset_missing"],
    [["terrain", "--tiles", "no-tiles"], "--tiles: there is no no-tiles"],
    [["terrain-soak", "--seconds", "1"], "--seconds: expected a whole number from 5"],
    [["terrain-accuracy", "--data", "no-data"], "--data: there is no no-data"],
    [["vecto", "--cases", "no.csv", "--cycles", "."], "no.csv"],
    [["rejoice"], "Unknown command"],
  ])("answers %j with exit code 2 and a reason", async (args, reason) => {
    const out = args[0] === "benchmark" && args.includes("--region") ? ["--out", folders.root] : [];
    const { code, stderr } = await bench(...args, ...out);
    expect(stderr).toContain(reason);
    expect(code).toBe(2);
  });

  it("explains itself", async () => {
    expect((await bench("--help")).stdout).toContain("build-assets");
    expect((await bench("benchmark", "--help")).stdout).toContain("--enforce");
  });
});

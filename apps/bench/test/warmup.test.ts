import path from "node:path";

import { runGates } from "@gradeway/quality-gates";
import { describe, expect, it } from "vitest";

import type { WarmUpResult } from "../src/warmup/run-warmup.ts";
import { warmupGates } from "../src/warmup/warmup-gates.ts";
import { bench, readJson } from "./run-bench.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();
const now = (): number => performance.now();

describe("bench warmup", () => {
  it("starts servers and finds that a restart asks for no tile again", async () => {
    const json = path.join(folders.root, "warmup.json");
    const tiles = path.join(folders.source, "geotiff");
    const asked = ["--region", folders.region, "--tiles", tiles, "--runs", "1", "--pairs", "4"];
    const { code, stdout } = await bench("warmup", ...asked, "--json", json, "--enforce");
    expect(stdout).toContain("its first strict /pareto, tiles from disk");
    expect(code).toBe(0);
    const { runs } = (await readJson(json)) as WarmUpResult;
    expect(runs).toHaveLength(1);
    const [first, again, fromDisk] = runs[0]!.tilesAsked;
    expect(first).toBeGreaterThan(0);
    expect([again, fromDisk]).toEqual([0, 0]);
    expect(Object.keys(runs[0]!.wallMs)).toHaveLength(9);
  });

  it("says when there are no tiles where it was sent", async () => {
    const tiles = path.join(folders.root, "nowhere");
    const { code, stderr } = await bench("warmup", "--region", folders.region, "--tiles", tiles);
    expect(stderr).toContain("--tiles: there is no");
    expect(code).toBe(2);
  });

  it("is red for a start that failed and for tiles that are fetched twice", async () => {
    const statuses = async (result: Pick<WarmUpResult, "runs" | "failures">) => {
      const { results } = await runGates(warmupGates(result as WarmUpResult), { now });
      return results.map(({ status }) => status);
    };
    const good = { wallMs: {}, tilesAsked: [5, 0, 0] };
    expect(await statuses({ runs: [good], failures: [] })).toEqual(["pass", "pass"]);
    expect(await statuses({ runs: [good], failures: ["no"] })).toEqual(["fail", "pass"]);
    const twice = { wallMs: {}, tilesAsked: [5, 0, 5] };
    expect(await statuses({ runs: [good, twice], failures: [] })).toEqual(["pass", "fail"]);
    const none = { wallMs: {}, tilesAsked: [0, 0, 0] };
    expect(await statuses({ runs: [none], failures: [] })).toEqual(["pass", "fail"]);
    expect(await statuses({ runs: [], failures: [] })).toEqual(["not_measured"]);
  });
});

import path from "node:path";

import { runGates } from "@gradeway/quality-gates";
import { describe, expect, it } from "vitest";

import { INVENTED_HILLS } from "../src/invented-hills.ts";
import { modelGates } from "../src/model/model-gates.ts";
import { runModel } from "../src/model/run-model.ts";
import { bench, readJson } from "./run-bench.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();
const now = (): number => performance.now();

describe("bench model", () => {
  it("builds an option of every route that is found, on real tiles", async () => {
    const json = path.join(folders.root, "model.json");
    const tiles = path.join(folders.source, "geotiff");
    const asked = ["--region", folders.region, "--tiles", tiles, "--pairs", "10", "--json", json];
    const { code, stdout, stderr } = await bench("model", ...asked, "--enforce");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toContain("0 routes dropped, 0 searches failed");
    expect(stdout).toMatch(/P95 of an option +[\d.]+ ms +2,000 ms +brief +[\d.]+ % left/);
    const report = (await readJson(json)) as { samples: number };
    expect(report.samples).toBeGreaterThan(10);
    expect(report).toMatchObject({ status: "pass", dropped: [], failures: [] });
  });

  it("is red for routes whose heights are not known, and says why", async () => {
    const ground = {
      ...INVENTED_HILLS,
      sample(lonLat: ArrayLike<number>, outM: Float64Array) {
        outM.fill(Number.NaN);
        const voids = lonLat.length / 2;
        return Promise.resolve({ sampled: 0, voids, missingTiles: [], tilesSha256: "" });
      },
    };
    const directory = folders.region;
    const run = await runModel({ directory, pairs: 4, seed: 1, ground, now, progress: () => {} });
    expect(run.samples).toBe(0);
    expect(run.dropped.length).toBeGreaterThan(0);
    const verdict = await runGates(modelGates(run, 2_000), { now });
    expect(verdict.exitCode).toBe(1);
    expect(verdict.results[0]!.failures[0]).toContain("terrain_dem_coverage_insufficient");
    // Nothing was built, so nothing can be said about how long that takes.
    expect(verdict.results[1]!.status).toBe("not_measured");
  });

  it("is red for one dropped route and for slow options", async () => {
    const directory = folders.region;
    const ground = INVENTED_HILLS;
    const run = await runModel({ directory, pairs: 4, seed: 1, ground, now, progress: () => {} });
    const statuses = async (changed: Partial<typeof run>, gateMs: number) => {
      const { results } = await runGates(modelGates({ ...run, ...changed }, gateMs), { now });
      return results.map(({ status }) => status);
    };
    expect(await statuses({}, 60_000)).toEqual(["pass", "pass"]);
    expect(await statuses({ dropped: ["r: no"] }, 60_000)).toEqual(["fail", "pass"]);
    expect(await statuses({ failures: ["no"] }, 60_000)).toEqual(["fail", "pass"]);
    expect(await statuses({}, 0)).toEqual(["pass", "fail"]);
  });
});

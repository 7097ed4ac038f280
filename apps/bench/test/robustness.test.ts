import path from "node:path";

import { runGates } from "@gradeway/quality-gates";
import { describe, expect, it } from "vitest";

import { robustnessGates } from "../src/robustness/robustness-gates.ts";
import { type RobustnessRun, runRobustness, spreadOf } from "../src/robustness/run-robustness.ts";
import { bench, readJson } from "./run-bench.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();
const now = (): number => performance.now();

describe("bench robustness", () => {
  it("shows each seed, and the spread over them", async () => {
    const json = path.join(folders.root, "robustness.json");
    const asked = ["--region", folders.region, "--pair-count", "6", "--seeds", "1,2,3"];
    const limit = ["--most-percent", "100", "--json", json, "--enforce"];
    const { code, stdout } = await bench("robustness", ...asked, ...limit);
    expect(stdout).toContain("deviation");
    expect(code).toBe(0);
    const report = (await readJson(json)) as RobustnessRun;
    expect(report.isRepeatable).toBe(true);
    expect(report.runs.map(({ seed }) => seed)).toEqual([1, 2, 3]);
    const perKm = report.runs.map(({ figures }) => figures.costPerKm);
    expect(new Set(perKm).size).toBe(3);
    expect(report.spread.costPerKm.mean).toBeCloseTo((perKm[0]! + perKm[1]! + perKm[2]!) / 3, 9);
  });

  it("is red for a wide spread, for figures that do not repeat and for failed trips", async () => {
    const options = { directory: folders.region, pairs: 5, seeds: [1, 2], now, progress: () => {} };
    const run = await runRobustness(options);
    const statuses = async (changed: Partial<RobustnessRun>, mostRelative: number) => {
      const { results } = await runGates(robustnessGates({ ...run, ...changed }, mostRelative), {
        now,
      });
      return results.map(({ status }) => status);
    };
    expect(await statuses({}, 1)).toEqual(["pass", "pass", "pass"]);
    expect(await statuses({}, 1e-6)).toEqual(["pass", "pass", "fail"]);
    expect(await statuses({ isRepeatable: false }, 1)).toEqual(["pass", "fail", "pass"]);
    const [first, second] = run.runs;
    const failed = { runs: [first!, { ...second!, failures: ["no"] }] };
    expect(await statuses(failed, 1)).toEqual(["fail", "pass", "pass"]);
    const few = { runs: [first!, { ...second!, answered: 0 }] };
    expect(await statuses(few, 1)).toEqual(["not_measured", "pass", "pass"]);
  });

  it("refuses a single seed", async () => {
    const { code, stderr } = await bench("robustness", "--seeds", "4,4");
    expect(stderr).toContain("--seeds: expected two or more different ones");
    expect(code).toBe(2);
  });
});

describe("spreadOf", () => {
  it("is the sample standard deviation", () => {
    // By hand: mean 5, squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, divided by 7.
    const { mean, deviation } = spreadOf([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(mean).toBe(5);
    expect(deviation).toBeCloseTo(Math.sqrt(32 / 7), 12);
    expect(spreadOf([1]).deviation).toBeNaN();
  });
});

import path from "node:path";

import { runGates } from "@gradeway/quality-gates";
import { describe, expect, it } from "vitest";

import { sameBytesGate } from "../src/writing/writing.ts";
import { bench, readJson } from "./run-bench.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();

describe("bench writing", () => {
  it("tells planning from writing, and finds the same bytes both ways", async () => {
    const json = path.join(folders.root, "writing.json");
    const asked = ["--region", folders.region, "--pairs", "12", "--json", json];
    const { code, stdout } = await bench("writing", ...asked);
    expect(code).toBe(0);
    expect(stdout).toMatch(/planned and written at once +\d+\.\d\d +\d+\.\d\d +\d+\.\d\d/);
    const { operations } = (await readJson(json)) as {
      readonly operations: readonly { readonly times: readonly Record<string, number>[] }[];
    };
    expect(operations).toHaveLength(3);
    for (const { times } of operations) {
      expect(times.length).toBeGreaterThan(6);
      expect(Object.values(times[0]!).every((ms) => ms > 0)).toBe(true);
    }
  });

  it("fails for one answer with other bytes, and measures nothing without answers", async () => {
    const time = { plan: 1, planData: 1, copy: 1, stringify: 1, planWritten: 1 };
    const result = { title: "", times: [time, time], bytes: [1, 1], differing: [] };
    const codeOf = async (differing: readonly string[], times = result.times): Promise<number> =>
      (await runGates([sameBytesGate([{ ...result, times, differing }])], { now: () => 0 }))
        .exitCode;
    expect(await codeOf([])).toBe(0);
    expect(await codeOf(["a trip"])).toBe(1);
    expect(await codeOf([], [])).toBe(2);
  });
});

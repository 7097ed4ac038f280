import path from "node:path";

import { runGates } from "@gradeway/quality-gates";
import { describe, expect, it } from "vitest";

import { sameAnswersGate } from "../src/batch-pareto/batch-scaling.ts";
import { damageRegion } from "./damaged-region.ts";
import { bench, readJson } from "./run-bench.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();

describe("bench batch-scaling", () => {
  it("plans the same batch on one thread and on several, with the same answers", async () => {
    const json = path.join(folders.root, "scaling.json");
    const flags = ["--pair-count", "12", "--rounds", "2", "--threads", "2", "--json", json];
    const { code, stdout } = await bench("batch-scaling", "--region", folders.region, ...flags);
    expect(code).toBe(0);
    expect(stdout).toContain("0 errors");
    expect(stdout).toMatch(/fastest of each side +\d+ ms +\d+ ms +\d/);
    const report = (await readJson(json)) as { readonly rounds: readonly object[] };
    expect(report).toMatchObject({ status: "pass", threads: 2, pairCount: 12, isSame: true });
    expect(stdout).toMatch(/fixed work beside it, fastest +\d+ ms +\d+ ms +\d/);
    expect(report.rounds).toHaveLength(2);
  });

  it("measures nothing over a region that is damaged, or with one thread on both sides", async () => {
    const region = await damageRegion(folders.region, path.join(folders.root, "damaged"));
    const damaged = await bench("batch-scaling", "--region", region);
    expect(damaged.code).toBe(2);
    expect(damaged.stderr).toContain("asset_hash_mismatch");
    expect((await bench("batch-scaling", "--threads", "1")).code).toBe(2);
  });

  it("fails where the threads answer differently", async () => {
    const gates = [true, false].map((isSame) => sameAnswersGate({ isSame, rounds: [] }));
    const now = (): number => 0;
    expect((await runGates(gates.slice(0, 1), { now })).exitCode).toBe(0);
    expect((await runGates(gates.slice(1), { now })).exitCode).toBe(1);
  });
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { etaBands, etaDrift, etaErrors, type EtaRow } from "../src/eta-drift/eta-errors.ts";
import { bench, readJson } from "./run-bench.ts";

const DAY_MS = 86_400_000;

function rowOf(predictedS: number, observedS: number, day?: number, band?: string): EtaRow {
  return { predictedS, observedS, atMs: day === undefined ? undefined : day * DAY_MS, band };
}

describe("etaErrors", () => {
  it("has the figures that pencil and paper have", () => {
    // Errors 10, -30, 0, 40: mean 5, absolute 20, squares (100 + 900 + 0 + 1600) / 4 = 650.
    const rows = [rowOf(110, 100), rowOf(270, 300), rowOf(200, 200), rowOf(440, 400)];
    const { rmseS, ...errors } = etaErrors(rows);
    expect(errors).toEqual({
      count: 4,
      biasS: 5,
      biasPercent: 2.5,
      maeS: 20,
      mapePercent: 7.5,
      p95S: 40,
      maxS: 40,
    });
    expect(rmseS).toBeCloseTo(Math.sqrt(650), 12);
  });

  it("groups by duration, or by the band that a row names", () => {
    const rows = [rowOf(1, 600), rowOf(1, 7_200), rowOf(1, 1_799), rowOf(1, 60, 0, "town")];
    const names = [...etaBands(rows)].map(([name, group]) => `${name}: ${group.length}`);
    expect(names).toEqual(["town: 1", "0 to 15 min: 1", "15 to 30 min: 1", "from 120 min: 1"]);
  });
});

describe("etaDrift", () => {
  it("finds the slope that rows were made with, and none in level ones", () => {
    // 0.1 points a day: 3 points per 30 days, exactly on a line.
    const rising = Array.from({ length: 60 }, (_, day) =>
      rowOf(1_000 * (1 + day / 1_000), 1_000, day),
    );
    const drift = etaDrift(rising)!;
    expect(drift.slope).toBeCloseTo(3, 9);
    expect(drift.margin).toBeCloseTo(0, 6);
    // Alternating errors of one tenth: the slope is small beside its margin.
    const level = Array.from({ length: 60 }, (_, day) =>
      rowOf(day % 2 === 0 ? 1_100 : 900, 1_000, day),
    );
    const { slope, margin } = etaDrift(level)!;
    expect(Math.abs(slope)).toBeLessThan(margin);
    // Textbook interval, summed the long way: 1.96 * sqrt(residuals / (n - 2) / spread of x).
    const xs = level.map((_, day) => day / 30);
    const centre = 59 / 60;
    const spread = xs.reduce((sum, x) => sum + (x - centre) ** 2, 0);
    const rest = level.reduce((sum, row, k) => {
      const y = (row.predictedS - 1_000) / 10;
      return sum + (y - slope * (xs[k]! - centre)) ** 2;
    }, 0);
    expect(margin).toBeCloseTo(1.96 * Math.sqrt(rest / 58 / spread), 9);
  });

  it("says nothing of too few rows, or of one moment", () => {
    const few = Array.from({ length: 29 }, (_, day) => rowOf(1, 1, day));
    expect(etaDrift(few)).toBeUndefined();
    expect(etaDrift(Array.from({ length: 40 }, () => rowOf(1, 1, 5)))).toBeUndefined();
  });
});

describe("bench eta-drift", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "gradeway-eta-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** One row a day; predictions are off by the given share of an hour. */
  async function csvOf(name: string, shareOn: (day: number) => number): Promise<string> {
    const lines = Array.from({ length: 90 }, (_, day) => {
      const at = new Date(Date.UTC(2026, 0, 1) + day * DAY_MS).toISOString();
      return `${at},${(3_600 * (1 + shareOn(day))).toFixed(3)},3600`;
    });
    const file = path.join(folder, `${name}.csv`);
    await writeFile(file, `at,predicted_eta_s,observed_eta_s\n${lines.join("\n")}\n`);
    return file;
  }

  it("passes predictions that are near, and fails those that are off or that drift", async () => {
    const near = await csvOf("near", (day) => (day % 2 === 0 ? 0.01 : -0.01));
    const json = path.join(folder, "near.json");
    const good = await bench("eta-drift", "--input-csv", near, "--json", json, "--enforce");
    expect(good.code).toBe(0);
    expect(good.stdout).toMatch(/2026-01 +31 /);
    expect(await readJson(json)).toMatchObject({
      status: "pass",
      inputSha256: expect.stringMatching(/^\w{64}$/),
      errors: { count: 90 },
    });
    // From -4.5 to +4.5 %: no bias, every error small, and yet it drifts.
    const drifting = await csvOf("drifting", (day) => (day - 44.5) / 1_000);
    const bad = await bench("eta-drift", "--input-csv", drifting, "--enforce");
    expect(bad.code).toBe(1);
    expect(bad.stdout).toMatch(/drift of the relative error +[\d.]+ +100\.0 +FAIL/);
    expect(bad.stdout).toMatch(/bias +100\.0 +100\.0 +pass/);
    const reported = await bench("eta-drift", "--input-csv", drifting);
    expect(reported.code).toBe(0);
    const biased = await csvOf("biased", () => 0.08);
    const { stdout } = await bench("eta-drift", "--input-csv", biased);
    expect(stdout).toMatch(/mean absolute error +[\d.]+ +100\.0 +FAIL/);
    expect(stdout).toMatch(/bias +[\d.]+ +100\.0 +FAIL/);
  });

  it("names the row that it cannot read", async () => {
    const file = path.join(folder, "broken.csv");
    await writeFile(file, "predicted_eta_s,observed_eta_s\n100,100\n100,soon\n");
    const { code, stderr } = await bench("eta-drift", "--input-csv", file);
    expect(stderr).toContain("line 3: observed_eta_s is soon");
    expect(code).toBe(2);
  });
});

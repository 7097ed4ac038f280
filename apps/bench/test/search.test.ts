import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { runGates } from "@gradeway/quality-gates";
import { compilerVersion } from "@gradeway/peers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { readDimacsNetwork } from "../src/hierarchy/dimacs-network.ts";
import type { MeasuredNetwork } from "../src/hierarchy/measured-network.ts";
import { dimacsGates, isWrong } from "../src/search/dimacs-gates.ts";
import { coversWithin } from "../src/search/epsilon-fronts.ts";
import { withFreightCosts } from "../src/search/freight-costs.ts";
import { valueNoise } from "../src/search/value-noise.ts";
import type { DimacsResult } from "../src/search/run-dimacs.ts";
import { writeDimacsGrid } from "./dimacs-folder.ts";
import { bench, readJson } from "./run-bench.ts";
import { useSampleRegion } from "./sample-region.ts";

const NO_COMPILER = ["--compiler", "no-such-compiler"];
const PAIRS = [
  [1, 5],
  [10, 130],
  [400, 203],
  [27, 27],
] as const;
const sample = useSampleRegion();
let folder = "";
let rows: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "gradeway-dimacs-"));
  await writeDimacsGrid(folder, (distance) => 12 - distance);
  const network = await readDimacsNetwork(folder);
  rows = PAIRS.map(
    ([source, target]) => `${source},${target},${frontSize(network, source - 1, target - 1)},0.01`,
  );
  await writeFronts("three-objective-fronts.csv", rows);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function writeFronts(name: string, lines: readonly string[]): Promise<string> {
  const file = path.join(folder, name);
  const head = "source_node,target_node,front_size,reference_time_s";
  await writeFile(file, `${[head, ...lines].join("\n")}\n`);
  return file;
}

/** Size of an exact front by correcting labels until nothing changes. */
function frontSize({ shape, costs }: MeasuredNetwork, source: number, target: number): number {
  const { nodeCount, tails, heads } = shape;
  const outgoing = Array.from({ length: nodeCount }, (): number[] => []);
  for (let arc = 0; arc < tails.length; arc++) outgoing[tails[arc]!]!.push(arc);
  const fronts = Array.from({ length: nodeCount }, (): number[][] => []);
  fronts[source] = [[0, 0, 0]];
  const waiting = [source];
  for (let node = waiting.shift(); node !== undefined; node = waiting.shift()) {
    for (const arc of outgoing[node]!) {
      const front = fronts[heads[arc]!]!;
      for (const label of fronts[node]!) {
        const next = label.map((cost, k) => cost + costs[arc * 3 + k]!);
        if (front.some((other) => other.every((cost, k) => cost <= next[k]!))) continue;
        const kept = front.filter((other) => !next.every((cost, k) => cost <= other[k]!));
        front.splice(0, front.length, ...kept, next);
        if (!waiting.includes(heads[arc]!)) waiting.push(heads[arc]!);
      }
    }
  }
  return fronts[target]!.length;
}

describe("bench search --dimacs", () => {
  it("solves a table beside the yardstick and writes a report", async () => {
    const json = path.join(folder, "report.json");
    const hasCompiler = (await compilerVersion()) !== undefined;
    const { code, stdout } = await bench("search", "--dimacs", folder, "--json", json);
    expect(stdout).toContain("400 nodes, 1520 arcs");
    if (!hasCompiler) expect(stdout).toContain("The yardstick needs a C++20 compiler");
    expect(code).toBe(0);
    const sizes = rows.map((row) => Number(row.split(",")[2]));
    expect(Math.max(...sizes)).toBeGreaterThan(3);
    expect(await readJson(json)).toMatchObject({
      exact: sizes.map((size) => ({
        status: "complete",
        size,
        epsilon: 0,
        yardstickSize: hasCompiler ? size : null,
      })),
      differing: [],
      totals: { pairs: PAIRS.length, unsolved: 0 },
      fronts: [
        { title: "time, distance, hops", epsilon: 0.05, checked: 4, violations: 0 },
        { title: "time, distance, hops", epsilon: 0.01, checked: 4, violations: 0 },
        { title: "time, money, CO2e", epsilon: 0.05, checked: 2, violations: 0 },
        { title: "time, money, CO2e", epsilon: 0.01, checked: 2, violations: 0 },
      ],
    });
  });

  it("fails on a front of another size, also without --enforce", async () => {
    const [source, target, size] = rows[1]!.split(",");
    const wrong = await writeFronts("wrong.csv", [`${source},${target},${Number(size) + 1},1`]);
    for (const enforce of [[], ["--enforce"]]) {
      const asked = ["--dimacs", folder, "--fronts", wrong, ...NO_COMPILER, ...enforce];
      const { code, stdout } = await bench("search", ...asked);
      expect(stdout).toContain(`${size} vectors, the table says ${Number(size) + 1}`);
      expect(code).toBe(1);
    }
  });

  it("works without a compiler, and says why --enforce fails then", async () => {
    const asked = ["search", "--dimacs", folder, "--limit", "2", ...NO_COMPILER];
    const { code, stdout } = await bench(...asked);
    expect(stdout).toContain("there is no no-such-compiler");
    expect(stdout).toContain("first 2 pairs");
    expect(code).toBe(0);
    expect((await bench(...asked, "--enforce")).code).toBe(1);
  });

  it.each([
    [[], "give either --dimacs or --region"],
    [["--dimacs", "no-such-folder"], "--fronts: no-such-folder"],
    [["--region", "no-such-folder"], "asset_missing"],
    [["--dimacs", "x", "--limit", "0"], "--fronts"],
    [["--dimacs", "x", "--yardstick", "list"], "--yardstick: staircase or array"],
  ])("answers %j with exit code 2 and a reason", async (args, reason) => {
    const { code, stderr } = await bench("search", ...args);
    expect(stderr).toContain(reason);
    expect(code).toBe(2);
  });

  it("has a gate for each thing that can go wrong", async () => {
    const pair = { source: 1, target: 2, frontSize: 1, referenceTimeS: 1 };
    const front = { title: "", epsilon: 0.01, checked: 1, violations: 0, unfinished: 0 };
    const good = {
      exact: [{ pair, status: "complete", epsilon: 0 }],
      totals: { pairs: 1, unsolved: 0, cpuS: 1, wallS: 1, yardstickS: 2 },
      differing: [],
      missing: undefined,
      fronts: [{ ...front, worstFactor: 1, cpuMs: { p95: 50 } }],
    } as unknown as DimacsResult;
    const failed = async (changes: object): Promise<string[]> => {
      const verdict = await runGates(dimacsGates({ ...good, ...changes }), { now: () => 0 });
      return verdict.results.filter(({ status }) => status !== "pass").map(({ id }) => id);
    };
    const [known] = good.fronts;
    expect(await failed({})).toEqual([]);
    expect(await failed({ differing: ["1 -> 2"] })).toEqual(["search-front-sizes"]);
    expect(await failed({ exact: [{ ...good.exact[0]!, epsilon: 0.01 }] })).toEqual([
      "search-front-sizes",
      "search-finished",
    ]);
    expect(await failed({ totals: { ...good.totals, cpuS: 1.01 } })).toEqual(["search-yardstick"]);
    expect(await failed({ totals: { ...good.totals, yardstickS: Number.NaN } })).toEqual([
      "search-yardstick",
    ]);
    expect(await failed({ missing: "no compiler" })).toEqual(["search-yardstick"]);
    expect(await failed({ fronts: [{ ...known, unfinished: 1 }] })).toEqual(["search-finished"]);
    expect(await failed({ fronts: [{ ...known, violations: 1 }] })).toEqual(["search-coverage"]);
    expect(await failed({ fronts: [{ ...known, checked: 0 }] })).toEqual(["search-coverage"]);
    expect(await failed({ fronts: [{ ...known, cpuMs: { p95: 51 } }] })).toEqual([
      "search-freight",
    ]);
    expect(isWrong(good)).toBe(false);
    expect(isWrong({ ...good, differing: ["1 -> 2"] })).toBe(true);
    expect(isWrong({ ...good, fronts: [{ ...known!, violations: 1 }] })).toBe(true);
  });
});

describe("what bench search measures with", () => {
  it("invents the same freight costs for a seed, all of them at odds", async () => {
    const network = await readDimacsNetwork(folder);
    const { costs, metricNames } = withFreightCosts(network, 1);
    expect(metricNames).toEqual(["time", "money", "CO2e"]);
    expect(costs).toEqual(withFreightCosts(network, 1).costs);
    expect(costs).not.toEqual(withFreightCosts(network, 2).costs);
    expect(Math.min(...costs)).toBeGreaterThan(0);
  });

  it("draws hills that are smooth, as high as asked for, and different for each seed", () => {
    const count = 20_000;
    const eastM = Float64Array.from({ length: count }, (_, place) => place * 7 - 60_000);
    const northM = eastM.map((metres) => metres / 3 + 11);
    const octaves = [
      { spacingM: 4_000, reliefM: 80 },
      { spacingM: 1_000, reliefM: 20 },
    ];
    const heightM = valueNoise(eastM, northM, octaves, 5);
    expect(Math.max(...heightM)).toBeLessThanOrEqual(50);
    expect(Math.min(...heightM)).toBeGreaterThanOrEqual(-50);
    expect(Math.max(...heightM) - Math.min(...heightM)).toBeGreaterThan(60);
    // A step of 7.4 m; between two corners the blend is at most 1.5 times as steep as a line.
    const steepest = 1.5 * (80 / 4_000 + 20 / 1_000) * Math.SQRT2;
    for (let place = 1; place < count; place++) {
      const riseM = Math.abs(heightM[place]! - heightM[place - 1]!);
      expect(riseM).toBeLessThan(7.4 * steepest);
    }
    expect(valueNoise(eastM, northM, octaves, 6)).not.toEqual(heightM);
    expect(valueNoise(eastM, northM, octaves, 5)).toEqual(heightM);
  });

  it("sees a front that leaves a route out", () => {
    const exact = Int32Array.of(100, 100, 100, 90, 120, 100);
    expect(coversWithin(exact, exact, 0)).toBe(true);
    expect(coversWithin(exact, Int32Array.of(101, 101, 101, 90, 120, 100), 0.01)).toBe(true);
    expect(coversWithin(exact, Int32Array.of(101, 102, 101, 90, 120, 100), 0.01)).toBe(false);
    expect(coversWithin(exact, Int32Array.of(100, 100, 100), 0.05)).toBe(false);
  });
});

describe("bench search --region", () => {
  it("measures a region and its copies by distance, with both kinds of bounds", async () => {
    const json = path.join(folder, "region.json");
    const asked = ["--region", sample.region, "--pairs", "20", "--copies", "2", "--json", json];
    const { code, stdout } = await bench("search", ...asked);
    expect(stdout).toContain("fronts compared: 0 differences");
    expect(stdout).toContain("growth with the number of nodes");
    expect(code).toBe(0);
    expect(await readJson(json)).toMatchObject({ differences: 0, networks: [{}, {}] });
  });
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { runGates } from "@gradeway/quality-gates";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { inTurn } from "../src/gate/benchmark-turn.ts";
import { lockInput, readGateLock } from "../src/gate/gate-lock.ts";
import { gently } from "../src/gate/gently.ts";
import { BENCHMARK_SUBSYSTEMS, gatesOf } from "../src/gate/stage-gates.ts";
import { REPOSITORY } from "../src/output-paths.ts";
import { type Baseline, readBaseline, regressionGates } from "../src/regression/baseline.ts";
import { createCalibrationKernel } from "../src/regression/calibration-kernel.ts";
import { scoreGates } from "../src/score/score-gates.ts";
import { bench } from "./run-bench.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "gradeway-gate-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the lock of a gate", () => {
  it("changes with every byte, name and file of a folder, and with nothing else", async () => {
    const region = path.join(folder, "region");
    await mkdir(path.join(region, "assets"), { recursive: true });
    const write = (name: string, text: string) => writeFile(path.join(region, name), text);
    await write("manifest.json", "{}");
    await write("assets/a.bin", "1");
    const { sha256 } = await lockInput(region);
    expect((await lockInput(region)).sha256).toBe(sha256);
    await write("assets/a.bin", "2");
    const changed = (await lockInput(region)).sha256;
    await write("assets/b.bin", "");
    const added = (await lockInput(region)).sha256;
    expect(new Set([sha256, changed, added]).size).toBe(3);
    await rm(path.join(region, "assets/b.bin"));
    await write("assets/a.bin", "1");
    expect((await lockInput(region)).sha256).toBe(sha256);
  });

  it("counts for nothing unless the environment names it", async () => {
    expect(await readGateLock({})).toEqual({});
    expect(await readGateLock({ GRADEWAY_GATE_LOCK: "" })).toEqual({});
    await expect(readGateLock({ GRADEWAY_GATE_LOCK: "0".repeat(64) })).rejects.toThrow();
  });

  it("is an input of every task that is cached", async () => {
    const text = await readFile(path.join(REPOSITORY, "turbo.json"), "utf8");
    const { tasks } = JSON.parse(text) as {
      readonly tasks: Readonly<
        Record<string, { inputs?: string[]; env?: string[]; cache?: boolean }>
      >;
    };
    for (const name of ["build-assets", "score", "benchmark", "gate"]) {
      const task = tasks[name]!;
      expect(task.env).toEqual(["GRADEWAY_GATE_LOCK"]);
      if (task.cache !== false) expect(task.inputs).toContain("$TURBO_ROOT$/out/gate/lock.json");
    }
    expect([tasks["benchmark"]!.cache, tasks["gate"]!.cache]).toEqual([false, false]);
  });
});

describe("subsystems", () => {
  const list = scoreGates({ regionDirectory: "nowhere" });

  it("are chosen one by one, and none is in both stages", () => {
    const scored = new Set([...list.gates, ...list.absent].map(({ subsystem }) => subsystem));
    for (const subsystem of scored) {
      expect(BENCHMARK_SUBSYSTEMS).not.toContain(subsystem);
      expect(gatesOf(list, subsystem).gates.every((gate) => gate.subsystem === subsystem)).toBe(
        true,
      );
    }
    expect(gatesOf(list, undefined)).toBe(list);
    expect(() => gatesOf(list, "fule")).toThrow(/there is no subsystem fule/);
  });

  it("say what is compared with nothing", () => {
    const absent = list.absent.map(({ id, status }) => [id, status]);
    expect(absent).toContainEqual(["vecto-cases", "no_reference"]);
    expect(absent).toContainEqual(["clock", "not_built"]);
    const given = scoreGates({ regionDirectory: "nowhere", dataDirectory: "data" });
    expect(given.gates.map(({ id }) => id)).toContain("vecto-cases");
  });
});

describe("a benchmark's turn", () => {
  const noWait = (): void => expect.unreachable("nobody else measures");

  it("is taken by one at a time", async () => {
    const file = path.join(folder, "turn");
    const told: number[] = [];
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running--;
    };
    const waiting = (pid: number): void => void told.push(pid);
    await Promise.all([1, 2, 3].map(() => inTurn({ waiting, file }, work)));
    expect(most).toBe(1);
    expect(new Set(told)).toEqual(new Set([process.pid]));
  });

  it("passes from a process that is gone, and from one that failed", async () => {
    const file = path.join(folder, "dead");
    // No process has this number: the largest of Linux is 2^22.
    await writeFile(file, String(2 ** 22 + 1));
    const failing = inTurn({ waiting: noWait, file }, async () => {
      throw new Error("failed");
    });
    await expect(failing).rejects.toThrow("failed");
    expect(await inTurn({ waiting: noWait, file }, async () => "measured")).toBe("measured");
  });

  it("is not waited for without end", async () => {
    const file = path.join(folder, "held");
    await writeFile(file, String(process.pid));
    const asked = inTurn({ waiting: () => undefined, file, mostMs: 0 }, async () => "measured");
    await expect(asked).rejects.toThrow(/does not end/);
  });

  it("is waited for by commands that take times, and only by them", async () => {
    const TMPDIR = await mkdtemp(path.join(folder, "turns-"));
    const other = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"]);
    await writeFile(path.join(TMPDIR, "gradeway-benchmark.pid"), String(other.pid));
    const main = path.join(REPOSITORY, "apps/bench/src/main.ts");
    const start = (...args: string[]) => {
      const run = spawn(process.execPath, ["--conditions=@gradeway/source", main, ...args], {
        env: { ...process.env, TMPDIR },
      });
      let told = "";
      run.stderr.on("data", (text) => {
        told += String(text);
        // The other benchmark ends as soon as it is waited for.
        if (told.includes("Waiting for")) other.kill();
      });
      return once(run, "close").then(([code]) => ({ code: code as number, told }));
    };
    try {
      const untimed = await start("eta-drift", "--strange");
      expect(untimed).toMatchObject({ code: 2, told: expect.not.stringContaining("Waiting") });
      const timed = await start("pareto", "--strange");
      expect(timed.code).toBe(2);
      expect(timed.told).toContain(`Waiting for the benchmark of process ${other.pid}`);
      expect(timed.told).toContain("--strange is not known");
    } finally {
      other.kill();
    }
  });
});

describe("a gentle command", () => {
  it("ends with the command itself", async () => {
    const command = await gently(["turbo", "run", "gate"]);
    expect(command.slice(-3)).toEqual(["turbo", "run", "gate"]);
    for (const program of command.slice(0, -3)) {
      expect(program).toMatch(/^(nice|taskset|-n|-c|\d+)$/);
    }
  });
});

describe("baselines", () => {
  const ratios = Array.from({ length: 60 }, (_, trip) => 0.5 + trip / 100);
  const tripsSha256 = "ab".repeat(32);
  const measured = (factor: number) => ({
    tripsSha256,
    kernelMs: 0.4,
    series: [{ operation: "route", ratios: ratios.map((ratio) => factor * ratio) }] as const,
  });
  const baseline: Baseline = {
    region: "r",
    seed: 1,
    pairs: 60,
    tripsSha256,
    commit: null,
    series: measured(1).series,
  };
  const judge = async (factor: number) => {
    const { gates } = regressionGates(measured(factor), baseline);
    return (await runGates(gates, { now: () => 0 })).results[0]!;
  };

  it("let a little noise pass, and nothing three times as slow", async () => {
    expect(await judge(1)).toMatchObject({ status: "pass", facts: { observed: 1 } });
    expect(await judge(1.5)).toMatchObject({ status: "pass" });
    expect(await judge(3)).toMatchObject({ status: "fail" });
  });

  it("are not measured over a few trips, and not there for a region without one", async () => {
    const few = { ...measured(1), series: [{ operation: "route" as const, ratios: [1, 1] }] };
    const { gates } = regressionGates(few, baseline);
    expect((await runGates(gates, { now: () => 0 })).status).toBe("not_measured");
    const { absent } = regressionGates(measured(1), undefined);
    expect(absent).toMatchObject([{ id: "regression", status: "no_reference" }]);
    expect(await readBaseline("nowhere")).toBeUndefined();
  });

  it("are of the same trips or of none: a region whose roads have changed has no baseline", async () => {
    const elsewhere = { ...measured(3), tripsSha256: "cd".repeat(32) };
    const { gates, absent } = regressionGates(elsewhere, baseline);
    expect(gates).toEqual([]);
    expect(absent).toMatchObject([
      { status: "no_reference", reason: expect.stringContaining("other trips") as string },
    ]);
  });

  it.each(["Gradewayshire (synthetic)", "andorra-2025-01-18", "rhein-neckar-2016-12-15"])(
    "of %s are committed with every operation",
    async (region) => {
      const committed = await readBaseline(region);
      expect(committed!.series.map(({ operation }) => operation)).toEqual([
        "route",
        "pareto-1pct",
        "pareto-exact",
      ]);
      for (const series of committed!.series) expect(series.ratios.length).toBeGreaterThan(40);
    },
  );

  it("rest on a kernel that does the same every time", () => {
    const kernel = createCalibrationKernel();
    const sum = kernel();
    expect(sum).toBeGreaterThan(0);
    expect([kernel(), createCalibrationKernel()()]).toEqual([sum, sum]);
  });

  it("are compared by bench compare", async () => {
    const file = async (name: string, factor: number): Promise<string> => {
      const at = path.join(folder, name);
      await writeFile(at, JSON.stringify(measured(factor)));
      return at;
    };
    const before = await file("a.json", 1);
    const slower = await bench("compare", before, await file("b.json", 3), "--enforce");
    expect(slower.stdout).toMatch(/route +3\.000 +2\.\d+ to 3\.\d+ +[01]\.\d+ +slower/);
    expect(slower.code).toBe(1);
    const same = await bench("compare", before, before, "--enforce");
    expect(same.stdout).toContain("no clear difference");
    expect(same.code).toBe(0);
    const none = await bench("compare", before, path.join(folder, "c.json"));
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("c.json")]);
  });
});

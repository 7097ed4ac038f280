import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { type GateResult, runGates, type Verdict } from "@gradeway/quality-gates";
import { buildSampleRegion } from "@gradeway/sample-region";

import { benchmarkGates } from "../benchmark-gates.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { REPOSITORY } from "../output-paths.ts";
import { readBaseline, regressionGates } from "../regression/baseline.ts";
import { runBenchmark } from "../run-benchmark.ts";
import { scoreGates } from "../score/score-gates.ts";
import { reportFiles } from "../write-report.ts";
import type { Fault } from "./faults.ts";

const PAIRS = 40;
const SEED = 20_260_212;

/** What the gate came to with a fault. */
export type FaultVerdict = Pick<Verdict, "exitCode" | "results">;

/** Gates with a fault in place, on the sample region. */
export async function provokeFault(fault: Fault, sampleRegion: string): Promise<FaultVerdict> {
  switch (fault.kind) {
    case "assets":
      return scoreTampered(fault.subsystem, fault.tables);
    case "sampler":
      return scoreWith(sampleRegion, fault.gate, { wrapSampler: fault.wrap });
    case "front":
      return scoreWith(sampleRegion, fault.gate, { wrapPlanner: fault.wrap });
    case "planner":
    default:
      return benchmarkWith(sampleRegion, fault.wrap);
  }
}

/** Builds a region with other tables and scores it as a user would: in a process of its own. */
async function scoreTampered(
  subsystem: string,
  tables: Parameters<typeof buildSampleRegion>[3],
): Promise<FaultVerdict> {
  const folder = await mkdtemp(path.join(tmpdir(), "gradeway-selftest-"));
  try {
    const region = path.join(folder, "region");
    const out = path.join(folder, "report");
    await buildSampleRegion(path.join(folder, "source"), region, {}, tables);
    const exitCode = await bench(
      "score",
      "--region",
      region,
      "--subsystem",
      subsystem,
      "--out",
      out,
    );
    const text = await readFile(reportFiles(out).json, "utf8");
    const { results } = JSON.parse(text) as { readonly results: readonly GateResult[] };
    return { exitCode, results };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Exit code of a command of this program. */
function bench(...args: string[]): Promise<FaultVerdict["exitCode"]> {
  const main = path.join(REPOSITORY, "apps/bench/src/main.ts");
  return new Promise((resolve) => {
    execFile(process.execPath, ["--conditions=@gradeway/source", main, ...args], (error) =>
      resolve(error === null ? 0 : error.code === 1 ? 1 : 2),
    );
  });
}

async function scoreWith(
  regionDirectory: string,
  gate: string,
  ports: Omit<Parameters<typeof scoreGates>[0], "regionDirectory">,
): Promise<FaultVerdict> {
  const { gates } = scoreGates({ regionDirectory, ...ports });
  return runGates(
    gates.filter(({ id }) => id === gate),
    { now: monotonicMs },
  );
}

async function benchmarkWith(
  directory: string,
  wrap: NonNullable<Parameters<typeof runBenchmark>[0]["wrap"]>,
): Promise<FaultVerdict> {
  const result = await runBenchmark({
    directory,
    pairs: PAIRS,
    seed: SEED,
    now: monotonicMs,
    progress: () => undefined,
    wrap,
  });
  const baseline = await readBaseline(result.region.name);
  const { gates, absent } = regressionGates(result.ratios, baseline);
  return runGates([...benchmarkGates(result.operations), ...gates], { now: monotonicMs, absent });
}

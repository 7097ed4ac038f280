import { runGates, verdictJson, verdictText } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { batchGates } from "./batch-pareto/batch-gates.ts";
import { countsText } from "./batch-pareto/batch-text.ts";
import { runSmallBatch } from "./batch-pareto/small-batch.ts";
import { benchmarkGates } from "./benchmark-gates.ts";
import { inTurn } from "./gate/benchmark-turn.ts";
import { readGateLock } from "./gate/gate-lock.ts";
import { BENCHMARK_SUBSYSTEMS, gatesOf, passOver } from "./gate/stage-gates.ts";
import { operationsTable, regionText, withoutRouteText } from "./benchmark-text.ts";
import { parseCount, refuseUnknown } from "./command-arguments.ts";
import { describeEnvironment } from "./environment.ts";
import { monotonicMs } from "./monotonic-clock.ts";
import { GATE_PATHS, shownPath } from "./output-paths.ts";
import { createProgressLine } from "./progress-line.ts";
import { runBenchmark } from "./run-benchmark.ts";
import { readBaseline, regressionGates } from "./regression/baseline.ts";
import { beginReport, writeDocument, writeReport } from "./write-report.ts";

const args = {
  region: { type: "string", valueHint: "DIR", description: "Region; default the sample region" },
  pairs: { type: "string", default: "100", description: "Random trips" },
  seed: { type: "string", default: "20260212", description: "Seed of the trips" },
  out: { type: "string", valueHint: "DIR", description: "Reports; default out/gate/benchmark" },
  json: { type: "string", valueHint: "FILE", description: "Also write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a budget is exceeded" },
} as const;

/** `bench benchmark` */
export const benchmark = defineCommand({
  meta: { name: "bench benchmark", description: "Measure latencies on random trips" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const pairs = parseCount("pairs", given.pairs, 1);
    const seed = parseCount("seed", given.seed, 0);
    const files = await beginReport(given.out ?? GATE_PATHS.benchmark);
    const now = monotonicMs;
    const line = createProgressLine(process.stderr, now);
    const lock = await readGateLock(process.env);
    const { subsystem } = lock;
    if (subsystem !== undefined && !BENCHMARK_SUBSYSTEMS.includes(subsystem)) {
      return passOver(files, "Benchmark", subsystem);
    }
    const directory = given.region ?? lock.region?.path ?? GATE_PATHS.region;
    const progress = (text: string): void => line.update(text);
    const waiting = (pid: number): void => progress(`waiting for the benchmark of ${pid}`);
    const { result, batch } = await inTurn({ waiting }, async () => ({
      result: await runBenchmark({ directory, pairs, seed, now, progress }),
      batch: await runSmallBatch(directory, seed, progress),
    }));
    line.clear();
    const baseline = await readBaseline(result.region.name);
    const regression = regressionGates(result.ratios, baseline);
    const list = {
      gates: [...benchmarkGates(result.operations), ...batchGates(batch), ...regression.gates],
      absent: regression.absent,
    };
    const { gates, absent } = gatesOf(list, lock.subsystem);
    const verdict = await runGates(gates, { now, absent });
    const environment = await describeEnvironment();
    const measuredAt = new Date().toISOString();
    const context = { measuredAt, environment, ...result, ...result.ratios, batch };
    const table = operationsTable(result.operations);
    const text = [
      regionText(result.region),
      table,
      withoutRouteText(result.operations),
      `a batch through the application: ${countsText(batch.outcomes)}`,
    ].join("\n\n");
    await writeReport(files, "Benchmark", verdict, context, `\n\`\`\`\n${text}\n\`\`\`\n`);
    if (given.json !== undefined) await writeDocument(given.json, verdictJson(verdict, context));
    console.log(`${text}\n\n${verdictText(verdict)}\nreport: ${shownPath(files.markdown)}`);
    // Without --enforce a budget is only reported; what failed or could not be measured is never hidden.
    const hasFailed =
      result.operations.some(({ failures }) => failures.length > 0) ||
      batch.outcomes.some(({ status }) => status === "error");
    const exitCode = hasFailed ? 1 : 0;
    process.exitCode = given.enforce || verdict.exitCode === 2 ? verdict.exitCode : exitCode;
  },
});

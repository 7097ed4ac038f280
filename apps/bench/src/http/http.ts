import { runGates, verdictJson, verdictText } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { benchmarkGates } from "../benchmark-gates.ts";
import { parseCount, refuseUnknown } from "../command-arguments.ts";
import { describeEnvironment } from "../environment.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { GATE_PATHS } from "../output-paths.ts";
import { createProgressLine } from "../progress-line.ts";
import { writeDocument } from "../write-report.ts";
import { budgetsOf, httpText } from "./http-text.ts";
import { runHttp } from "./run-http.ts";

const args = {
  region: { type: "string", valueHint: "DIR", description: "Region; default the sample region" },
  pairs: { type: "string", default: "200", description: "Random trips per operation" },
  "warm-up": { type: "string", default: "500", description: "Other trips before these" },
  seed: { type: "string", default: "20260212", description: "Seed of the trips" },
  threads: { type: "string", default: "1", description: "Threads of the server that plan" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a budget is exceeded" },
} as const;

/** `bench http` */
export const httpCommand = defineCommand({
  meta: {
    name: "bench http",
    description: "Measure warm requests to a server in another process",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const now = monotonicMs;
    const line = createProgressLine(process.stderr, now);
    const result = await runHttp({
      directory: given.region ?? GATE_PATHS.region,
      pairs: parseCount("pairs", given.pairs, 1),
      warmUp: parseCount("warm-up", given["warm-up"], 0),
      seed: parseCount("seed", given.seed, 0),
      threads: parseCount("threads", given.threads, 1),
      now,
      progress: (text) => line.update(text),
    });
    line.clear();
    const { operations } = result;
    const verdict = await runGates(benchmarkGates(operations), { now });
    if (given.json !== undefined) {
      const environment = await describeEnvironment();
      const measuredAt = new Date().toISOString();
      const budgets = operations.flatMap(budgetsOf);
      const context = { measuredAt, environment, ...result, budgets };
      await writeDocument(given.json, verdictJson(verdict, context));
    }
    console.log(`${httpText(result)}\n\n${verdictText(verdict)}`);
    // Requests that failed are a failure whether budgets are enforced or not.
    const exitCode = operations.some(({ failures }) => failures.length > 0) ? 1 : 0;
    process.exitCode = given.enforce || verdict.exitCode === 2 ? verdict.exitCode : exitCode;
  },
});

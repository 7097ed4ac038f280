import { defineCommand } from "citty";

import { benchmarkGates } from "../benchmark-gates.ts";
import { parseCount, refuseUnknown } from "../command-arguments.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { GATE_PATHS } from "../output-paths.ts";
import { withProgress } from "../progress-line.ts";
import { reportRun } from "../report-run.ts";
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
    const result = await withProgress((progress) =>
      runHttp({
        directory: given.region ?? GATE_PATHS.region,
        pairs: parseCount("pairs", given.pairs, 1),
        warmUp: parseCount("warm-up", given["warm-up"], 0),
        seed: parseCount("seed", given.seed, 0),
        threads: parseCount("threads", given.threads, 1),
        now: monotonicMs,
        progress,
      }),
    );
    const { operations } = result;
    await reportRun({
      gates: benchmarkGates(operations),
      text: httpText(result),
      context: { ...result, budgets: operations.flatMap(budgetsOf) },
      json: given.json,
      enforce: given.enforce,
      hasFailed: operations.some(({ failures }) => failures.length > 0),
    });
  },
});

import { defineCommand } from "citty";

import { regionText } from "./benchmark-text.ts";
import { parseCount, refuseUnknown } from "./command-arguments.ts";
import { describeEnvironment } from "./environment.ts";
import { monotonicMs } from "./monotonic-clock.ts";
import { onceText, stagesText } from "./plan-text.ts";
import { withProgress } from "./progress-line.ts";
import { runPlan } from "./run-plan.ts";
import { jsonText, writeDocument } from "./write-report.ts";

const args = {
  region: { type: "string", required: true, valueHint: "DIR", description: "Region" },
  pairs: { type: "string", default: "200", description: "Random trips" },
  seed: { type: "string", default: "20260212", description: "Seed of the trips" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
} as const;

/** `bench plan` */
export const plan = defineCommand({
  meta: { name: "bench plan", description: "Show where the time of planning goes" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const pairs = parseCount("pairs", given.pairs, 1);
    const seed = parseCount("seed", given.seed, 0);
    const result = await withProgress((progress) =>
      runPlan({ directory: given.region, pairs, seed, now: monotonicMs, progress }),
    );
    if (given.json !== undefined) {
      const environment = await describeEnvironment();
      const measuredAt = new Date().toISOString();
      await writeDocument(given.json, jsonText({ measuredAt, environment, ...result }));
    }
    const blocks = [regionText(result.region), stagesText(result.operations), onceText(result)];
    console.log(blocks.join("\n\n"));
    // Nothing to split is nothing measured.
    if (result.operations.some(({ warm }) => warm.length === 0)) process.exitCode = 2;
  },
});

import { runGates, verdictJson, verdictText } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { parseCount, refuseUnknown } from "../command-arguments.ts";
import { describeEnvironment } from "../environment.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { createProgressLine } from "../progress-line.ts";
import { writeDocument } from "../write-report.ts";
import { ablationGates } from "./ablation-gates.ts";
import { ablationText } from "./ablation-text.ts";
import { runAblation } from "./run-ablation.ts";

const args = {
  region: { type: "string", required: true, valueHint: "DIR", description: "Region" },
  pairs: { type: "string", default: "200", description: "Random trips" },
  seed: { type: "string", default: "20260212", description: "Seed of the trips" },
  "smoothing-m": {
    type: "string",
    default: "80",
    description: "Smoothing of the control in metres, more than that of the region",
  },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a gate fails" },
} as const;

/** `bench ablation` */
export const ablation = defineCommand({
  meta: {
    name: "bench ablation",
    description: "What it costs to plan without grades, beside a mere change of their smoothing",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const now = monotonicMs;
    const line = createProgressLine(process.stderr, now);
    const result = await runAblation({
      directory: given.region,
      pairs: parseCount("pairs", given.pairs, 1),
      seed: parseCount("seed", given.seed, 0),
      smoothingM: parseCount("smoothing-m", given["smoothing-m"], 1),
      now,
      progress: (text) => line.update(text),
    });
    line.clear();
    const verdict = await runGates(ablationGates(result), { now });
    if (given.json !== undefined) {
      const environment = await describeEnvironment();
      const context = { measuredAt: new Date().toISOString(), environment, ...result };
      await writeDocument(given.json, verdictJson(verdict, context));
    }
    console.log(`${ablationText(result)}\n\n${verdictText(verdict)}`);
    // Trips that failed are a failure whether gates are enforced or not.
    const exitCode = result.failures.length > 0 ? 1 : 0;
    process.exitCode = given.enforce || verdict.exitCode === 2 ? verdict.exitCode : exitCode;
  },
});

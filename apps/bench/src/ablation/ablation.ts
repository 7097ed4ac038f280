import { defineCommand } from "citty";

import { parseCount, refuseUnknown } from "../command-arguments.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { withProgress } from "../progress-line.ts";
import { reportRun } from "../report-run.ts";
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
    const result = await withProgress((progress) =>
      runAblation({
        directory: given.region,
        pairs: parseCount("pairs", given.pairs, 1),
        seed: parseCount("seed", given.seed, 0),
        smoothingM: parseCount("smoothing-m", given["smoothing-m"], 1),
        now: monotonicMs,
        progress,
      }),
    );
    await reportRun({
      gates: ablationGates(result),
      text: ablationText(result),
      context: result,
      json: given.json,
      enforce: given.enforce,
      hasFailed: result.failures.length > 0,
    });
  },
});

import { defineCommand } from "citty";

import { ArgumentError, parseCount, refuseUnknown } from "../command-arguments.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { GATE_PATHS } from "../output-paths.ts";
import { withProgress } from "../progress-line.ts";
import { reportRun } from "../report-run.ts";
import { robustnessGates, robustnessText } from "./robustness-gates.ts";
import { runRobustness } from "./run-robustness.ts";

const args = {
  region: { type: "string", valueHint: "DIR", description: "Region; default the sample region" },
  seeds: { type: "string", default: "11,22,33,44,55", description: "Seeds, separated by commas" },
  "pair-count": { type: "string", default: "25", description: "Random trips per seed" },
  "most-percent": {
    type: "string",
    default: "10",
    description: "Largest deviation of cost and CO2e per km over the seeds, per cent of the mean",
  },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a gate fails" },
} as const;

/** `bench robustness` */
export const robustness = defineCommand({
  meta: {
    name: "bench robustness",
    description: "Compare figures over several seeds of the trips",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const run = await withProgress((progress) =>
      runRobustness({
        directory: given.region ?? GATE_PATHS.region,
        pairs: parseCount("pair-count", given["pair-count"], 1),
        seeds: seedsOf(given.seeds),
        now: monotonicMs,
        progress,
      }),
    );
    const mostRelative = parseCount("most-percent", given["most-percent"], 1) / 100;
    await reportRun({
      gates: robustnessGates(run, mostRelative),
      text: robustnessText(run),
      context: run,
      json: given.json,
      enforce: given.enforce,
      // What cannot be repeated has failed as well.
      hasFailed: run.runs.some(({ failures }) => failures.length > 0) || !run.isRepeatable,
    });
  },
});

function seedsOf(text: string): number[] {
  const seeds = text.split(",").map((seed) => parseCount("seeds", seed.trim(), 0));
  if (seeds.length > 1 && new Set(seeds).size === seeds.length) return seeds;
  throw new ArgumentError(`--seeds: expected two or more different ones, got ${text}`);
}

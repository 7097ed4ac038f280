import { runGates, verdictJson, verdictText } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { ArgumentError, parseCount, refuseUnknown } from "../command-arguments.ts";
import { describeEnvironment } from "../environment.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { GATE_PATHS } from "../output-paths.ts";
import { createProgressLine } from "../progress-line.ts";
import { writeDocument } from "../write-report.ts";
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
    const now = monotonicMs;
    const line = createProgressLine(process.stderr, now);
    const run = await runRobustness({
      directory: given.region ?? GATE_PATHS.region,
      pairs: parseCount("pair-count", given["pair-count"], 1),
      seeds: seedsOf(given.seeds),
      now,
      progress: (text) => line.update(text),
    });
    line.clear();
    const mostRelative = parseCount("most-percent", given["most-percent"], 1) / 100;
    const verdict = await runGates(robustnessGates(run, mostRelative), { now });
    if (given.json !== undefined) {
      const environment = await describeEnvironment();
      const context = { measuredAt: new Date().toISOString(), environment, ...run };
      await writeDocument(given.json, verdictJson(verdict, context));
    }
    console.log(`${robustnessText(run)}\n\n${verdictText(verdict)}`);
    // What failed or cannot be repeated is a failure whether gates are enforced or not.
    const isBroken = run.runs.some(({ failures }) => failures.length > 0) || !run.isRepeatable;
    const exitCode = isBroken ? 1 : 0;
    process.exitCode = given.enforce || verdict.exitCode === 2 ? verdict.exitCode : exitCode;
  },
});

function seedsOf(text: string): number[] {
  const seeds = text.split(",").map((seed) => parseCount("seeds", seed.trim(), 0));
  if (seeds.length > 1 && new Set(seeds).size === seeds.length) return seeds;
  throw new ArgumentError(`--seeds: expected two or more different ones, got ${text}`);
}

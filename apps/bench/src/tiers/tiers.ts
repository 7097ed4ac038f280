import { textTable } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { regionText } from "../benchmark-text.ts";
import { parseCount, refuseUnknown } from "../command-arguments.ts";
import { describeEnvironment } from "../environment.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { withProgress } from "../progress-line.ts";
import { jsonText, writeDocument } from "../write-report.ts";
import { runTiers, type TiersResult } from "./run-tiers.ts";

const args = {
  region: { type: "string", required: true, valueHint: "DIR", description: "Region" },
  pairs: { type: "string", default: "200", description: "Random trips" },
  seed: { type: "string", default: "20260212", description: "Seed of the trips" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
} as const;

/** `bench tiers` */
export const tiers = defineCommand({
  meta: {
    name: "bench tiers",
    description: "How far evaluated figures of random trips lie from those of the search",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const result = await withProgress((progress) =>
      runTiers({
        directory: given.region,
        pairs: parseCount("pairs", given.pairs, 1),
        seed: parseCount("seed", given.seed, 0),
        now: monotonicMs,
        progress,
      }),
    );
    if (given.json !== undefined) {
      const environment = await describeEnvironment();
      const measuredAt = new Date().toISOString();
      await writeDocument(given.json, jsonText({ measuredAt, environment, ...result }));
    }
    console.log([regionText(result.region), tiersText(result)].join("\n\n"));
    if (result.trips === 0) process.exitCode = 2;
  },
});

function tiersText({ trips, withoutRoute, deviations }: TiersResult): string {
  const percent = (share: number): string => (100 * share).toFixed(2);
  const rows = Object.entries(deviations).map(([objective, { mean, rms, p95, worst, total }]) => [
    objective,
    ...[mean, rms, p95, worst, total].map(percent),
  ]);
  const head = ["evaluated by searched", "mean %", "RMS %", "P95 %", "largest %", "all trips %"];
  const table = textTable([head, ...rows], new Set([...head.keys()].slice(1)));
  return `${trips} trips, ${withoutRoute} without a route\n${table}`;
}

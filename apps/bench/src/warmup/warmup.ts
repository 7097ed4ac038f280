import { existsSync } from "node:fs";
import path from "node:path";

import { runGates, verdictJson, verdictText } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { ArgumentError, parseCount, refuseUnknown } from "../command-arguments.ts";
import { describeEnvironment } from "../environment.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { GATE_PATHS } from "../output-paths.ts";
import { createProgressLine } from "../progress-line.ts";
import { writeDocument } from "../write-report.ts";
import { runWarmup } from "./run-warmup.ts";
import { warmupGates, warmupText } from "./warmup-gates.ts";

const args = {
  region: { type: "string", valueHint: "DIR", description: "Region; default the sample region" },
  tiles: {
    type: "string",
    valueHint: "DIR",
    description: "Elevation tiles of the region, for strict trips; default those of the sample",
  },
  runs: { type: "string", default: "3", description: "Cold starts" },
  pairs: { type: "string", default: "30", description: "Random trips to warm up, and to measure" },
  seed: { type: "string", default: "20260212", description: "Seed of the trips" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a gate fails" },
} as const;

/** `bench warmup` */
export const warmup = defineCommand({
  meta: {
    name: "bench warmup",
    description: "Time the first requests of a fresh server beside warm ones",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const { region, tiles } = given;
    if (tiles !== undefined && !existsSync(tiles)) {
      throw new ArgumentError(`--tiles: there is no ${tiles}`);
    }
    const now = monotonicMs;
    const line = createProgressLine(process.stderr, now);
    const sampleTiles = path.join(GATE_PATHS.sample, "source", "geotiff");
    const result = await runWarmup({
      directory: region ?? GATE_PATHS.region,
      tiles: tiles ?? (region === undefined ? sampleTiles : undefined),
      runs: parseCount("runs", given.runs, 1),
      pairs: parseCount("pairs", given.pairs, 1),
      seed: parseCount("seed", given.seed, 0),
      progress: (text) => line.update(text),
    });
    line.clear();
    const verdict = await runGates(warmupGates(result), { now });
    if (given.json !== undefined) {
      const environment = await describeEnvironment();
      const context = { measuredAt: new Date().toISOString(), environment, ...result };
      await writeDocument(given.json, verdictJson(verdict, context));
    }
    console.log(`${warmupText(result)}\n\n${verdictText(verdict)}`);
    // A start that failed is a failure whether gates are enforced or not.
    const exitCode = result.failures.length > 0 ? 1 : 0;
    process.exitCode = given.enforce || verdict.exitCode === 2 ? verdict.exitCode : exitCode;
  },
});

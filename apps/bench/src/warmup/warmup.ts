import { existsSync } from "node:fs";
import path from "node:path";

import { defineCommand } from "citty";

import { ArgumentError, parseCount, refuseUnknown } from "../command-arguments.ts";
import { GATE_PATHS } from "../output-paths.ts";
import { withProgress } from "../progress-line.ts";
import { reportRun } from "../report-run.ts";
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
    const sampleTiles = path.join(GATE_PATHS.sample, "source", "geotiff");
    const result = await withProgress((progress) =>
      runWarmup({
        directory: region ?? GATE_PATHS.region,
        tiles: tiles ?? (region === undefined ? sampleTiles : undefined),
        runs: parseCount("runs", given.runs, 1),
        pairs: parseCount("pairs", given.pairs, 1),
        seed: parseCount("seed", given.seed, 0),
        progress,
      }),
    );
    await reportRun({
      gates: warmupGates(result),
      text: warmupText(result),
      context: result,
      json: given.json,
      enforce: given.enforce,
      hasFailed: result.failures.length > 0,
    });
  },
});

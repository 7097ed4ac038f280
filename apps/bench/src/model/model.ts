import { existsSync } from "node:fs";

import type { ElevationSampler } from "@gradeway/route-core";
import { createElevationSampler, openTileSource } from "@gradeway/terrain-tiles";
import { defineCommand } from "citty";

import { ArgumentError, parseCount, refuseUnknown } from "../command-arguments.ts";
import { INVENTED_HILLS } from "../invented-hills.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { GATE_PATHS } from "../output-paths.ts";
import { withProgress } from "../progress-line.ts";
import { reportRun } from "../report-run.ts";
import { modelGates, modelText } from "./model-gates.ts";
import { runModel } from "./run-model.ts";

const args = {
  region: { type: "string", valueHint: "DIR", description: "Region; default the sample region" },
  tiles: {
    type: "string",
    valueHint: "DIR",
    description: "Elevation tiles under the routes; default invented hills, which cost no tiles",
  },
  pairs: { type: "string", default: "100", description: "Random trips" },
  seed: { type: "string", default: "20260212", description: "Seed of the trips" },
  "p95-gate-ms": { type: "string", default: "2000", description: "Budget of an option, P95" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a gate fails" },
} as const;

/** `bench model` */
export const model = defineCommand({
  meta: {
    name: "bench model",
    description: "Measure how long an option takes once its road is known",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const p95GateMs = parseCount("p95-gate-ms", given["p95-gate-ms"], 1);
    const ground = await groundOf(given.tiles);
    const run = await withProgress((progress) =>
      runModel({
        directory: given.region ?? GATE_PATHS.region,
        pairs: parseCount("pairs", given.pairs, 1),
        seed: parseCount("seed", given.seed, 0),
        ground,
        now: monotonicMs,
        progress,
      }),
    );
    await reportRun({
      gates: modelGates(run, p95GateMs),
      text: modelText(run, p95GateMs),
      context: { p95GateMs, ...run },
      json: given.json,
      enforce: given.enforce,
      // A route that was lost is a failure as well.
      hasFailed: run.dropped.length + run.failures.length > 0,
    });
  },
});

async function groundOf(tiles: string | undefined): Promise<ElevationSampler> {
  if (tiles === undefined) return INVENTED_HILLS;
  if (!existsSync(tiles)) throw new ArgumentError(`--tiles: there is no ${tiles}`);
  return createElevationSampler(await openTileSource(tiles));
}

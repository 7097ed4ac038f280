import { defineCommand } from "citty";

import { parseCount, refuseUnknown } from "../command-arguments.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { withProgress } from "../progress-line.ts";
import { reportRun } from "../report-run.ts";
import { accuracyGates } from "./accuracy-gates.ts";
import { accuracyText } from "./accuracy-text.ts";
import { LENGTHS_M, runAccuracy } from "./run-accuracy.ts";

const args = {
  data: {
    type: "string",
    valueHint: "DIR",
    description: "Shared data; default GRADEWAY_DATA_DIR or ../shared/data",
  },
  pairs: { type: "string", default: "200", description: "Random trips per region" },
  seed: { type: "string", default: "20260212", description: "Seed of the trips" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when heights or climb are off" },
} as const;

/** `bench terrain-accuracy` */
export const terrainAccuracy = defineCommand({
  meta: {
    name: "bench terrain-accuracy",
    description: "Heights against surveyed ones; what smoothing does to climb, CO2e and time",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const pairs = parseCount("pairs", given.pairs, 1);
    const seed = parseCount("seed", given.seed, 0);
    const dataDir = given.data ?? (process.env["GRADEWAY_DATA_DIR"] || "../shared/data");
    const result = await withProgress((progress) =>
      runAccuracy(dataDir, { lengthsM: LENGTHS_M, pairs, seed, now: monotonicMs, progress }),
    );
    await reportRun({
      gates: accuracyGates(result),
      text: accuracyText(result),
      context: { pairs, seed, ...result },
      json: given.json,
      enforce: given.enforce,
    });
  },
});

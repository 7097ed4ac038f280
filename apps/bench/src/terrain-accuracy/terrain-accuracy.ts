import { runGates, verdictJson, verdictText } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { parseCount, refuseUnknown } from "../command-arguments.ts";
import { describeEnvironment } from "../environment.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { createProgressLine } from "../progress-line.ts";
import { writeDocument } from "../write-report.ts";
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
    const now = monotonicMs;
    const line = createProgressLine(process.stderr, now);
    const result = await runAccuracy(dataDir, {
      lengthsM: LENGTHS_M,
      pairs,
      seed,
      now,
      progress: (text) => line.update(text),
    });
    line.clear();
    const verdict = await runGates(accuracyGates(result), { now });
    if (given.json !== undefined) {
      const environment = await describeEnvironment();
      const measuredAt = new Date().toISOString();
      const context = { measuredAt, environment, pairs, seed, ...result };
      await writeDocument(given.json, verdictJson(verdict, context));
    }
    console.log(`${accuracyText(result)}\n\n${verdictText(verdict)}`);
    process.exitCode = given.enforce || verdict.exitCode === 2 ? verdict.exitCode : 0;
  },
});

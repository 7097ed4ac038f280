import { runGates, verdictJson, verdictText } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { ArgumentError, parseCount, refuseUnknown } from "../command-arguments.ts";
import { describeEnvironment } from "../environment.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { GATE_PATHS, shownPath } from "../output-paths.ts";
import { createProgressLine } from "../progress-line.ts";
import { writeDocument } from "../write-report.ts";
import { runSensitivity } from "./run-sensitivity.ts";
import { sensitivityGates } from "./sensitivity-gates.ts";
import { sensitivityHtml, sensitivityText } from "./sensitivity-text.ts";

const args = {
  region: { type: "string", valueHint: "DIR", description: "Region; default the sample region" },
  pairs: { type: "string", default: "20", description: "Random trips" },
  seed: { type: "string", default: "20260212", description: "Seed of the trips" },
  share: { type: "string", default: "0.1", description: "Change of each factor: 0.1 = a tenth" },
  html: { type: "string", valueHint: "FILE", description: "Write a page with tornado charts here" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a gate fails" },
} as const;

/** `bench sensitivity` */
export const sensitivity = defineCommand({
  meta: {
    name: "bench sensitivity",
    description: "Change prices, wage, payload, tolls, speed and hills one at a time",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const now = monotonicMs;
    const line = createProgressLine(process.stderr, now);
    const run = await runSensitivity({
      directory: given.region ?? GATE_PATHS.region,
      pairs: parseCount("pairs", given.pairs, 1),
      seed: parseCount("seed", given.seed, 0),
      share: shareOf(given.share),
      now,
      progress: (text) => line.update(text),
    });
    line.clear();
    const verdict = await runGates(sensitivityGates(run), { now });
    if (given.json !== undefined) {
      const environment = await describeEnvironment();
      const context = { measuredAt: new Date().toISOString(), environment, ...run };
      await writeDocument(given.json, verdictJson(verdict, context));
    }
    console.log(`${sensitivityText(run)}\n\n${verdictText(verdict)}`);
    if (given.html !== undefined) {
      await writeDocument(given.html, sensitivityHtml(run));
      console.log(`charts: ${shownPath(given.html)}`);
    }
    // Trips that failed are a failure whether gates are enforced or not.
    const exitCode = run.failures.length > 0 ? 1 : 0;
    process.exitCode = given.enforce || verdict.exitCode === 2 ? verdict.exitCode : exitCode;
  },
});

function shareOf(text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value > 0 && value < 1) return value;
  throw new ArgumentError(
    `--share: expected a number between 0 and 1, got ${JSON.stringify(text)}`,
  );
}

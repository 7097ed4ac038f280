import { defineCommand } from "citty";

import { ArgumentError, parseCount, refuseUnknown } from "../command-arguments.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { GATE_PATHS, shownPath } from "../output-paths.ts";
import { withProgress } from "../progress-line.ts";
import { reportRun } from "../report-run.ts";
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
    const run = await withProgress((progress) =>
      runSensitivity({
        directory: given.region ?? GATE_PATHS.region,
        pairs: parseCount("pairs", given.pairs, 1),
        seed: parseCount("seed", given.seed, 0),
        share: shareOf(given.share),
        now: monotonicMs,
        progress,
      }),
    );
    await reportRun({
      gates: sensitivityGates(run),
      text: sensitivityText(run),
      context: run,
      json: given.json,
      enforce: given.enforce,
      hasFailed: run.failures.length > 0,
    });
    if (given.html !== undefined) {
      await writeDocument(given.html, sensitivityHtml(run));
      console.log(`charts: ${shownPath(given.html)}`);
    }
  },
});

function shareOf(text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value > 0 && value < 1) return value;
  throw new ArgumentError(
    `--share: expected a number between 0 and 1, got ${JSON.stringify(text)}`,
  );
}

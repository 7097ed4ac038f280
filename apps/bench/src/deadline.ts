import { defineCommand } from "citty";

import { parseCount, refuseUnknown } from "./command-arguments.ts";
import { deadlineGates } from "./deadline/deadline-gates.ts";
import { deadlineText } from "./deadline/deadline-text.ts";
import { withHardRegion } from "./deadline/hard-region.ts";
import { type DeadlineResult, runDeadline } from "./deadline/run-deadline.ts";
import { monotonicMs } from "./monotonic-clock.ts";
import { withProgress } from "./progress-line.ts";
import { reportRun } from "./report-run.ts";

const args = {
  region: {
    type: "string",
    valueHint: "DIR",
    description: "Region; default: a generated town of very many good routes",
  },
  pairs: { type: "string", default: "300", description: "Random trips per kind of request" },
  cancels: { type: "string", default: "240", description: "Requests that are cancelled" },
  ms: { type: "string", default: "50", description: "Deadline of each request" },
  threads: { type: "string", default: "2", description: "Threads that plan" },
  seed: { type: "string", default: "20260212", description: "Seed of the trips" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a budget is exceeded" },
} as const;

/** `bench deadline` */
export const deadline = defineCommand({
  meta: {
    name: "bench deadline",
    description: "Measure how exactly deadlines and cancelling are kept under load",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const settings = {
      pairs: parseCount("pairs", given.pairs, 1),
      cancels: parseCount("cancels", given.cancels, 1),
      deadlineMs: parseCount("ms", given.ms, 1),
      threads: parseCount("threads", given.threads, 1),
      seed: parseCount("seed", given.seed, 0),
      now: monotonicMs,
    };
    const { region } = given;
    const result = await withProgress((progress) => {
      const measure = (directory: string): Promise<DeadlineResult> =>
        runDeadline({ ...settings, directory, progress });
      return region === undefined ? withHardRegion(measure) : measure(region);
    });
    await reportRun({
      gates: deadlineGates(result),
      text: deadlineText(result),
      context: result,
      json: given.json,
      enforce: given.enforce,
    });
  },
});

import { runGates, verdictJson, verdictMarkdown, verdictText } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { refuseUnknown } from "./command-arguments.ts";
import { describeEnvironment } from "./environment.ts";
import { monotonicMs } from "./monotonic-clock.ts";
import { GATE_PATHS, shownPath } from "./output-paths.ts";
import { createProgressLine } from "./progress-line.ts";
import { SCORE_SEED, scoreGates } from "./score-gates.ts";
import { beginReport, writeDocument } from "./write-report.ts";

const args = {
  region: { type: "string", valueHint: "DIR", description: "Region; default the sample region" },
  out: { type: "string", valueHint: "DIR", description: "Reports; default out/gate/score" },
  json: { type: "string", valueHint: "FILE", description: "Also write the JSON report here" },
} as const;

/** `bench score` */
export const score = defineCommand({
  meta: { name: "bench score", description: "Measure whether answers are right" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const files = await beginReport(given.out ?? GATE_PATHS.score);
    const now = monotonicMs;
    const line = createProgressLine(process.stderr, now);
    const verdict = await runGates(scoreGates(given.region ?? GATE_PATHS.region), {
      now,
      progress: ({ title }) => line.update(title),
    });
    line.clear();
    const json = verdictJson(verdict, {
      seed: SCORE_SEED,
      environment: await describeEnvironment(),
    });
    await writeDocument(files.json, json);
    await writeDocument(files.markdown, verdictMarkdown("Scores", verdict));
    if (given.json !== undefined) await writeDocument(given.json, json);
    console.log(verdictText(verdict));
    console.log(`report: ${shownPath(files.markdown)}`);
    process.exitCode = verdict.exitCode;
  },
});

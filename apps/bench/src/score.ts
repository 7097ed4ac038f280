import { runGates, selectSubsystem, verdictJson, verdictText } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { ArgumentError, refuseUnknown } from "./command-arguments.ts";
import { describeEnvironment } from "./environment.ts";
import { monotonicMs } from "./monotonic-clock.ts";
import { GATE_PATHS, shownPath } from "./output-paths.ts";
import { createProgressLine } from "./progress-line.ts";
import { SCORE_SEED, scoreGates, type ScoreSubject } from "./score/score-gates.ts";
import { beginReport, writeDocument, writeReport } from "./write-report.ts";

const args = {
  region: { type: "string", valueHint: "DIR", description: "Region; default the sample region" },
  subsystem: { type: "string", valueHint: "NAME", description: "Only the gates of this subsystem" },
  "control-points": {
    type: "string",
    valueHint: "FILE",
    description: "Surveyed heights (CSV with lon, lat, elevation_m); goes with --tiles",
  },
  tiles: { type: "string", valueHint: "DIR", description: "Tiles that the survey judges" },
  data: { type: "string", valueHint: "DIR", description: "Folder with vecto/, runs of VECTO" },
  out: { type: "string", valueHint: "DIR", description: "Reports; default out/gate/score" },
  json: { type: "string", valueHint: "FILE", description: "Also write the JSON report here" },
} as const;

/** `bench score` */
export const score = defineCommand({
  meta: { name: "bench score", description: "Measure whether answers are right" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const all = scoreGates(subjectOf(given));
    const { gates, absent } =
      given.subsystem === undefined ? all : selectedOf(all, given.subsystem);
    const files = await beginReport(given.out ?? GATE_PATHS.score);
    const now = monotonicMs;
    const line = createProgressLine(process.stderr, now);
    const verdict = await runGates(gates, {
      now,
      progress: ({ title }) => line.update(title),
      absent,
    });
    line.clear();
    const measuredAt = new Date().toISOString();
    const environment = await describeEnvironment();
    const context = { measuredAt, seed: SCORE_SEED, environment };
    await writeReport(files, "Scores", verdict, context);
    if (given.json !== undefined) await writeDocument(given.json, verdictJson(verdict, context));
    console.log(verdictText(verdict));
    console.log(`report: ${shownPath(files.markdown)}`);
    process.exitCode = verdict.exitCode;
  },
});

interface Given {
  readonly region?: string | undefined;
  readonly "control-points"?: string | undefined;
  readonly tiles?: string | undefined;
  readonly data?: string | undefined;
}

/** @throws {ArgumentError} when a survey lacks its tiles, or tiles their survey */
function subjectOf({ region, "control-points": csvFile, tiles, data }: Given): ScoreSubject {
  if ((csvFile === undefined) !== (tiles === undefined)) {
    throw new ArgumentError("--control-points and --tiles go together");
  }
  return {
    regionDirectory: region ?? GATE_PATHS.region,
    ...(csvFile === undefined || tiles === undefined
      ? {}
      : { survey: { csvFile, tilesDirectory: tiles } }),
    ...(data === undefined ? {} : { dataDirectory: data }),
  };
}

/** @throws {ArgumentError} for a subsystem that there is not */
function selectedOf(all: ReturnType<typeof scoreGates>, subsystem: string) {
  try {
    return selectSubsystem(all, subsystem);
  } catch (error) {
    throw new ArgumentError(`--subsystem: ${(error as Error).message}`, { cause: error });
  }
}

import { runGates, verdictJson, verdictText } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { ArgumentError, refuseUnknown } from "./command-arguments.ts";
import { type GateLock, readGateLock } from "./gate/gate-lock.ts";
import { BENCHMARK_SUBSYSTEMS, gatesOf, passOver } from "./gate/stage-gates.ts";
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
    const lock = await readGateLock(process.env);
    const files = await beginReport(given.out ?? GATE_PATHS.score);
    if (lock.subsystem !== undefined && BENCHMARK_SUBSYSTEMS.includes(lock.subsystem)) {
      return passOver(files, "Scores", lock.subsystem);
    }
    const subject = scoreGates(subjectOf(given, lock));
    const { gates, absent } = gatesOf(subject, given.subsystem ?? lock.subsystem);
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
function subjectOf(given: Given, lock: GateLock): ScoreSubject {
  const csvFile = given["control-points"] ?? lock.controlPoints?.path;
  const tilesDirectory = given.tiles ?? lock.tiles?.path;
  const dataDirectory = given.data ?? lock.data?.path;
  if ((csvFile === undefined) !== (tilesDirectory === undefined)) {
    throw new ArgumentError("--control-points and --tiles go together");
  }
  return {
    regionDirectory: given.region ?? lock.region?.path ?? GATE_PATHS.region,
    ...(csvFile === undefined || tilesDirectory === undefined
      ? {}
      : { survey: { csvFile, tilesDirectory } }),
    ...(dataDirectory === undefined ? {} : { dataDirectory }),
  };
}

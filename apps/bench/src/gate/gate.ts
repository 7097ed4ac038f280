import { readFile } from "node:fs/promises";

import { type GateResult, verdictJson, verdictOf, verdictText } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { refuseUnknown } from "../command-arguments.ts";
import { describeEnvironment } from "../environment.ts";
import { GATE_PATHS, shownPath, VERDICT_FILE } from "../output-paths.ts";
import { reportFiles, writeDocument, writeReport } from "../write-report.ts";

const args = {} as const;

/** When the gate began, in ISO 8601; `run-gate` sets it. */
export const STARTED_VARIABLE = "GRADEWAY_GATE_STARTED_AT";

/** `bench gate`: sums up what `score` and `benchmark` have left. */
export const gate = defineCommand({
  meta: { name: "bench gate", description: "Print the verdict of score and benchmark" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const parts = [
      { name: "score", report: await reportIn(GATE_PATHS.score) },
      { name: "benchmark", report: await reportIn(GATE_PATHS.benchmark) },
    ];
    const verdict = verdictOf(parts.flatMap(({ report }) => report.results));
    const startedAt = process.env[STARTED_VARIABLE];
    const origins = parts.map(({ name, report }) => originOf(name, report.measuredAt, startedAt));
    await writeDocument(VERDICT_FILE, verdictJson(verdict, {}));
    const measuredAt = new Date().toISOString();
    const environment = await describeEnvironment();
    const files = reportFiles(GATE_PATHS.verdict);
    await writeReport(files, "Gate", verdict, { measuredAt, environment, origins });
    console.log([verdictText(verdict), origins.join("\n")].join("\n\n"));
    console.log(`report: ${shownPath(files.html)} and beside it`);
    process.exitCode = verdict.exitCode;
  },
});

/** Whether a part was measured in this run or comes from the cache. */
function originOf(name: string, measuredAt: string, startedAt: string | undefined): string {
  if (startedAt === undefined || startedAt === "") return `${name}: measured at ${measuredAt}`;
  return measuredAt < startedAt
    ? `${name}: replayed, nothing it depends on has changed since it was measured at ${measuredAt}`
    : `${name}: measured now`;
}

interface PartReport {
  readonly results: readonly GateResult[];
  readonly measuredAt: string;
}

/** Written by this program; only its presence and outline are checked. */
async function reportIn(directory: string): Promise<PartReport> {
  const file = reportFiles(directory).json;
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Error(`There is no ${shownPath(file)}.`, { cause: error });
  });
  const report = JSON.parse(text) as Partial<PartReport>;
  if (!Array.isArray(report.results) || report.measuredAt === undefined) {
    throw new Error(`${shownPath(file)} is no report.`);
  }
  return report as PartReport;
}

import { type GateList, selectSubsystem, verdictOf } from "@gradeway/quality-gates";

import { ArgumentError } from "../command-arguments.ts";
import { describeEnvironment } from "../environment.ts";
import { type ReportFiles, writeReport } from "../write-report.ts";

/** Subsystems whose gates are measured by the benchmark; all others are scored. */
export const BENCHMARK_SUBSYSTEMS: readonly string[] = [
  "benchmark",
  "latency",
  "batch",
  "regression",
];

/**
 * The gates of a subsystem, or all of them.
 *
 * @throws {ArgumentError} for a subsystem that there is not
 */
export function gatesOf(list: GateList, subsystem: string | undefined): GateList {
  if (subsystem === undefined) return list;
  try {
    return selectSubsystem(list, subsystem);
  } catch (error) {
    throw new ArgumentError(`--subsystem: ${(error as Error).message}`, { cause: error });
  }
}

/** Leaves the report of a stage that has nothing to measure, because another one was asked for. */
export async function passOver(
  files: ReportFiles,
  title: string,
  subsystem: string,
): Promise<void> {
  const measuredAt = new Date().toISOString();
  const environment = await describeEnvironment();
  await writeReport(files, title, verdictOf([]), { measuredAt, environment, subsystem });
  console.log(`not asked for: only ${subsystem} is measured`);
}

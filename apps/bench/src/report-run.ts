import { type Gate, runGates, verdictJson, verdictText } from "@gradeway/quality-gates";

import { describeEnvironment } from "./environment.ts";
import { monotonicMs } from "./monotonic-clock.ts";
import { writeDocument } from "./write-report.ts";

/** A finished measurement and what becomes of it. */
export interface ReportedRun {
  readonly gates: readonly Gate[];
  /** What is shown before the verdict; "" for nothing. */
  readonly text: string;
  /** What the JSON report holds beside the verdict, the time and the environment. */
  readonly context: object;
  /** Where the JSON report goes; absent: it is not written. */
  readonly json?: string | undefined;
  /** Whether a gate that fails ends the command with exit code 1. */
  readonly enforce: boolean;
  /** Whether work has failed, which is a failure without `enforce`, too. Default false. */
  readonly hasFailed?: boolean;
}

/**
 * Judges a measurement, writes its report, shows it, and sets the exit code: 2 when something could not
 * be measured, 1 when work failed, and with `enforce` when a gate failed.
 */
export async function reportRun(run: ReportedRun): Promise<void> {
  const { gates, text, context, json, enforce, hasFailed = false } = run;
  const verdict = await runGates(gates, { now: monotonicMs });
  if (json !== undefined) {
    const environment = await describeEnvironment();
    const measuredAt = new Date().toISOString();
    await writeDocument(json, verdictJson(verdict, { measuredAt, environment, ...context }));
  }
  if (text !== "") console.log(`${text}\n`);
  console.log(verdictText(verdict));
  const exitCode = hasFailed ? 1 : 0;
  process.exitCode = enforce || verdict.exitCode === 2 ? verdict.exitCode : exitCode;
}

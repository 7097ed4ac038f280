import type { Fact } from "./gate.ts";

/** Of a whole run. `not_measured` is neither good nor bad: nobody knows. */
export type VerdictStatus = "pass" | "fail" | "not_measured";

/**
 * Of one gate. `not_built` says that there is no model to measure yet, and `no_reference` that there is
 * nothing to compare with here: both are listed, and neither is a pass.
 */
export type GateStatus = VerdictStatus | "not_built" | "no_reference";

/** What came of one gate. */
export interface GateResult {
  readonly id: string;
  readonly subsystem: string;
  readonly title: string;
  readonly rationale: string;
  readonly threshold: number;
  readonly status: GateStatus;
  /** Null when it was not measured. */
  readonly score: number | null;
  readonly facts: Readonly<Record<string, Fact>>;
  readonly failures: readonly string[];
  /** Why there is no score, else null. */
  readonly reason: string | null;
  readonly durationMs: number;
}

/** What came of all gates. */
export interface Verdict {
  readonly status: VerdictStatus;
  /** 0 pass, 1 a gate failed, 2 a gate could not be measured and none failed. */
  readonly exitCode: 0 | 1 | 2;
  readonly results: readonly GateResult[];
}

const EXIT_CODES = { pass: 0, fail: 1, not_measured: 2 } as const;

/**
 * Sums results up: one failure is a failure; without one, a single gate that could not be measured
 * leaves the whole unmeasured, and so does having measured nothing at all.
 */
export function verdictOf(results: readonly GateResult[]): Verdict {
  const has = (status: GateStatus): boolean => results.some((result) => result.status === status);
  const unmeasured = has("not_measured") || !has("pass");
  const status = has("fail") ? "fail" : unmeasured ? "not_measured" : "pass";
  return { status, exitCode: EXIT_CODES[status], results };
}

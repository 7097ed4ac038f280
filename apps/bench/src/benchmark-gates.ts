import { budgetGate, type Gate } from "@gradeway/quality-gates";

import type { OperationResult } from "./measure-operation.ts";

/** The brief's budget for warm requests. */
export const P95_BUDGET_MS = 2_000;
/** With fewer answers than this share of the trips, latencies say nothing. */
export const LEAST_ANSWERED_SHARE = 0.5;

/** What is judged of an operation. */
export type JudgedOperation = Pick<
  OperationResult,
  "id" | "title" | "trips" | "answered" | "failures" | "latencyMs"
>;

/** Judges a finished benchmark: no failed work, and every operation within its budget. */
export function benchmarkGates(results: readonly JudgedOperation[]): Gate[] {
  return [failedWorkGate(results), ...results.map(latencyGate)];
}

function failedWorkGate(results: readonly JudgedOperation[]): Gate {
  return {
    id: "failed-work",
    subsystem: "benchmark",
    title: "all work done",
    rationale:
      "A benchmark in which work failed has measured how fast the product fails. Trips without a " +
      "route are answers, not failures.",
    threshold: 100,
    async measure() {
      const failures = results.flatMap((result) => result.failures);
      const units = results.reduce((sum, { trips }) => sum + trips, 0);
      if (units === 0) throw new RangeError("there was no work to do");
      const score = (100 * (units - failures.length)) / units;
      return { score, facts: { units, failed: failures.length }, failures };
    },
  };
}

function latencyGate({ id, title, trips, answered, latencyMs }: JudgedOperation): Gate {
  return budgetGate({
    id: `latency-${id}`,
    subsystem: "latency",
    title: `P95 of ${title}`,
    rationale: `Warm requests stay below ${P95_BUDGET_MS} ms at the 95th percentile: the brief's absolute budget.`,
    budget: P95_BUDGET_MS,
    unit: "ms",
    async measure() {
      if (answered < LEAST_ANSWERED_SHARE * trips) {
        throw new RangeError(`only ${answered} of ${trips} trips have an answer`);
      }
      return {
        observed: latencyMs.p95,
        facts: { p50: latencyMs.p50, max: latencyMs.max, answered },
      };
    },
  });
}

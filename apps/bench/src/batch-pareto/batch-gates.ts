import { budgetGate, type Gate } from "@gradeway/quality-gates";

import { LEAST_ANSWERED_SHARE, P95_BUDGET_MS } from "../benchmark-gates.ts";
import { distributionOf } from "../distribution.ts";
import type { BatchRun } from "./run-batch.ts";

/**
 * Judges a batch: no pair errs, no route is dropped on the way, and a pair takes no longer than the
 * brief allows a request.
 */
export function batchGates({ outcomes }: Pick<BatchRun, "outcomes">): Gate[] {
  const latencyMs = answeredMs(outcomes);
  return [
    failedPairsGate(outcomes),
    {
      id: "batch-dropped",
      subsystem: "batch",
      title: "no route is dropped",
      rationale:
        "Every point of a front has its route when it has come through the whole application, and no " +
        "route comes twice; 0 may be dropped.",
      threshold: 100,
      async measure() {
        const answered = outcomes.filter(({ status }) => status === "ok");
        if (answered.length === 0) throw new RangeError("no pair has a route");
        const routes = answered.reduce((sum, outcome) => sum + (outcome.routes ?? 0), 0);
        const failures = answered.flatMap(({ dropped }) => dropped ?? []);
        const score = (100 * routes) / (routes + failures.length);
        return { score, facts: { routes, dropped: failures.length }, failures };
      },
    },
    budgetGate({
      id: "batch-pair-latency",
      subsystem: "batch",
      title: "P95 of a pair",
      rationale: `A pair of a batch takes no longer than a request may: ${P95_BUDGET_MS} ms.`,
      budget: P95_BUDGET_MS,
      unit: "ms",
      async measure() {
        if (latencyMs.length < LEAST_ANSWERED_SHARE * outcomes.length) {
          throw new RangeError(`only ${latencyMs.length} of ${outcomes.length} pairs have a route`);
        }
        const { p50, p95, max } = distributionOf(latencyMs);
        return { observed: p95, facts: { p50, max, answered: latencyMs.length } };
      },
    }),
  ];
}

/** Judges that no pair errs. */
export function failedPairsGate(outcomes: BatchRun["outcomes"]): Gate {
  const errors = outcomes.filter(({ status }) => status === "error");
  return {
    id: "batch-errors",
    subsystem: "batch",
    title: "no pair errs",
    rationale: "A batch whose pairs fail has measured how fast they fail. No route is an answer.",
    threshold: 100,
    measure: async () => ({
      score: (100 * (outcomes.length - errors.length)) / outcomes.length,
      facts: {
        pairs: outcomes.length,
        errors: errors.length,
        withoutRoute: outcomes.filter(({ status }) => status === "noRoute").length,
      },
      failures: errors.map(({ reasonCode, problem }) => failureText(reasonCode, problem)),
    }),
  };
}

/** Times of the pairs that got a route. */
export function answeredMs(outcomes: BatchRun["outcomes"]): number[] {
  return outcomes.flatMap(({ status, elapsedMs }) => (status === "ok" ? [elapsedMs!] : []));
}

/** A problem with its reason code, which the text of a failure in this process begins with already. */
function failureText(reasonCode: string | null | undefined, problem: string | undefined): string {
  const code = reasonCode ?? "-";
  return problem?.startsWith(`${code}: `) === true ? problem : `${code}: ${problem}`;
}

import type { Gate } from "@gradeway/quality-gates";

import { LEAST_ANSWERED_SHARE } from "../benchmark-gates.ts";
import type { SensitivityRun } from "./run-sensitivity.ts";

/** Search costs are whole grains: sums over trips may move by some of them, in per cent. */
const GRAIN_PERCENT = 0.01;

/** Judges a sweep: all trips planned, and costs move the way that prices do. */
export function sensitivityGates(run: SensitivityRun): Gate[] {
  const { cases, failures, pairs, answered } = run;
  return [
    {
      id: "sensitivity-failed",
      subsystem: "sensitivity",
      title: "every trip planned in every case",
      rationale: "A sum over trips that failed is a sum of other trips.",
      threshold: 100,
      async measure() {
        if (answered < LEAST_ANSWERED_SHARE * pairs) {
          throw new RangeError(`only ${answered} of ${pairs} trips have a route`);
        }
        const units = pairs * (cases.length + 1);
        const facts = { units, failed: failures.length, answered };
        return { score: (100 * (units - failures.length)) / units, facts, failures };
      },
    },
    {
      id: "sensitivity-direction",
      subsystem: "sensitivity",
      title: "the cheapest route never gets cheaper by a higher price",
      rationale: "Whatever route is cheapest afterwards was there before, for less or for as much.",
      threshold: 100,
      async measure() {
        const judged = cases.filter(({ money }) => money !== null);
        const wrong = judged.filter(({ money, changePercent }) =>
          money === "no-less"
            ? !(changePercent.money >= -GRAIN_PERCENT)
            : !(changePercent.money <= GRAIN_PERCENT),
        );
        return {
          score: (100 * (judged.length - wrong.length)) / judged.length,
          facts: { cases: judged.length, wrong: wrong.length },
          failures: wrong.map(
            ({ factor, setting, changePercent }) =>
              `${factor} ${setting}: the cheapest routes change by ${changePercent.money.toFixed(3)} %`,
          ),
        };
      },
    },
  ];
}

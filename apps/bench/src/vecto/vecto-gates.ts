import { budgetGate, type Gate } from "@gradeway/quality-gates";

import type { CaseResult } from "./run-vecto.ts";
import { type TierErrors, tierErrors, type TierName } from "./vecto-errors.ts";

/** What is judged: an error of a tier and its budget in percent. */
export const VECTO_BUDGETS: readonly (readonly [
  tier: TierName,
  error: keyof TierErrors,
  budget: number,
  title: string,
])[] = [
  ["evaluation", "fuelRms", 3.5, "fuel of the evaluation tier, RMS error"],
  ["evaluation", "fuelWorst", 7, "fuel of the evaluation tier, largest error"],
  ["evaluation", "timeWorst", 3, "time of the evaluation tier, largest error"],
  ["search", "fuelRms", 4.5, "fuel of the search tier, RMS error"],
  ["search", "fuelWorst", 9, "fuel of the search tier, largest error"],
];

const RATIONALE =
  "The simulator is what trucks are certified with in the EU; the budgets are those of a model " +
  "with one set of parameters per engine that is not fitted to single runs.";

/** Judges the errors of both tiers. */
export function vectoGates(results: readonly CaseResult[]): Gate[] {
  return VECTO_BUDGETS.map(([tier, error, budget, title]) =>
    budgetGate({
      id: `${tier}-${error}`.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      subsystem: "vecto",
      title,
      rationale: RATIONALE,
      budget,
      unit: "%",
      measure: async () => ({
        observed: tierErrors(results, tier)[error],
        facts: { cases: results.length },
      }),
    }),
  );
}

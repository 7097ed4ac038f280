import type { Fact, Gate } from "./gate.ts";

/** A quantity that must not exceed a limit. */
export interface BudgetGateOptions {
  readonly id: string;
  readonly subsystem: string;
  readonly title: string;
  readonly rationale: string;
  readonly budget: number;
  readonly unit: string;
  /** Rejects, or answers NaN, when there is nothing to compare. */
  measure(): Promise<{ readonly observed: number; readonly facts: Readonly<Record<string, Fact>> }>;
}

/** A gate that passes while `observed <= budget`; the score is budget / observed, at most 100. */
export function budgetGate(options: BudgetGateOptions): Gate {
  const { id, subsystem, title, rationale, budget, unit } = options;
  return {
    id,
    subsystem,
    title,
    rationale,
    threshold: 100,
    async measure() {
      const { observed, facts } = await options.measure();
      if (!(observed >= 0)) throw new RangeError(`There is no value to compare: ${observed}.`);
      const within = observed <= budget;
      return {
        // Over budget never rounds up to 100.
        score: within ? 100 : Math.min(99.9, (100 * budget) / observed),
        facts: { observed, budget, unit, ...facts },
        failures: within ? [] : [`${observed.toFixed(1)} ${unit}, the budget is ${budget} ${unit}`],
      };
    },
  };
}

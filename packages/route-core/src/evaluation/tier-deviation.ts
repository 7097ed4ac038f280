import type { Consumption } from "../costing/arc-consumption.ts";
import type { CostingRates } from "../costing/rates.ts";
import type { Objective, TierDeviation } from "../planner/plan-types.ts";
import { objectiveValues, roundTo } from "../planner/route-figures.ts";

/** What the search tier counted. */
interface Searched {
  readonly searched: Consumption;
}

/** What the evaluation tier counted. */
interface Evaluated {
  readonly consumption: Consumption;
}

/**
 * How far the evaluated figures of one course lie from those of the search tier, as shares of their size:
 * what a battery vehicle takes can be below zero, and more than that is more. 0 where the search counted
 * nothing.
 */
export function courseDeviation(
  { searched }: Searched,
  { consumption }: Evaluated,
  rates: CostingRates,
): Record<Objective, number> {
  const before = objectiveValues(searched, rates);
  const after = objectiveValues(consumption, rates);
  const of = (k: number): number => {
    const size = Math.abs(before[k]!);
    return size > 0 ? roundTo((after[k]! - before[k]!) / size, 6) : 0;
  };
  return { time: of(0), money: of(1), co2e: of(2) };
}

/** The lowest and the highest deviation of courses. */
export function tierDeviation(
  courses: readonly Searched[],
  evaluated: readonly Evaluated[],
  rates: CostingRates,
): TierDeviation {
  const all = courses.map((course, index) => courseDeviation(course, evaluated[index]!, rates));
  const range = (objective: Objective): TierDeviation[Objective] => {
    const values = all.map((deviation) => deviation[objective]);
    return { lowest: Math.min(...values), highest: Math.max(...values) };
  };
  return { time: range("time"), money: range("money"), co2e: range("co2e") };
}

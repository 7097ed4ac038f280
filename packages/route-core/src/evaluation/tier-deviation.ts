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

/** How far the evaluated figures of one course lie from those of the search tier. */
export function courseDeviation(
  { searched }: Searched,
  { consumption }: Evaluated,
  rates: CostingRates,
): Record<Objective, number> {
  const before = objectiveValues(searched, rates);
  const after = objectiveValues(consumption, rates);
  const of = (k: number): number => (before[k]! > 0 ? roundTo(after[k]! / before[k]! - 1, 6) : 0);
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

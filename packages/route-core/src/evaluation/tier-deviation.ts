import type { Rates } from "../costing/rates.ts";
import { OBJECTIVES, type Objective, type TierDeviation } from "../planner/plan-types.ts";
import { objectiveValues, roundTo } from "../planner/route-figures.ts";
import type { EvaluatedCourse } from "./evaluate-course.ts";
import type { RouteCourse } from "./route-course.ts";

/** How far the evaluated figures of courses lie from those of the search tier. */
export function tierDeviation(
  courses: readonly RouteCourse[],
  evaluated: readonly EvaluatedCourse[],
  rates: Rates,
): TierDeviation {
  const deviations = courses.map(({ searched }, index) => {
    const before = objectiveValues(searched, rates);
    const after = objectiveValues(evaluated[index]!.consumption, rates);
    return OBJECTIVES.map((_, k) => (before[k]! > 0 ? after[k]! / before[k]! - 1 : 0));
  });
  const range = (objective: Objective): TierDeviation[Objective] => {
    const all = deviations.map((row) => row[OBJECTIVES.indexOf(objective)]!);
    return { lowest: roundTo(Math.min(...all), 6), highest: roundTo(Math.max(...all), 6) };
  };
  return { time: range("time"), money: range("money"), co2e: range("co2e") };
}

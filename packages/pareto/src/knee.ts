import { type Costs, tableOf } from "./costs.ts";
import { extentOf, normalizeTable } from "./normalize.ts";

/**
 * Index of the knee: the vector that lies deepest below the plane through the extremes of the
 * normalised front (Das, Structural Optimization 18 (1999)), that is with the smallest sum of
 * normalised costs. Ties go to the lower index.
 *
 * @throws {RangeError} for an empty set, NaN or infinity, or vectors of different lengths
 */
export function kneeIndex(costs: Costs): number {
  const { count, dimensions, values } = normalizeTable(tableOf(costs), extentOf(costs));
  let best = 0;
  let bestSum = Infinity;
  for (let index = 0; index < count; index++) {
    let sum = 0;
    for (let k = 0; k < dimensions; k++) sum += values[index * dimensions + k]!;
    if (sum < bestSum) {
      best = index;
      bestSum = sum;
    }
  }
  return best;
}

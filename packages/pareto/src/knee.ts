import type { CostVector } from "./dominance.ts";
import { normalize } from "./normalize.ts";

/**
 * Index of the knee: the vector that lies deepest below the plane through the extremes of the
 * normalised front (Das, Structural Optimization 18 (1999)), that is with the smallest sum of
 * normalised costs. Ties go to the lower index.
 *
 * @throws {RangeError} for an empty set
 */
export function kneeIndex(costs: readonly CostVector[]): number {
  let best = 0;
  let bestSum = Infinity;
  for (const [index, vector] of normalize(costs).entries()) {
    const sum = vector.reduce((total, value) => total + value, 0);
    if (sum < bestSum) {
      best = index;
      bestSum = sum;
    }
  }
  return best;
}

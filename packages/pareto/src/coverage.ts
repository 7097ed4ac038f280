import type { CostVector } from "./dominance.ts";

/**
 * The smallest factor f such that every vector of `front` has a vector of `approximation` within f
 * of it in every objective. 1 means nothing is missing; an approximation with epsilon has at most
 * 1 + epsilon. Costs must not be negative; a zero cost is matched by zero only.
 */
export function coverageFactor(
  front: readonly CostVector[],
  approximation: readonly CostVector[],
): number {
  let worst = 1;
  for (const vector of front) {
    let best = Infinity;
    for (const candidate of approximation) best = Math.min(best, ratio(candidate, vector));
    worst = Math.max(worst, best);
  }
  return worst;
}

function ratio(candidate: CostVector, vector: CostVector): number {
  let worst = 1;
  for (let k = 0; k < vector.length; k++) {
    if (candidate[k]! <= vector[k]!) continue;
    worst = Math.max(worst, vector[k]! > 0 ? candidate[k]! / vector[k]! : Infinity);
  }
  return worst;
}

import { type Costs, requireSameDimensions, requireSome, tableOf } from "./costs.ts";

/**
 * The smallest factor f such that every vector of `front` has a vector of `approximation` within f
 * of it in every objective. 1 means nothing is missing; an approximation with epsilon has at most
 * 1 + epsilon. A zero cost is matched by zero only; infinite where nothing matches.
 *
 * @throws {RangeError} for negative costs, NaN or infinity, or vectors of different lengths
 */
export function coverageFactor(front: Costs, approximation: Costs): number {
  for (const costs of [front, approximation]) {
    if (tableOf(costs).values.some((value) => value < 0)) {
      throw new RangeError("there is no factor between costs that are negative");
    }
  }
  return Math.max(1, worstOfBest(front, approximation, ratio));
}

function ratio(candidate: number, cost: number): number {
  if (candidate <= cost) return 1;
  return cost > 0 ? candidate / cost : Infinity;
}

/**
 * The additive epsilon indicator (Zitzler, Thiele, Laumanns, Fonseca, da Fonseca, IEEE Trans. Evol.
 * Comp. 7 (2003)): the smallest amount e such that every vector of `front` has a vector of
 * `approximation` that is worse by no more than e in any objective. Negative if all are beaten
 * everywhere; infinite if the approximation is empty. Objectives should share a scale.
 *
 * @throws {RangeError} for an empty front, NaN or infinity, or vectors of different lengths
 */
export function additiveEpsilon(front: Costs, approximation: Costs): number {
  requireSome(tableOf(front));
  return worstOfBest(front, approximation, (candidate, cost) => candidate - cost);
}

/** Over the front the greatest, over the approximation the least, over objectives the greatest. */
function worstOfBest(
  frontCosts: Costs,
  approximationCosts: Costs,
  excess: (candidate: number, cost: number) => number,
): number {
  const front = tableOf(frontCosts);
  const approximation = tableOf(approximationCosts);
  requireSameDimensions(front, approximation);
  const { dimensions } = front;
  let worst = -Infinity;
  for (let at = 0; at < front.values.length; at += dimensions) {
    let best = Infinity;
    for (let other = 0; other < approximation.values.length; other += dimensions) {
      let most = -Infinity;
      // No need to look on once this candidate is no better than another.
      for (let k = 0; k < dimensions && most < best; k++) {
        most = Math.max(most, excess(approximation.values[other + k]!, front.values[at + k]!));
      }
      best = Math.min(best, most);
    }
    worst = Math.max(worst, best);
  }
  return worst;
}

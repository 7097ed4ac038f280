import { compareLexicographic, weaklyDominates, type CostVector } from "./dominance.ts";

/**
 * Indices of the non-dominated vectors, in lexicographic order of their costs. Of equal vectors the
 * one that comes first is kept. Vectors must be finite and of one length.
 *
 * @throws {RangeError} for a vector with NaN or infinity
 */
export function paretoFilter(costs: readonly CostVector[]): number[] {
  for (const [index, vector] of costs.entries()) {
    if (!vector.every(Number.isFinite)) {
      throw new RangeError(`vector ${index} holds a value that is not finite`);
    }
  }
  const order = costs.map((_, index) => index);
  order.sort((a, b) => compareLexicographic(costs[a]!, costs[b]!) || a - b);
  // In this order a vector can only be dominated by an earlier one.
  const front: number[] = [];
  for (const index of order) {
    const dominated = front.some((kept) => weaklyDominates(costs[kept]!, costs[index]!));
    if (!dominated) front.push(index);
  }
  return front;
}

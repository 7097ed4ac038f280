import { type Costs, type CostTable, requireSome, tableOf } from "./costs.ts";
import { type Extent, extentOf, normalizeTable } from "./normalize.ts";

/** A set on the unit scale with weights that add up to 1. */
export interface Weighted {
  readonly table: CostTable;
  readonly weights: readonly number[];
}

/**
 * Brings costs and weights to a common footing: objective k becomes (cost - ideal) / (nadir - ideal)
 * with the given extent, by default the set's own, and 0 where the extent has no spread. Without
 * this the unit of an objective would act as a weight.
 *
 * @throws {RangeError} for an empty set, NaN or infinity; weights that are negative, not finite, all
 *   zero or of another number than the objectives
 */
export function weighted(costs: Costs, weights: readonly number[], extent?: Extent): Weighted {
  const table = tableOf(costs);
  requireSome(table);
  const { dimensions } = table;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const isUsable = weights.every((weight) => weight >= 0) && sum > 0 && sum < Infinity;
  if (weights.length !== dimensions || !isUsable) {
    throw new RangeError(`${JSON.stringify(weights)} are no weights of ${dimensions} objectives`);
  }
  const used = extent ?? extentOf(costs);
  const ends = [used.ideal, used.nadir];
  if (!ends.every((end) => end.length === dimensions && end.every(Number.isFinite))) {
    throw new RangeError(`an extent that is not of ${dimensions} finite objectives`);
  }
  return { table: normalizeTable(table, used), weights: weights.map((weight) => weight / sum) };
}

/**
 * Weighted sum per vector, on the scale of {@link weighted}: lower is better. The best vector of any
 * positive weights is on the front; those inside its convex hull are the best of none.
 *
 * @throws {RangeError} as {@link weighted}
 */
export function weightedSums(costs: Costs, weights: readonly number[], extent?: Extent): number[] {
  return scores(weighted(costs, weights, extent), (terms) => terms.sum);
}

/** What the augmented Tchebycheff distance may be told. */
export interface TchebycheffOptions {
  /** Share of the plain sum, positive so that no weakly dominated vector is best; default 0.001. */
  readonly rho?: number;
  readonly extent?: Extent;
}

/**
 * Augmented weighted Tchebycheff distance to the ideal per vector (Steuer, Choo, Mathematical
 * Programming 26 (1983)), on the scale of {@link weighted}: the greatest weighted cost plus rho times
 * the sum of the costs. Lower is better. Every vector of a front is the best for some weights, if rho
 * is small enough.
 *
 * @throws {RangeError} as {@link weighted}, and for a rho that is not positive and finite
 */
export function augmentedTchebycheff(
  costs: Costs,
  weights: readonly number[],
  { rho = 0.001, extent }: TchebycheffOptions = {},
): number[] {
  if (!(rho > 0 && rho < Infinity)) throw new RangeError(`rho must be positive, not ${rho}`);
  return scores(weighted(costs, weights, extent), (terms) => terms.greatest + rho * terms.plainSum);
}

/** Index of the lowest score; of equal ones the first. -1 for none. */
export function lowestIndex(values: readonly number[]): number {
  let best = -1;
  for (const [index, value] of values.entries()) {
    if (best < 0 || value < values[best]!) best = index;
  }
  return best;
}

/** Sums and maxima of one vector's costs. */
export interface Terms {
  /** Weighted. */
  readonly sum: number;
  /** Weighted. */
  readonly greatest: number;
  readonly plainSum: number;
}

/** Scores each vector by its {@link Terms}. */
export function scores({ table, weights }: Weighted, score: (terms: Terms) => number): number[] {
  const { count, dimensions, values } = table;
  return Array.from({ length: count }, (_, index) => {
    let sum = 0;
    let greatest = -Infinity;
    let plainSum = 0;
    for (let k = 0; k < dimensions; k++) {
      const cost = values[index * dimensions + k]!;
      sum += weights[k]! * cost;
      greatest = Math.max(greatest, weights[k]! * cost);
      plainSum += cost;
    }
    return score({ sum, greatest, plainSum });
  });
}

import type { FlatCosts } from "@gradeway/pareto";
import { mulberry32 } from "@gradeway/quality-gates";

/** Some vectors of a set, in the order given. */
export function rowsOf({ dimensions, values }: FlatCosts, rows: readonly number[]): FlatCosts {
  const picked = new Float64Array(rows.length * dimensions);
  for (const [at, row] of rows.entries()) {
    picked.set(values.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
  }
  return { dimensions, values: picked };
}

/** Vectors drawn uniformly from the unit cube: few are on the front. */
export function cube(points: number, dimensions: number, seed: number): FlatCosts {
  const random = mulberry32(seed);
  return { dimensions, values: Float64Array.from({ length: points * dimensions }, random) };
}

/** Distinct vectors with the same sum, so that none dominates another; exact multiples of 2^-26. */
export function plane(points: number, dimensions: number, seed: number): FlatCosts {
  const random = mulberry32(seed);
  const values = new Float64Array(points * dimensions);
  const unit = 2 ** 26;
  for (let index = 0; index < points; index++) {
    let left = unit;
    for (let k = 0; k < dimensions - 1; k++) {
      // The first cost tells the vectors apart, the others are anywhere.
      const share = k === 0 ? (index * 0.5) / points : random() / dimensions;
      values[index * dimensions + k] = Math.floor(share * unit) / unit;
      left -= Math.floor(share * unit);
    }
    values[(index + 1) * dimensions - 1] = left / unit;
  }
  return { dimensions, values: shuffledRows(values, dimensions, random) };
}

function shuffledRows(
  values: Float64Array,
  dimensions: number,
  random: () => number,
): Float64Array {
  const order = Array.from({ length: values.length / dimensions }, (_, index) => index);
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return rowsOf({ dimensions, values }, order).values as Float64Array;
}

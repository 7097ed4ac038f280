import fc from "fast-check";

import type { CostVector, FlatCosts } from "../src/index.ts";

/** Sets of vectors of one size with small whole costs: many ties and duplicates. */
export function vectors(
  size: number,
  { minLength = 1, maxLength = 40, max = 6 } = {},
): fc.Arbitrary<number[][]> {
  const cost = fc.integer({ min: 0, max });
  return fc.array(fc.array(cost, { minLength: size, maxLength: size }), { minLength, maxLength });
}

/** Sets of one to four objectives. */
export const anySize = fc.integer({ min: 1, max: 4 }).chain((size) => vectors(size));

/** The same set as one typed array. */
export function flat(
  set: readonly CostVector[],
  kind: typeof Float64Array | typeof Int32Array = Float64Array,
): FlatCosts {
  return { dimensions: set[0]!.length, values: kind.from(set.flat()) };
}

/** A set that no function of the package may accept: what, and why. */
export const REFUSED: readonly (readonly [string, readonly CostVector[] | FlatCosts])[] = [
  ["NaN", [[1, Number.NaN]]],
  ["infinity", [[Infinity, 1]]],
  [
    "negative infinity",
    [
      [1, 2],
      [-Infinity, 1],
    ],
  ],
  ["flat NaN", { dimensions: 1, values: Float64Array.of(0, Number.NaN) }],
  [
    "different lengths",
    [
      [1, 2],
      [1, 2, 3],
    ],
  ],
  ["no objectives", [[]]],
  ["flat without objectives", { dimensions: 0, values: new Float64Array(2) }],
  ["a part of a vector", { dimensions: 2, values: new Int32Array(3) }],
];

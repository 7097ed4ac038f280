import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { tableOf } from "../src/costs.ts";
import { compareLexicographic } from "../src/index.ts";
import { indicesOf, lexicographicOrder, ranksOf, sortByColumn } from "../src/order.ts";

/** Enough vectors for the radix sort; the merge sort gets few. */
const LENGTHS = [0, 1, 2, 37, 5_000];

/** Ties, both zeros, both signs, and the ends of the range of doubles. */
const cost = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.constantFrom(0, -0, 5e-324, -5e-324, 1.7e308, -1.7e308, 1 + 2 ** -52, 2 ** 31, -(2 ** 31)),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

describe("sorting indices", () => {
  it.each(LENGTHS)("agrees with comparing vectors, and is stable (%i vectors)", (length) => {
    const sets = fc.array(fc.tuple(cost, cost), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(sets, (pool) => {
        // Drawing thousands of vectors one by one would take minutes: the pool is repeated.
        const set = Array.from({ length }, (_, index) => [...pool[(index * 7) % pool.length]!]);
        const table = tableOf({ dimensions: 2, values: Float64Array.from(set.flat()) });
        const expected = [...set.keys()];
        expected.sort((a, b) => compareLexicographic(set[a]!, set[b]!) || a - b);
        expect([...lexicographicOrder(table)]).toEqual(expected);

        const bySecond = sortByColumn(table, 1, indicesOf(table));
        const ranks = ranksOf(table, 1, bySecond);
        const distinct = [...new Set(set.map(([, second]) => second! + 0))].sort((a, b) => a - b);
        expect([...ranks]).toEqual(set.map(([, second]) => distinct.indexOf(second! + 0)));
      }),
      { numRuns: length > 1_000 ? 10 : 100 },
    );
  });
});

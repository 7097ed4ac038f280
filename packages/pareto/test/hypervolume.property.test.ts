import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type CostVector, hypervolume } from "../src/index.ts";
import { flat, REFUSED, vectors } from "./arbitraries.ts";

/** Boxes added and subtracted over all subsets: exact on whole numbers. */
function inclusionExclusion(set: readonly CostVector[], reference: CostVector): number {
  let sum = 0;
  for (let subset = 1; subset < 2 ** set.length; subset++) {
    let sign = -1;
    const corner = reference.map(() => -Infinity);
    for (const [index, vector] of set.entries()) {
      if (((subset >> index) & 1) === 0) continue;
      sign = -sign;
      for (const [k, cost] of vector.entries()) corner[k] = Math.max(corner[k]!, cost);
    }
    const sides = reference.map((limit, k) => Math.max(0, limit - corner[k]!));
    sum += sign * sides.reduce((product, side) => product * side, 1);
  }
  return sum;
}

/** Unit cells of which some vector weakly dominates the lower corner: for whole costs from 0. */
function countCells(set: readonly CostVector[], reference: CostVector): number {
  let cells: number[][] = [[]];
  for (const limit of reference) {
    const sides = Array.from({ length: limit }, (_, side) => side);
    cells = cells.flatMap((cell) => sides.map((side) => [...cell, side]));
  }
  const covers = (cell: number[]) => (v: CostVector) => v.every((cost, k) => cost <= cell[k]!);
  return cells.filter((cell) => set.some(covers(cell))).length;
}

describe("hypervolume", () => {
  it.each([1, 2, 3, 4, 5])("is the number of covered cells (%i objectives)", (size) => {
    const edge = fc.integer({ min: 0, max: size > 3 ? 4 : 8 });
    const references = fc.array(edge, { minLength: size, maxLength: size });
    fc.assert(
      fc.property(vectors(size, { minLength: 0 }), references, (set, reference) => {
        expect(hypervolume(set, reference)).toBe(countCells(set, reference));
      }),
    );
  });

  it("is what inclusion and exclusion give", () => {
    const sets = fc
      .integer({ min: 1, max: 4 })
      .chain((size) => vectors(size, { maxLength: 9, max: 100 }));
    fc.assert(
      fc.property(sets, fc.integer({ min: -5, max: 110 }), (set, limit) => {
        const reference = set[0]!.map((_, k) => limit + 3 * k);
        expect(hypervolume(set, reference)).toBe(inclusionExclusion(set, reference));
        expect(hypervolume(flat(set, Int32Array), reference)).toBe(hypervolume(set, reference));
      }),
    );
  });

  it("sweeps long staircases as slices do", () => {
    // One more objective, in which all are equal, takes the other algorithm; whole numbers are exact.
    fc.assert(
      fc.property(vectors(3, { minLength: 300, maxLength: 400, max: 5_000 }), (set) => {
        // Close to a plane: most of them are on the front.
        const bent = set.map(([x, y, z]) => [x!, y!, Math.max(0, 9_000 - x! - y!) + (z! % 50)]);
        const swept = hypervolume(bent, [6_000, 6_000, 10_000]);
        const sliced = hypervolume(
          bent.map((vector) => [...vector, 0]),
          [6_000, 6_000, 10_000, 1],
        );
        expect(swept).toBe(sliced);
      }),
      { numRuns: 5 },
    );
  });

  it("has the value of pygmo's manual", () => {
    const set = [
      [1, 0],
      [0.5, 0.5],
      [0, 1],
      [1.5, 0.75],
    ];
    expect(hypervolume(set, [2, 2])).toBe(3.25);
  });

  it("is zero for nothing, and for what is not better than the reference everywhere", () => {
    expect(hypervolume([], [1, 1])).toBe(0);
    expect(hypervolume([[0, 1]], [1, 1])).toBe(0);
    expect(hypervolume([[0, 0]], [1, -1])).toBe(0);
  });

  it.each(REFUSED)("refuses %s", (_what, costs) => {
    expect(() => hypervolume(costs, [1, 1])).toThrow(RangeError);
  });

  it("refuses a reference that does not fit", () => {
    expect(() => hypervolume([[1, 2]], [3])).toThrow(RangeError);
    expect(() => hypervolume([[1, 2]], [3, Infinity])).toThrow(RangeError);
  });
});

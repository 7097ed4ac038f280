import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  augmentedTchebycheff,
  type CostVector,
  dominates,
  lowestIndex,
  vikor,
  weightedSums,
} from "../src/index.ts";
import { anySize, flat, REFUSED } from "./arbitraries.ts";

/** A set and positive weights for it. */
const weightedSets = anySize.chain((set) => {
  const size = set[0]!.length;
  const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: size, maxLength: size });
  return fc.tuple(fc.constant(set), weights);
});

/** By the formulas, one vector at a time. */
function scaledCosts(set: readonly CostVector[], index: number): number[] {
  return set[index]!.map((cost, k) => {
    const column = set.map((vector) => vector[k]!);
    const ideal = Math.min(...column);
    const nadir = Math.max(...column);
    return nadir === ideal ? 0 : (cost - ideal) / (nadir - ideal);
  });
}

describe("weightedSums and augmentedTchebycheff", () => {
  it("are what their formulas say", () => {
    fc.assert(
      fc.property(weightedSets, ([set, weights]) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const sums = weightedSums(set, weights);
        const distances = augmentedTchebycheff(set, weights, { rho: 0.25 });
        for (const index of set.keys()) {
          const costs = scaledCosts(set, index);
          const parts = costs.map((cost, k) => (cost * weights[k]!) / total);
          const plain = costs.reduce((sum, cost) => sum + cost, 0);
          expect(sums[index]).toBeCloseTo(
            parts.reduce((sum, part) => sum + part, 0),
            12,
          );
          expect(distances[index]).toBeCloseTo(Math.max(...parts) + 0.25 * plain, 12);
        }
        expect(weightedSums(flat(set), weights)).toEqual(sums);
        expect(augmentedTchebycheff(flat(set), weights, { rho: 0.25 })).toEqual(distances);
      }),
    );
  });

  it("never have a dominated vector as the best", () => {
    fc.assert(
      fc.property(weightedSets, ([set, weights]) => {
        for (const score of [weightedSums, augmentedTchebycheff]) {
          const best = set[lowestIndex(score(set, weights))]!;
          expect(set.some((other) => dominates(other, best))).toBe(false);
        }
      }),
    );
  });

  it("do not depend on units or offsets", () => {
    fc.assert(
      fc.property(weightedSets, ([set, weights]) => {
        const moved = set.map((vector) => vector.map((cost, k) => 2 ** k * cost - 64));
        expect(weightedSums(moved, weights)).toEqual(weightedSums(set, weights));
        expect(augmentedTchebycheff(moved, weights)).toEqual(augmentedTchebycheff(set, weights));
      }),
    );
  });

  it("differ inside the convex hull: no weighted sum finds the middle, Tchebycheff does", () => {
    const front = [
      [0, 10],
      [6, 6],
      [10, 0],
    ];
    for (let share = 0; share <= 100; share++) {
      expect(lowestIndex(weightedSums(front, [share, 100 - share]))).not.toBe(1);
    }
    expect(lowestIndex(augmentedTchebycheff(front, [1, 1]))).toBe(1);
  });

  it("take a given extent, beyond which costs leave the unit scale", () => {
    const extent = { ideal: [0, 0], nadir: [10, 0] };
    expect(
      weightedSums(
        [
          [20, 7],
          [-5, 9],
        ],
        [3, 1],
        extent,
      ),
    ).toEqual([1.5, -0.375]);
  });
});

describe("vikor", () => {
  it("ranks the mountain example of Opricovic and Tzeng (2004) as they do", () => {
    // Risk is to be low, altitude high.
    const ranking = vikor(
      [
        [1, -3000],
        [2, -3750],
        [5, -4500],
      ],
      [0.5, 0.5],
    );
    expect(ranking).toEqual({
      s: [0.5, 0.375, 0.5],
      r: [0.5, 0.25, 0.5],
      q: [1, 0, 1],
      order: [1, 0, 2],
      hasAdvantage: true,
      isStable: true,
      compromise: [1],
    });
  });

  it("ranks the hydropower systems of Opricovic and Tzeng (2007) as they do", () => {
    // Profit, costs, energy, peak energy, homes, reservoirs, villages, protection of the environment.
    const [high, low] = [-1, 1];
    const sense = [high, low, high, high, low, low, low, high];
    const systems = [
      [4184.3, 2914, 407.2, 251, 195, 244, 15, 2.41],
      [5211.9, 3630, 501.7, 308.3, 282, 346, 21, 1.41],
      [5021.3, 3920.5, 504, 278.6, 12, 56, 3, 4.42],
      [5566.1, 3957.9, 559.5, 335.3, 167, 268, 16, 3.36],
      [5060.5, 3293.5, 514.1, 284.2, 69, 90, 7, 4.04],
      [4317.9, 2925.9, 432.8, 239.3, 12, 55, 3, 4.36],
    ].map((system) => system.map((value, k) => sense[k]! * value));
    const ranking = vikor(systems, [1, 1, 1, 1, 1, 1, 1, 1]);
    // Published to three places.
    const published = {
      s: [0.692, 0.7, 0.29, 0.423, 0.28, 0.346],
      r: [0.125, 0.125, 0.121, 0.125, 0.067, 0.125],
      q: [0.991, 1, 0.473, 0.67, 0, 0.578],
    };
    for (const measure of ["s", "r", "q"] as const) {
      for (const [index, value] of published[measure].entries()) {
        expect(Math.abs(ranking[measure][index]! - value)).toBeLessThanOrEqual(0.001);
      }
    }
    expect(ranking).toMatchObject({ order: [4, 2, 5, 3, 0, 1], compromise: [4] });
  });

  it("is what its definition says", () => {
    const unit = (values: readonly number[], value: number): number => {
      const [least, most] = [Math.min(...values), Math.max(...values)];
      return most === least ? 0 : (value - least) / (most - least);
    };
    fc.assert(
      fc.property(weightedSets, fc.constantFrom(0, 0.25, 0.5, 1), ([set, weights], v) => {
        const { s, r, q, order, compromise, ...verdict } = vikor(set, weights, { v });
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        for (const index of set.keys()) {
          const parts = scaledCosts(set, index).map((cost, k) => (cost * weights[k]!) / total);
          expect(s[index]).toBeCloseTo(
            parts.reduce((sum, part) => sum + part, 0),
            12,
          );
          expect(r[index]).toBeCloseTo(Math.max(...parts), 12);
          expect(q[index]).toBeCloseTo(v * unit(s, s[index]!) + (1 - v) * unit(r, r[index]!), 12);
        }
        expect(order.map((index) => q[index])).toEqual([...q].sort((a, b) => a - b));
        const [first, second] = order;
        const step = 1 / (set.length - 1);
        const leads = second === undefined || q[second]! - q[first!]! >= step;
        const isStable = s[first!] === Math.min(...s) || r[first!] === Math.min(...r);
        expect(verdict).toEqual({ hasAdvantage: leads, isStable });
        if (!leads) {
          expect(compromise).toEqual(order.filter((index) => q[index]! - q[first!]! < step));
        } else expect(compromise).toEqual(isStable ? [first] : [first, second]);
      }),
    );
  });

  it("adds the second where the first by Q is best by neither S nor R", () => {
    const set = [
      [0, 0, 10],
      [10, 10, 0],
      [4, 2, 6],
      [5, 5, 5],
    ];
    // Best by S: 0 (1/3). Best by R: 3 (1/6). Between them by Q: 2.
    const ranking = vikor(set, [1, 1, 1]);
    expect(ranking.s.map((value) => Math.round(30 * value))).toEqual([10, 20, 12, 15]);
    expect(ranking.r.map((value) => Math.round(30 * value))).toEqual([10, 10, 6, 5]);
    expect(ranking).toMatchObject({ isStable: false });
    expect(ranking.order[0]).toBe(2);
  });

  it("has a value for one vector and for equal ones", () => {
    expect(vikor([[3, 4]], [1, 1])).toEqual({
      s: [0],
      r: [0],
      q: [0],
      order: [0],
      hasAdvantage: true,
      isStable: true,
      compromise: [0],
    });
    expect(
      vikor(
        [
          [3, 4],
          [3, 4],
          [3, 4],
        ],
        [1, 1],
      ),
    ).toMatchObject({
      q: [0, 0, 0],
      order: [0, 1, 2],
      hasAdvantage: false,
      compromise: [0, 1, 2],
    });
  });
});

describe.each([
  ["weightedSums", weightedSums],
  ["augmentedTchebycheff", augmentedTchebycheff],
  ["vikor", vikor],
])("%s", (_name, method) => {
  it.each(REFUSED)("refuses %s", (_what, costs) => {
    expect(() => method(costs, [1, 1])).toThrow(RangeError);
  });

  it("refuses an empty set and weights that are none", () => {
    expect(() => method([], [1])).toThrow(RangeError);
    for (const weights of [[], [1], [1, 1, 1], [0, 0], [-1, 2], [1, Number.NaN], [1, Infinity]]) {
      expect(() => method([[1, 2]], weights)).toThrow(RangeError);
    }
  });
});

it("refuses parameters out of range", () => {
  for (const v of [-0.1, 1.1, Number.NaN])
    expect(() => vikor([[1]], [1], { v })).toThrow(RangeError);
  for (const rho of [0, -1, Infinity, Number.NaN]) {
    expect(() => augmentedTchebycheff([[1]], [1], { rho })).toThrow(RangeError);
  }
  const extent = { ideal: [0, 0], nadir: [1, Infinity] };
  expect(() => weightedSums([[1, 2]], [1, 1], extent)).toThrow(RangeError);
  expect(() => weightedSums([[1]], [1], extent)).toThrow(RangeError);
  expect(lowestIndex([])).toBe(-1);
});

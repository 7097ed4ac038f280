import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  additiveEpsilon,
  coverageFactor,
  crowdingDistances,
  extentOf,
  kneeIndex,
  normalize,
  paretoFilter,
  spreadSubset,
} from "../src/index.ts";
import { anySize, flat, REFUSED, vectors } from "./arbitraries.ts";

const twoSets = fc
  .integer({ min: 1, max: 4 })
  .chain((size) => fc.tuple(vectors(size), vectors(size)));

describe("coverageFactor", () => {
  it("agrees with a search over all factors", () => {
    fc.assert(
      fc.property(twoSets, ([front, approximation]) => {
        const factor = coverageFactor(front, approximation);
        const covers = (f: number): boolean =>
          front.every((a) =>
            approximation.some((b) => b.every((value, k) => value <= a[k]! * f + 1e-12)),
          );
        if (Number.isFinite(factor)) expect(covers(factor)).toBe(true);
        if (factor > 1 && Number.isFinite(factor)) expect(covers(factor - 1e-6)).toBe(false);
        if (factor === Infinity) expect(covers(1e9)).toBe(false);
        expect(coverageFactor(flat(front), flat(approximation))).toBe(factor);
      }),
    );
  });

  it("is 1 for the front itself and for an empty front, infinite for an empty approximation", () => {
    expect(coverageFactor([[1, 2]], [[1, 2]])).toBe(1);
    expect(coverageFactor([], [[1, 2]])).toBe(1);
    expect(coverageFactor([[1, 2]], [])).toBe(Infinity);
    expect(coverageFactor([[0, 1]], [[0, 1.5]])).toBe(1.5);
  });

  it("refuses negative costs", () => {
    expect(() => coverageFactor([[1, -1]], [[1, 1]])).toThrow(RangeError);
    expect(() => coverageFactor([[1, 1]], [[-1, 1]])).toThrow(RangeError);
  });
});

describe("additiveEpsilon", () => {
  it("is the least amount that covers the front", () => {
    fc.assert(
      fc.property(twoSets, ([front, approximation]) => {
        const epsilon = additiveEpsilon(front, approximation);
        const covers = (e: number): boolean =>
          front.every((a) => approximation.some((b) => b.every((value, k) => value <= a[k]! + e)));
        // Whole costs: so is the least amount.
        expect(Number.isInteger(epsilon)).toBe(true);
        expect(covers(epsilon)).toBe(true);
        expect(covers(epsilon - 1)).toBe(false);
        expect(additiveEpsilon(flat(front), approximation)).toBe(epsilon);
      }),
    );
  });

  it("is zero for the front itself and negative for what beats it everywhere", () => {
    fc.assert(
      fc.property(anySize, (set) => {
        const front = paretoFilter(set).map((index) => set[index]!);
        expect(additiveEpsilon(set, front)).toBe(0);
        const better = front.map((vector) => vector.map((value) => value - 3));
        expect(additiveEpsilon(set, better)).toBe(-3);
      }),
    );
  });

  it("has no value for an empty front, and an infinite one for an empty approximation", () => {
    expect(() => additiveEpsilon([], [[1]])).toThrow(RangeError);
    expect(additiveEpsilon([[1]], [])).toBe(Infinity);
  });
});

describe("crowdingDistances", () => {
  it("adds up the gaps to the neighbours of each objective", () => {
    fc.assert(
      fc.property(anySize, (set) => {
        const expected = set.map((vector, index) => {
          let distance = 0;
          for (const [k, value] of vector.entries()) {
            const column = set.map((other) => other[k]!);
            const range = Math.max(...column) - Math.min(...column);
            if (range === 0) continue;
            const isBefore = (cost: number, at: number) =>
              cost < value || (cost === value && at < index);
            const before = column.filter(isBefore);
            const after = column.filter((cost, at) => at !== index && !isBefore(cost, at));
            distance += (Math.min(...after) - Math.max(...before)) / range;
          }
          return distance;
        });
        const distances = crowdingDistances(set);
        for (const [index, distance] of distances.entries()) {
          expect(distance).toBeCloseTo(expected[index]!, 12);
        }
        expect(crowdingDistances(flat(set, Int32Array))).toEqual(distances);
      }),
    );
  });

  it("gives the ends infinity and the one between them its share of both ranges", () => {
    const set = [
      [0, 0],
      [-1, 1],
      [2, -2],
    ];
    expect(crowdingDistances(set)).toEqual([2, Infinity, Infinity]);
    expect(crowdingDistances([])).toEqual([]);
    expect(
      crowdingDistances([
        [4, 4],
        [4, 4],
      ]),
    ).toEqual([0, 0]);
  });
});

describe("kneeIndex and extentOf", () => {
  it("finds the bend of an L-shaped front", () => {
    const front = [
      [0, 10],
      [1, 1],
      [10, 0],
    ];
    expect(kneeIndex(front)).toBe(1);
    expect(kneeIndex(flat(front))).toBe(1);
    expect(extentOf(flat(front, Int32Array))).toEqual({ ideal: [0, 0], nadir: [10, 10] });
  });

  it("passes over an objective without spread, and takes the first of equals", () => {
    expect(
      kneeIndex([
        [5, 2],
        [5, 1],
        [5, 1],
      ]),
    ).toBe(1);
    expect(
      kneeIndex([
        [5, 5],
        [5, 5],
      ]),
    ).toBe(0);
  });

  it("have no value for an empty set", () => {
    expect(() => kneeIndex([])).toThrow(RangeError);
    expect(() => extentOf([])).toThrow(RangeError);
  });
});

describe.each(REFUSED)("%s", (_what, costs) => {
  it.each([
    ["coverageFactor", () => coverageFactor(costs, [[1, 1]])],
    ["coverageFactor of an approximation", () => coverageFactor([[1, 1]], costs)],
    ["additiveEpsilon", () => additiveEpsilon(costs, [[1, 1]])],
    ["additiveEpsilon of an approximation", () => additiveEpsilon([[1, 1]], costs)],
    ["crowdingDistances", () => crowdingDistances(costs)],
    ["kneeIndex", () => kneeIndex(costs)],
    ["extentOf", () => extentOf(costs)],
    ["normalize", () => normalize(costs, { ideal: [0, 0], nadir: [1, 1] })],
    ["spreadSubset", () => spreadSubset(costs, 5)],
  ])("is refused by %s", (_name, call) => {
    expect(call).toThrow(RangeError);
  });
});

it("refuses sets of different numbers of objectives", () => {
  expect(() => coverageFactor([[1, 2]], [[1]])).toThrow(RangeError);
  expect(() => additiveEpsilon([[1]], [[1, 2]])).toThrow(RangeError);
});

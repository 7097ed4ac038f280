import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  coverageFactor,
  dominates,
  kneeIndex,
  paretoFilter,
  spreadSubset,
  weaklyDominates,
} from "../src/index.ts";

const vectors = (size: number) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: size, maxLength: size }), {
    minLength: 1,
    maxLength: 40,
  });
const anySize = fc.integer({ min: 1, max: 4 }).chain(vectors);

describe("dominance", () => {
  it("is irreflexive, antisymmetric and transitive", () => {
    fc.assert(
      fc.property(vectors(3), (set) => {
        for (const a of set) {
          expect(dominates(a, a)).toBe(false);
          for (const b of set) {
            if (dominates(a, b)) expect(dominates(b, a)).toBe(false);
            for (const c of set) {
              if (dominates(a, b) && dominates(b, c)) expect(dominates(a, c)).toBe(true);
            }
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("paretoFilter", () => {
  it("keeps exactly what no other vector dominates, once per value", () => {
    fc.assert(
      fc.property(anySize, (set) => {
        const expected = new Set(
          set.filter((a) => !set.some((b) => dominates(b, a))).map((a) => a.join(" ")),
        );
        const kept = paretoFilter(set).map((index) => set[index]!.join(" "));
        expect(kept.length).toBe(expected.size);
        expect(new Set(kept)).toEqual(expected);
      }),
    );
  });

  it("refuses NaN", () => {
    expect(() => paretoFilter([[1, Number.NaN]])).toThrow(RangeError);
  });
});

describe("coverageFactor", () => {
  it("agrees with a search over all factors", () => {
    fc.assert(
      fc.property(vectors(3), vectors(3), (front, approximation) => {
        const factor = coverageFactor(front, approximation);
        const covers = (f: number): boolean =>
          front.every((a) =>
            approximation.some((b) => b.every((value, k) => value <= a[k]! * f + 1e-12)),
          );
        if (Number.isFinite(factor)) expect(covers(factor)).toBe(true);
        if (factor > 1 && Number.isFinite(factor)) expect(covers(factor - 1e-6)).toBe(false);
        if (factor === Infinity) expect(covers(1e9)).toBe(false);
      }),
    );
  });

  it("is 1 for the front itself", () => {
    expect(coverageFactor([[1, 2]], [[1, 2]])).toBe(1);
  });
});

describe("choosing", () => {
  it("finds the bend of an L-shaped front", () => {
    expect(
      kneeIndex([
        [0, 10],
        [1, 1],
        [10, 0],
      ]),
    ).toBe(1);
  });

  it("keeps the extremes of every objective", () => {
    fc.assert(
      fc.property(vectors(3), fc.integer({ min: 3, max: 8 }), (set, count) => {
        const front = paretoFilter(set).map((index) => set[index]!);
        const chosen = spreadSubset(front, count).map((index) => front[index]!);
        expect(chosen.length).toBe(Math.min(count, front.length));
        for (let k = 0; k < 3; k++) {
          const best = Math.min(...front.map((vector) => vector[k]!));
          expect(Math.min(...chosen.map((vector) => vector[k]!))).toBe(best);
        }
        expect(chosen.every((a) => front.every((b) => a === b || !weaklyDominates(b, a)))).toBe(
          true,
        );
      }),
    );
  });
});

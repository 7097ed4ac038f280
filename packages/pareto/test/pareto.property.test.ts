import { createSeededRandom } from "@gradeway/test-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  compareLexicographic,
  dominates,
  normalize,
  paretoFilter,
  spreadSubset,
  weaklyDominates,
} from "../src/index.ts";
import { anySize, flat, REFUSED, vectors } from "./arbitraries.ts";

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

  it("keeps the first of equal vectors, in lexicographic order, from any kind of array", () => {
    fc.assert(
      fc.property(anySize, (set) => {
        const kept = paretoFilter(set);
        for (const index of kept) {
          const same = set.findIndex((vector) => vector.join(" ") === set[index]!.join(" "));
          expect(index).toBe(same);
        }
        const sorted = [...kept].sort((a, b) => compareLexicographic(set[a]!, set[b]!));
        expect(kept).toEqual(sorted);
        expect(paretoFilter(flat(set))).toEqual(kept);
        expect(paretoFilter(flat(set, Int32Array))).toEqual(kept);
      }),
    );
  });

  it.each([2, 3, 4])("keeps the same of many thousand vectors, %i objectives", (size) => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(30, 300, 1e9), (seed, most) => {
        const random = createSeededRandom(seed);
        const set = Array.from({ length: 5_000 }, () =>
          Array.from({ length: size }, () => random.integer(-most, most)),
        );
        // The oracle keeps a list, compared one by one.
        let front: number[] = [];
        for (const [index, vector] of set.entries()) {
          if (front.some((kept) => weaklyDominates(set[kept]!, vector))) continue;
          front = front.filter((kept) => !dominates(vector, set[kept]!));
          front.push(index);
        }
        expect(paretoFilter(set).sort((a, b) => a - b)).toEqual(front);
      }),
      { numRuns: 6 },
    );
  });

  it("takes both zeros for one, and an empty set for what it is", () => {
    expect(
      paretoFilter([
        [0, 1],
        [-0, 1],
        [-0, 0],
      ]),
    ).toEqual([2]);
    expect(paretoFilter([[-0], [0]])).toEqual([0]);
    expect(paretoFilter([])).toEqual([]);
    expect(paretoFilter({ dimensions: 3, values: new Float64Array(0) })).toEqual([]);
  });

  it.each(REFUSED)("refuses %s", (_what, costs) => {
    expect(() => paretoFilter(costs)).toThrow(RangeError);
  });
});

describe("spreadSubset", () => {
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

  it("adds the vector farthest from those chosen, one at a time", () => {
    fc.assert(
      fc.property(vectors(2, { max: 30 }), fc.integer({ min: 3, max: 8 }), (set, count) => {
        const front = paretoFilter(set).map((index) => set[index]!);
        const fewer = spreadSubset(front, count);
        const more = spreadSubset(flat(front), count + 1);
        const added = more.filter((index) => !fewer.includes(index));
        expect(more.length - added.length).toBe(fewer.length);
        if (added.length === 0) return;
        const scaled = normalize(front);
        const away = scaled.map((a) =>
          Math.min(...fewer.map((at) => Math.hypot(...a.map((x, k) => x - scaled[at]![k]!)))),
        );
        expect(away[added[0]!]).toBeCloseTo(Math.max(...away), 12);
      }),
    );
  });
});

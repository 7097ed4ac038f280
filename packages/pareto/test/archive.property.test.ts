import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { createParetoArchive, paretoFilter, weaklyDominates } from "../src/index.ts";
import { anySize, vectors } from "./arbitraries.ts";

describe("an archive", () => {
  it("holds the front of what it was offered, the first of equal vectors, in order of arrival", () => {
    fc.assert(
      fc.property(anySize, (set) => {
        const dimensions = set[0]!.length;
        const archive = createParetoArchive(dimensions);
        const values = Int32Array.from(set.flat());
        const offered: number[][] = [];
        for (const [index, vector] of set.entries()) {
          const isCovered = offered.some((other) => weaklyDominates(other, vector));
          expect(archive.covers(vector)).toBe(isCovered);
          expect(archive.insert(values, index, index * dimensions)).toBe(!isCovered);
          offered.push(vector);
          const front = paretoFilter(offered).sort((a, b) => a - b);
          expect(archive.tags()).toEqual(front);
          expect([...archive.flat().values]).toEqual(front.flatMap((kept) => offered[kept]!));
          expect(archive.size).toBe(front.length);
        }
      }),
    );
  });

  it("grows, and can be emptied", () => {
    fc.assert(
      fc.property(vectors(3, { minLength: 200, maxLength: 300, max: 60 }), (set) => {
        const archive = createParetoArchive(3);
        archive.insert([0, 0, 0]);
        archive.clear();
        expect(archive.size).toBe(0);
        for (const [index, vector] of set.entries()) archive.insert(vector, index);
        expect(archive.tags().sort((a, b) => a - b)).toEqual(
          paretoFilter(set).sort((a, b) => a - b),
        );
      }),
      { numRuns: 20 },
    );
  });

  it("gives copies: what is read does not change", () => {
    const archive = createParetoArchive(2);
    archive.insert([1, 2], 7);
    const before = archive.flat();
    archive.insert([0, 0], 8);
    expect(before).toEqual({ dimensions: 2, values: Float64Array.of(1, 2) });
    expect(archive.tags()).toEqual([8]);
  });

  it("refuses what is not finite or too short, and stays as it was", () => {
    const archive = createParetoArchive(2);
    archive.insert([3, 3]);
    for (const costs of [[1, Number.NaN], [-Infinity, 1], [1], []]) {
      expect(() => archive.insert(costs)).toThrow(RangeError);
      expect(() => archive.covers(costs)).toThrow(RangeError);
    }
    expect(() => archive.insert([1, 2, 3], 0, 2)).toThrow(RangeError);
    expect([...archive.flat().values]).toEqual([3, 3]);
    for (const dimensions of [0, 1.5, -1, Number.NaN]) {
      expect(() => createParetoArchive(dimensions)).toThrow(RangeError);
    }
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { DEFAULT_GRADE_NODES, gradeHistogram, gradesOf } from "../../src/index.ts";
import { everyM } from "./function-sampler.ts";
import { profileArbitrary, stretchesOf } from "./heights.ts";

function grades(distanceM: Float64Array, heightM: Float64Array, minM?: number): Float64Array {
  const outRatio = new Float64Array(Math.max(0, distanceM.length - 1));
  gradesOf(distanceM, heightM, outRatio, minM);
  return outRatio;
}

describe("gradesOf", () => {
  it("is rise over run, and NaN beside a void", () => {
    const heightM = new Float64Array([0, 4, 2, Number.NaN, 2]);
    expect([...grades(everyM(40, 5), heightM)]).toEqual([0.1, -0.05, Number.NaN, Number.NaN]);
    expect(grades(new Float64Array(1), new Float64Array(1)).length).toBe(0);
  });

  it("keeps the rise of every stretch of 8 m or more, and calls shorter ones level", () => {
    fc.assert(
      fc.property(profileArbitrary, ({ distanceM, heightM }) => {
        const ratio = grades(distanceM, heightM);
        for (const [first, last] of stretchesOf(heightM)) {
          let rise = 0;
          for (let segment = first; segment < last; segment++) {
            expect(Number.isNaN(ratio[segment]!)).toBe(false);
            rise += ratio[segment]! * (distanceM[segment + 1]! - distanceM[segment]!);
          }
          const isGraded = distanceM[last]! - distanceM[first]! >= 8;
          const expected = isGraded ? heightM[last]! - heightM[first]! : 0;
          expect(rise).toBeCloseTo(expected, 6);
        }
        const unknown = ratio.filter((grade) => Number.isNaN(grade)).length;
        const known = stretchesOf(heightM).reduce((sum, [a, b]) => sum + b - a, 0);
        expect(unknown).toBe(ratio.length - known);
      }),
    );
  });

  it("a metre between two vertices makes no cliff", () => {
    const distanceM = new Float64Array([0, 40, 41, 81]);
    const heightM = new Float64Array([100, 100, 101, 101]);
    const steepest = Math.max(...grades(distanceM, heightM));
    expect(steepest).toBeLessThan(0.03);
    expect(() => grades(distanceM, heightM, 0)).toThrow(RangeError);
  });
});

describe("gradeHistogram", () => {
  it("keeps the length, the unknown length and the mean grade", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.double({ min: -0.2, max: 0.2, noNaN: true }),
            fc.constant(Number.NaN),
            fc.constantFrom(...DEFAULT_GRADE_NODES),
          ),
          { maxLength: 50 },
        ),
        (list) => {
          const ratio = Float64Array.from(list);
          const histogram = gradeHistogram(everyM(40, list.length + 1), ratio);
          const known = list.filter((grade) => !Number.isNaN(grade));
          const slots = [...histogram.subarray(0, DEFAULT_GRADE_NODES.length)];
          const mean = slots.reduce((sum, m, node) => sum + m * DEFAULT_GRADE_NODES[node]!, 0);
          expect(slots.reduce((sum, m) => sum + m, 0)).toBeCloseTo(40 * known.length, 6);
          expect(mean).toBeCloseTo(40 * known.reduce((sum, grade) => sum + grade, 0), 6);
          expect(histogram.at(-1)).toBe(40 * (list.length - known.length));
          expect(Math.min(...histogram)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  it("shares a length between two nodes, and keeps cliffs in the last one", () => {
    const ratio = new Float64Array([0.0025, 0.5, -0.5, 0]);
    const histogram = gradeHistogram(everyM(10, 5), ratio, [-0.01, 0, 0.01]);
    expect([...histogram]).toEqual([10, 17.5, 12.5, 0]);
  });

  it("refuses nodes that do not ascend", () => {
    for (const nodes of [[], [0], [0, 0], [1, 0], [0, Number.NaN]]) {
      expect(() => gradeHistogram(everyM(1, 2), new Float64Array(1), nodes)).toThrow(RangeError);
    }
  });
});

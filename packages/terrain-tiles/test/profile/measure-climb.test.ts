import { createSeededRandom } from "@gradeway/test-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { measureClimb, smoothProfileHeights } from "../../src/index.ts";
import { everyM } from "./function-sampler.ts";
import { plainAscent, profileArbitrary, stretchesOf } from "./heights.ts";

/**
 * Hysteresis the slow way: of a list of turning points, the smallest swing below the threshold is
 * taken out again and again; a swing at an end takes the end with it.
 */
function naiveClimb(stretch: readonly number[], thresholdM: number): [number, number] {
  let turns = [...stretch];
  for (;;) {
    turns = turns.filter((height, index) => index === 0 || height !== turns[index - 1]);
    turns = turns.filter((height, index) => {
      const before = turns[index - 1];
      const after = turns[index + 1];
      return before === undefined || after === undefined || height > before !== after > height;
    });
    let smallest = -1;
    for (let index = 0; index + 1 < turns.length; index++) {
      const swing = Math.abs(turns[index + 1]! - turns[index]!);
      if (swing >= thresholdM) continue;
      const least = smallest < 0 ? Infinity : Math.abs(turns[smallest + 1]! - turns[smallest]!);
      if (swing < least) smallest = index;
    }
    if (smallest < 0) break;
    if (smallest === 0) turns.splice(0, 1);
    else if (smallest === turns.length - 2) turns.splice(-1, 1);
    else turns.splice(smallest, 2);
  }
  let up = 0;
  let down = 0;
  for (let index = 1; index < turns.length; index++) {
    const rise = turns[index]! - turns[index - 1]!;
    if (rise > 0) up += rise;
    else down -= rise;
  }
  return [up, down];
}

const climbOf = (heights: readonly number[], thresholdM?: number) =>
  measureClimb(Float64Array.from(heights), thresholdM);

describe("measureClimb", () => {
  it("agrees with the naive implementation, ties and voids included", () => {
    const heights = fc.array(
      fc.oneof(
        { weight: 15, arbitrary: fc.integer({ min: 0, max: 14 }) },
        { weight: 1, arbitrary: fc.constant(Number.NaN) },
      ),
      { minLength: 2, maxLength: 40 },
    );
    fc.assert(
      fc.property(heights, fc.integer({ min: 0, max: 6 }), (list, thresholdM) => {
        const heightM = Float64Array.from(list);
        const expected = [0, 0];
        let isKnown = false;
        for (const [first, last] of stretchesOf(heightM)) {
          if (last > first) isKnown = true;
          const [up, down] = naiveClimb([...heightM.subarray(first, last + 1)], thresholdM);
          expected[0]! += up;
          expected[1]! += down;
        }
        const { ascentM, descentM } = measureClimb(heightM, thresholdM);
        expect([ascentM, descentM]).toEqual(isKnown ? expected : [Number.NaN, Number.NaN]);
      }),
      { numRuns: 5000 },
    );
  });

  it("keeps the net climb to within the ripples at the ends", () => {
    fc.assert(
      fc.property(profileArbitrary, ({ heightM }) => {
        for (const [first, last] of stretchesOf(heightM)) {
          if (first === last) continue;
          const { ascentM, descentM } = measureClimb(heightM.subarray(first, last + 1), 2);
          const net = heightM[last]! - heightM[first]!;
          expect(Math.abs(ascentM - descentM - net)).toBeLessThan(4);
        }
      }),
    );
  });

  it("counts every rise with a threshold of 0", () => {
    fc.assert(
      fc.property(profileArbitrary, ({ heightM }) => {
        const { ascentM } = measureClimb(heightM, 0);
        if (!Number.isNaN(ascentM)) expect(ascentM).toBeCloseTo(plainAscent(heightM), 6);
      }),
    );
  });

  it("counts a hill in full, whatever the steps, and ripples not at all", () => {
    expect(climbOf([0, 1, 2, 3, 4, 5, 4, 3, 2, 1, 0])).toEqual({ ascentM: 5, descentM: 5 });
    expect(climbOf([0, 3, 2, 5, 4, 9])).toEqual({ ascentM: 9, descentM: 0 });
    expect(climbOf([100, 101, 100, 101, 100])).toEqual({ ascentM: 0, descentM: 0 });
    expect(climbOf([0, 10, Number.NaN, 30, 20])).toEqual({ ascentM: 10, descentM: 10 });
  });

  it("a noisy flat line climbs nothing", () => {
    const random = createSeededRandom(11);
    const rounded = Float64Array.from({ length: 5000 }, () => 200 + random.integer(0, 2));
    expect(measureClimb(rounded)).toEqual({ ascentM: 0, descentM: 0 });
    // Rougher ground, as radar gives it, needs the smoothing first.
    const rough = Float64Array.from({ length: 1000 }, () => 200 + random.between(-1.7, 1.7));
    expect(measureClimb(rough).ascentM).toBeGreaterThan(100);
    const outM = new Float64Array(1000);
    smoothProfileHeights(everyM(40, 1000), rough, outM);
    expect(measureClimb(outM)).toEqual({ ascentM: 0, descentM: 0 });
  });

  it("tells unknown from level", () => {
    for (const heights of [[], [5], [Number.NaN, Number.NaN], [5, Number.NaN, 6]]) {
      expect(climbOf(heights)).toEqual({ ascentM: Number.NaN, descentM: Number.NaN });
    }
    expect(climbOf([5, 5])).toEqual({ ascentM: 0, descentM: 0 });
    expect(() => climbOf([1, 2], -1)).toThrow(RangeError);
    expect(() => climbOf([1, 2], Number.NaN)).toThrow(RangeError);
  });
});

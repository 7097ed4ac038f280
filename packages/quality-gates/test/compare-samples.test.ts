import { describe, expect, it } from "vitest";

import { compareSamples, mulberry32 } from "../src/index.ts";

/** Times with a long tail, as latencies have: exp of the sum of four uniforms. */
function latencies(count: number, scale: number, random: () => number): number[] {
  return Array.from({ length: count }, () => {
    const sum = random() + random() + random() + random();
    return scale * Math.exp(sum - 2);
  });
}

/** Pair by pair. */
function deltaByPairs(first: readonly number[], second: readonly number[]): number {
  let sum = 0;
  for (const a of first) for (const b of second) sum += Math.sign(b - a);
  return sum / (first.length * second.length);
}

describe("compareSamples", () => {
  it("counts every pair for its effect size", () => {
    const random = mulberry32(3);
    for (let trial = 0; trial < 50; trial++) {
      // Small whole numbers, so that there are ties.
      const draw = (count: number) =>
        Array.from({ length: count }, () => 1 + Math.floor(6 * random()));
      const [first, second] = [draw(5 + trial), draw(60 - trial)];
      expect(compareSamples(first, second).delta).toBeCloseTo(deltaByPairs(first, second), 12);
    }
  });

  it("finds no clear difference between a sample and itself", () => {
    const sample = latencies(60, 1, mulberry32(5));
    const { ratio, delta, isClear } = compareSamples(sample, sample);
    expect([ratio, delta, isClear]).toEqual([1, 0, false]);
  });

  it("has the true ratio in its interval about as often as it says", () => {
    let held = 0;
    for (let trial = 0; trial < 100; trial++) {
      const random = mulberry32(trial);
      const { ratioLow, ratioHigh } = compareSamples(
        latencies(60, 1, random),
        latencies(60, 1.3, random),
        trial,
      );
      if (ratioLow <= 1.3 && 1.3 <= ratioHigh) held++;
    }
    // 95 of 100, with a standard deviation of 2.2.
    expect(held).toBeGreaterThan(86);
  });

  it("is clear about three times the time, and repeats itself", () => {
    const random = mulberry32(9);
    const [before, after] = [latencies(60, 1, random), latencies(60, 3, random)];
    const compared = compareSamples(before, after);
    expect(compared).toMatchObject({ isClear: true });
    expect(compared.delta).toBeGreaterThan(0.8);
    expect(compareSamples(before, after)).toEqual(compared);
    expect(compareSamples(after, before).delta).toBeCloseTo(-compared.delta, 12);
  });

  it("refuses what is no sample", () => {
    expect(() => compareSamples([1, 2, 3, 4], [1, 2, 3, 4, 5])).toThrow(/at least five/);
    expect(() => compareSamples([1, 2, 3, 4, Number.NaN], [1, 2, 3, 4, 5])).toThrow(/above 0/);
  });
});

import { describe, expect, it } from "vitest";

import { createSeededRandom } from "../src/index.ts";

describe("createSeededRandom", () => {
  it("repeats the published mulberry32 sequence", () => {
    const random = createSeededRandom(1);
    const first = [random.next(), random.next(), random.next()];
    expect(first).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
  });

  it("stays inside its ranges and reaches both ends", () => {
    const random = createSeededRandom(42);
    const rolls = Array.from({ length: 2000 }, () => random.integer(1, 6));
    expect(new Set(rolls)).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    const mean =
      Array.from({ length: 5000 }, () => random.between(-1, 3)).reduce((a, b) => a + b) / 5000;
    expect(mean).toBeCloseTo(1, 1);
    expect(() => random.pick([])).toThrow("nothing to pick");
  });
});

import { describe, expect, it } from "vitest";

import { summarize } from "../src/tiers/run-tiers.ts";

describe("deviations between the tiers", () => {
  it("are signed, and weigh trips alike except in the total", () => {
    const { mean, rms, p95, worst, total } = summarize([
      [100, 110],
      [10, 8],
      [0, 0],
    ]);
    expect(mean).toBeCloseTo(-0.1 / 3, 12);
    expect(rms).toBeCloseTo(Math.sqrt(0.05 / 3), 12);
    expect([p95, worst]).toEqual([worst, worst]);
    expect(worst).toBeCloseTo(0.2, 12);
    expect(total).toBeCloseTo(118 / 110 - 1, 12);
  });
});

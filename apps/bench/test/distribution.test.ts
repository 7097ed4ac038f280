import { describe, expect, it } from "vitest";

import { distributionOf, shown } from "../src/distribution.ts";

describe("distributionOf", () => {
  it("takes percentiles by nearest rank, whatever the order", () => {
    const sample = Array.from({ length: 100 }, (_, k) => ((k * 37) % 100) + 1);
    expect(distributionOf(sample)).toEqual({ count: 100, p50: 50, p95: 95, max: 100, mean: 50.5 });
  });

  it("gives a value that occurred, also for small samples", () => {
    expect(distributionOf([7])).toEqual({ count: 1, p50: 7, p95: 7, max: 7, mean: 7 });
    expect(distributionOf([9, 1, 2])).toMatchObject({ p50: 2, p95: 9 });
  });

  it("never says zero about nothing", () => {
    const nothing = distributionOf([]);
    expect(nothing).toMatchObject({ count: 0, p50: Number.NaN, p95: Number.NaN, max: Number.NaN });
    expect(shown(nothing, 1)).toEqual(["-", "-", "-"]);
  });
});

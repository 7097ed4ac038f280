import { createSeededRandom } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { createRouteOverlap } from "../../src/planner/route-overlap.ts";

describe("what routes have in common", () => {
  it("is measured by the shorter one, in either direction", () => {
    const overlap = createRouteOverlap([
      [
        { arc: 0, fromM: 0, toM: 100 },
        { arc: 2, fromM: 0, toM: 100 },
      ],
      [
        { arc: 1, fromM: 50, toM: 100 },
        { arc: 4, fromM: 0, toM: 50 },
      ],
      [{ arc: 6, fromM: 0, toM: 10 }],
      [{ arc: 6, fromM: 5, toM: 5 }],
    ]);
    expect(overlap(0, 1)).toBe(0.5);
    expect(overlap(1, 0)).toBe(0.5);
    expect(overlap(0, 2)).toBe(0);
    expect(overlap(1, 1)).toBe(1);
    expect(overlap(2, 3)).toBe(1);
  });

  it("is that of metre by metre", () => {
    const random = createSeededRandom(8);
    const lengths = Array.from({ length: 12 }, () => random.integer(1, 30));
    for (let round = 0; round < 50; round++) {
      const routes = [0, 1].map(() =>
        lengths.flatMap((toM, edge) =>
          random.chance(0.6) ? [{ arc: 2 * edge + random.integer(0, 1), fromM: 0, toM }] : [],
        ),
      );
      if (routes.some((parts) => parts.length === 0)) continue;
      const [a, b] = routes.map(
        (parts) =>
          new Set(
            parts.flatMap(({ arc, toM }) =>
              Array.from({ length: toM }, (_, metre) => `${arc >> 1}:${metre}`),
            ),
          ),
      );
      const shared = [...a!].filter((metre) => b!.has(metre)).length;
      expect(createRouteOverlap(routes)(0, 1)).toBeCloseTo(shared / Math.min(a!.size, b!.size), 12);
    }
  });
});

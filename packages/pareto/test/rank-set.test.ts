import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { createRankSet } from "../src/rank-set.ts";

describe("a set of ranks", () => {
  it("knows the neighbours of every number, however it was filled and emptied", () => {
    const limits = fc.constantFrom(1, 31, 32, 33, 1_024, 1_025, 40_000);
    fc.assert(
      fc.property(limits, fc.array(fc.tuple(fc.boolean(), fc.nat())), (limit, changes) => {
        const ranks = createRankSet(limit);
        const members = new Set<number>();
        for (const [adds, number] of changes) {
          const rank = number % limit;
          if (adds) {
            ranks.add(rank);
            members.add(rank);
          } else {
            ranks.delete(rank);
            members.delete(rank);
          }
        }
        const probes = [...members, 0, limit - 1, -1, limit, 2 * limit + 32];
        for (const probe of probes.flatMap((rank) => [rank - 1, rank, rank + 1, rank ^ 31])) {
          const above = [...members].filter((rank) => rank >= probe);
          const below = [...members].filter((rank) => rank <= probe);
          expect(ranks.next(probe)).toBe(above.length === 0 ? -1 : Math.min(...above));
          expect(ranks.previous(probe)).toBe(below.length === 0 ? -1 : Math.max(...below));
        }
      }),
      { numRuns: 300 },
    );
  });
});

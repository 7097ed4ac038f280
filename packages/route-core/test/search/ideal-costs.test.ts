import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { epsilonAbove, idealCosts } from "../../src/search/ideal-costs.ts";
import { createSearchSpace } from "../../src/search/search-space.ts";
import { labelCorrectingFront } from "./brute-force.ts";
import { UNLIMITED } from "./results.ts";
import { graphOf, smallCase } from "./small-network.ts";

describe("idealCosts", () => {
  it("are no more than any route costs, and what the best cost where no turn is banned", () => {
    let exact = 0;
    fc.assert(
      fc.property(smallCase({ maxNodes: 8, maxEdges: 20, maxCost: 40 }), (made) => {
        const front = labelCorrectingFront(made);
        fc.pre(front.length > 0);
        const { bounds } = createSearchSpace(graphOf(made.network)).boundsFor(
          made.query,
          UNLIMITED,
        );
        const ideal = [...idealCosts(made.query, bounds, 3)];
        const least = ideal.map((_, k) => Math.min(...front.map((costs) => costs[k]!)));
        for (const [k, cost] of ideal.entries()) expect(cost).toBeLessThanOrEqual(least[k]!);
        if (ideal.every((cost, k) => cost === least[k])) exact++;
      }),
      { numRuns: 200 },
    );
    expect(exact).toBeGreaterThan(100);
  });
});

describe("epsilonAbove", () => {
  it("is the least number of millionths that covers the floor", () => {
    const costs = fc.tuple(...Array.from({ length: 3 }, () => fc.nat({ max: 2 ** 26 - 1 })));
    fc.assert(
      fc.property(fc.array(costs, { maxLength: 4 }), costs, (routes, floor) => {
        const found = epsilonAbove(
          { objectiveCount: 3, costs: Int32Array.from(routes.flat()) },
          floor,
        );
        const covers = (millionths: bigint): boolean =>
          routes.some((route) =>
            route.every((cost, k) => BigInt(cost) * 1_000_000n <= BigInt(floor[k]!) * millionths),
          );
        if (found === null) {
          expect(covers(2_000_000n)).toBe(false);
          return;
        }
        const millionths = BigInt(Math.round(found * 1_000_000)) + 1_000_000n;
        expect(covers(millionths)).toBe(true);
        if (found > 0) expect(covers(millionths - 1n)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it("is null where nothing is within twice the floor, and 0 at the floor", () => {
    const one = { objectiveCount: 2, costs: Int32Array.of(10, 0) };
    expect(epsilonAbove(one, [4, 0])).toBeNull();
    expect(epsilonAbove({ objectiveCount: 2, costs: Int32Array.of(10, 1) }, [10, 0])).toBeNull();
    expect(epsilonAbove({ objectiveCount: 2, costs: new Int32Array(0) }, [1, 1])).toBeNull();
    expect(epsilonAbove(one, [10, 0])).toBe(0);
    expect(epsilonAbove(one, [3, 0])).toBeNull();
    expect(epsilonAbove(one, [8, 0])).toBe(0.25);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { bestPath } from "../../src/search/best-path.ts";
import type { CostVector } from "../../src/search/search-query.ts";
import { createSearchSpace } from "../../src/search/search-space.ts";
import { bruteForceFront, labelCorrectingFront } from "./brute-force.ts";
import { expectRealRoutes, UNLIMITED, vectorsOf } from "./results.ts";
import { graphOf, type SmallCase, smallCase } from "./small-network.ts";

const weights: fc.Arbitrary<CostVector> = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3));

function expectLeast(made: SmallCase, front: readonly number[][], w: CostVector): void {
  const weighted = (costs: readonly number[]) => costs.reduce((sum, c, k) => sum + c * w[k]!, 0);
  const result = bestPath(createSearchSpace(graphOf(made.network)), made.query, w, UNLIMITED);
  expectRealRoutes(made, result);
  const least = front.length === 0 ? [] : [Math.min(...front.map(weighted))];
  expect(vectorsOf(result).map(weighted)).toEqual(least);
}

describe("bestPath", () => {
  it("finds the least weighted sum over every legal walk", () => {
    let compared = 0;
    fc.assert(
      fc.property(smallCase(), weights, (made, w) => {
        const front = bruteForceFront(made, 50_000);
        fc.pre(front !== undefined);
        expectLeast(made, front, w);
        compared++;
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThanOrEqual(300);
  });

  it("agrees with label correcting on larger networks", () => {
    fc.assert(
      fc.property(smallCase({ maxNodes: 12, maxEdges: 40, maxCost: 9 }), weights, (made, w) => {
        expectLeast(made, labelCorrectingFront(made), w);
      }),
      { numRuns: 300 },
    );
  });

  it("refuses weights that are not finite or negative", () => {
    const [made] = fc.sample(smallCase(), 1);
    const space = createSearchSpace(graphOf(made!.network));
    for (const weight of [-1, Infinity, Number.NaN]) {
      expect(() => bestPath(space, made!.query, [1, weight, 0], UNLIMITED)).toThrow(RangeError);
    }
  });
});

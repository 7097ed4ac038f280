import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { epsilonSearch } from "../../src/search/epsilon-search.ts";
import { exactSearch } from "../../src/search/exact-search.ts";
import { createSearchSpace } from "../../src/search/search-space.ts";
import { bruteForceFront, labelCorrectingFront } from "./brute-force.ts";
import { expectRealRoutes, UNLIMITED, vectorsOf } from "./results.ts";
import { graphOf, type SmallCase, smallCase } from "./small-network.ts";

/** Exact points that no route matches within `percent`, compared on integers. */
function uncovered(front: readonly number[][], found: readonly number[][], percent: number) {
  return front.filter(
    (point) =>
      !found.some((route) => route.every((c, k) => c * 100 <= point[k]! * (100 + percent))),
  );
}

function search(made: SmallCase, percent: number) {
  const space = createSearchSpace(graphOf(made.network));
  const result = epsilonSearch(space, made.query, percent / 100, UNLIMITED);
  expectRealRoutes(made, result);
  return vectorsOf(result);
}

describe("epsilonSearch", () => {
  it.each([1, 5, 25])("covers every legal walk within %i percent on tiny networks", (percent) => {
    let compared = 0;
    fc.assert(
      fc.property(smallCase(), (made) => {
        const front = bruteForceFront(made, 50_000);
        fc.pre(front !== undefined);
        expect(uncovered(front, search(made, percent), percent)).toEqual([]);
        compared++;
      }),
      { numRuns: 400 },
    );
    expect(compared).toBeGreaterThanOrEqual(200);
  });

  it.each([1, 5, 25])("covers the front within %i percent on larger networks", (percent) => {
    let merged = 0;
    fc.assert(
      fc.property(smallCase({ maxNodes: 10, maxEdges: 30, maxCost: 60 }), (made) => {
        const front = labelCorrectingFront(made);
        const found = search(made, percent);
        expect(uncovered(front, found, percent)).toEqual([]);
        expect(found.length).toBeLessThanOrEqual(front.length);
        if (found.length < front.length) merged++;
      }),
      { numRuns: 900 },
    );
    if (percent === 25) expect(merged).toBeGreaterThan(10);
  });

  it.each([5, 25])("covers the front within %i percent together with known routes", (percent) => {
    let spared = 0;
    const made = smallCase({ maxNodes: 10, maxEdges: 30, maxCost: 60 });
    fc.assert(
      fc.property(made, fc.infiniteStream(fc.boolean()), (one, isKnown) => {
        const exact = exactSearch(createSearchSpace(graphOf(one.network)), one.query, UNLIMITED);
        const front = vectorsOf(exact);
        const some = front.filter(() => isKnown.next().value);
        const known = { ...exact, costs: Int32Array.from(some.flat()) };
        const space = createSearchSpace(graphOf(one.network));
        const epsilon = percent / 100;
        const { bounds } = space.boundsFor(one.query, UNLIMITED);
        const result = epsilonSearch(space, one.query, epsilon, UNLIMITED, bounds, known);
        expectRealRoutes(one, result);
        expect(uncovered(front, [...vectorsOf(result), ...some], percent)).toEqual([]);
        if (result.paths.length === 0 && some.length > 0) spared++;
      }),
      { numRuns: 600 },
    );
    expect(spared).toBeGreaterThan(50);
  });

  it("is exact at epsilon 0", () => {
    fc.assert(
      fc.property(smallCase({ maxNodes: 8, maxEdges: 16, maxCost: 9 }), (made) => {
        const space = createSearchSpace(graphOf(made.network));
        const front = vectorsOf(exactSearch(space, made.query, UNLIMITED));
        expect(search(made, 0)).toEqual(front);
      }),
      { numRuns: 300 },
    );
  });

  it("refuses an epsilon that is no tolerance", () => {
    const [made] = fc.sample(smallCase(), 1);
    const space = createSearchSpace(graphOf(made!.network));
    for (const epsilon of [-0.01, 1.5, Number.NaN]) {
      expect(() => epsilonSearch(space, made!.query, epsilon, UNLIMITED)).toThrow(RangeError);
    }
  });
});

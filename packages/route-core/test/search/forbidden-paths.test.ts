import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { bestPath } from "../../src/search/best-path.ts";
import { epsilonSearch } from "../../src/search/epsilon-search.ts";
import { exactSearch } from "../../src/search/exact-search.ts";
import { createSearchSpace } from "../../src/search/search-space.ts";
import { bruteForceFront, labelCorrectingFront } from "./brute-force.ts";
import { hierarchySpace } from "./hierarchy-space.ts";
import { expectRealRoutes, UNLIMITED, vectorsOf } from "./results.ts";
import { forbiddenCase } from "./forbidden-cases.ts";
import { graphOf, type SmallCase } from "./small-network.ts";

/** The same case without its forbidden paths. */
const without = (made: SmallCase): SmallCase => ({
  ...made,
  network: { ...made.network, paths: [] },
});

/** Whether the front would be another one without them. */
function isChanged(made: SmallCase, front: readonly number[][]): boolean {
  return JSON.stringify(labelCorrectingFront(without(made))) !== JSON.stringify(front);
}

const TINY = { maxNodes: 6, maxEdges: 8 };
const SHAPES = [
  { objectives: 1, maxNodes: 8, maxEdges: 16, maxCost: 9 },
  { objectives: 2, maxNodes: 10, maxEdges: 30, maxCost: 60 },
  { objectives: 3, maxNodes: 10, maxEdges: 30, maxCost: 60 },
  { objectives: 4, maxNodes: 8, maxEdges: 20, maxCost: 20 },
];

/** Exact points that no route matches within `percent`, compared on integers. */
function uncovered(front: readonly number[][], found: readonly number[][], percent: number) {
  return front.filter(
    (point) =>
      !found.some((route) => route.every((c, k) => c * 100 <= point[k]! * (100 + percent))),
  );
}

describe("forbidden paths", () => {
  it("are kept by every kernel, compared with every legal walk of tiny networks", () => {
    let compared = 0;
    let changed = 0;
    fc.assert(
      fc.property(forbiddenCase(TINY, 4), (made) => {
        const wanted = bruteForceFront(made, 5_000);
        fc.pre(wanted !== undefined);
        const space = createSearchSpace(graphOf(made.network));
        const exact = exactSearch(space, made.query, UNLIMITED);
        expectRealRoutes(made, exact);
        expect(vectorsOf(exact)).toEqual(wanted);
        const merged = epsilonSearch(space, made.query, 0.25, UNLIMITED);
        expectRealRoutes(made, merged);
        expect(uncovered(wanted, vectorsOf(merged), 25)).toEqual([]);
        const best = bestPath(space, made.query, [1, 2, 1], UNLIMITED);
        expectRealRoutes(made, best);
        const weighted = ([a = 0, b = 0, c = 0]: readonly number[]): number => a + 2 * b + c;
        const least = wanted.length === 0 ? [] : [Math.min(...wanted.map(weighted))];
        expect(vectorsOf(best).map(weighted)).toEqual(least);
        compared++;
        if (isChanged(made, wanted)) changed++;
      }),
      { numRuns: 1200 },
    );
    expect(compared).toBeGreaterThan(600);
    expect(changed).toBeGreaterThan(60);
  });

  describe.each(SHAPES)("on larger networks with $objectives objectives", (shape) => {
    it("leave the exact front and one within 1, 5 and 25 %", () => {
      let changed = 0;
      fc.assert(
        fc.property(forbiddenCase(shape, 6), fc.constantFrom(1, 5, 25), (made, percent) => {
          const wanted = labelCorrectingFront(made);
          const graph = graphOf(made.network);
          const spaces = [createSearchSpace(graph)];
          if (shape.objectives === 3) spaces.push(hierarchySpace(made.network, graph));
          for (const space of spaces) {
            const exact = exactSearch(space, made.query, UNLIMITED);
            expectRealRoutes(made, exact);
            expect(vectorsOf(exact)).toEqual(wanted);
            const merged = epsilonSearch(space, made.query, percent / 100, UNLIMITED);
            expectRealRoutes(made, merged);
            expect(uncovered(wanted, vectorsOf(merged), percent)).toEqual([]);
          }
          if (isChanged(made, wanted)) changed++;
        }),
        { numRuns: 600 },
      );
      expect(changed).toBeGreaterThan(20);
    });

    it("leave the best path, also under limits", () => {
      fc.assert(
        fc.property(forbiddenCase(shape, 6), fc.nat(), fc.nat(4), (made, point, slack) => {
          const wanted = labelCorrectingFront(made);
          const near = wanted[point % Math.max(1, wanted.length)];
          const limits = near?.map((cost, k) => (k < 3 && k !== 1 ? cost + slack : Infinity));
          const limited =
            limits === undefined ? made : { ...made, query: { ...made.query, limits } };
          const weights = [1, 3, 2, 1].slice(0, shape.objectives);
          const space = createSearchSpace(graphOf(made.network));
          const best = bestPath(space, limited.query, weights, UNLIMITED);
          expectRealRoutes(limited, best);
          const weighted = (costs: readonly number[]): number =>
            costs.reduce((sum, cost, k) => sum + cost * weights[k]!, 0);
          const within = wanted.filter((costs) => costs.every((c, k) => c <= limits![k]!));
          const least = within.length === 0 ? [] : [Math.min(...within.map(weighted))];
          expect(vectorsOf(best).map(weighted)).toEqual(least);
        }),
        { numRuns: 600 },
      );
    });
  });
});

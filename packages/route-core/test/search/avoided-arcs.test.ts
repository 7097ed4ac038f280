import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { bestPath } from "../../src/search/best-path.ts";
import { epsilonSearch } from "../../src/search/epsilon-search.ts";
import { exactSearch } from "../../src/search/exact-search.ts";
import { createSearchSpace } from "../../src/search/search-space.ts";
import { bruteForceFront, labelCorrectingFront } from "./brute-force.ts";
import { hierarchySpace } from "./hierarchy-space.ts";
import { expectRealRoutes, UNLIMITED, vectorsOf } from "./results.ts";
import { graphOf, type NetworkLimits, type SmallCase, smallCase } from "./small-network.ts";

/** A case with some arcs avoided, mostly both ways of an edge. */
function avoidingCase(shape: Partial<NetworkLimits>): fc.Arbitrary<SmallCase> {
  return smallCase(shape).chain((made) =>
    fc
      .subarray(
        made.network.arcs.map((_, arc) => arc),
        { minLength: 1, maxLength: Math.ceil(made.network.arcs.length / 3) },
      )
      .chain((arcs) =>
        fc.boolean().map((bothWays) => ({
          ...made,
          query: {
            ...made.query,
            avoidedArcs: Int32Array.from(
              new Set(bothWays ? arcs.flatMap((arc) => [arc & ~1, arc | 1]) : arcs),
            ),
          },
        })),
      ),
  );
}

describe("avoided arcs", () => {
  it("are on no legal walk, and all others are found", () => {
    let changed = 0;
    fc.assert(
      fc.property(avoidingCase({}), (made) => {
        const front = bruteForceFront(made, 50_000);
        fc.pre(front !== undefined);
        const space = createSearchSpace(graphOf(made.network));
        const result = exactSearch(space, made.query, UNLIMITED);
        expectRealRoutes(made, result);
        expect(vectorsOf(result)).toEqual(front);
        const { avoidedArcs: _, ...query } = made.query;
        // The space has kept nothing of them.
        const free = vectorsOf(exactSearch(space, query, UNLIMITED));
        expect(free).toEqual(labelCorrectingFront({ ...made, query }));
        if (free.join(" ") !== front.join(" ")) changed++;
      }),
      { numRuns: 500 },
    );
    expect(changed).toBeGreaterThan(10);
  });

  it("leave hierarchies' bounds valid: no arc was opened", () => {
    fc.assert(
      fc.property(avoidingCase({ maxNodes: 12, maxEdges: 36, maxCost: 40 }), (made) => {
        const front = labelCorrectingFront(made);
        const graph = graphOf(made.network);
        const space = hierarchySpace(made.network, graph);
        const result = exactSearch(space, made.query, UNLIMITED);
        expectRealRoutes(made, result);
        expect(vectorsOf(result)).toEqual(front);
        const merged = epsilonSearch(space, made.query, 0.05, UNLIMITED);
        expectRealRoutes(made, merged);
        const missed = front.filter(
          (costs) =>
            !vectorsOf(merged).some((route) => route.every((c, k) => c * 100 <= costs[k]! * 105)),
        );
        expect(missed).toEqual([]);
        const best = bestPath(space, made.query, [1, 2, 0], UNLIMITED);
        expectRealRoutes(made, best);
        const weighted = (costs: readonly number[]) => costs[0]! + 2 * costs[1]!;
        const least = front.length === 0 ? [] : [Math.min(...front.map(weighted))];
        expect(vectorsOf(best).map(weighted)).toEqual(least);
      }),
      { numRuns: 400 },
    );
  });

  it("are no dead ends: a banned turn is not made legal by turning round before them", () => {
    // 0 - 1 - 2, and a side road 1 - 3; 0 to 3 is banned at 1, and beyond 2 the road is avoided.
    const both = (tail: number, head: number) => [
      { tail, head, costs: [1, 1, 1], restricted: false },
      { tail: head, head: tail, costs: [1, 1, 1], restricted: false },
    ];
    const arcs = [...both(0, 1), ...both(1, 2), ...both(1, 3), ...both(2, 4), ...both(4, 5)];
    const space = createSearchSpace(graphOf({ nodeCount: 6, arcs, bans: [[0, 4]] }));
    const query = {
      starts: [{ node: 1, arcId: 0, costs: [0, 0, 0] }],
      ends: [{ node: 3, arcId: -1, costs: [0, 0, 0] }],
      direct: [],
      openArcs: new Int32Array(0),
    };
    // By the end of the road at 5, where a truck may turn.
    const free = exactSearch(space, query, UNLIMITED);
    expect(vectorsOf(free)).toEqual([[7, 7, 7]]);
    const avoiding = exactSearch(space, { ...query, avoidedArcs: Int32Array.of(6, 7) }, UNLIMITED);
    expect(avoiding.unreachable).toBe(true);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { exactSearch } from "../../src/search/exact-search.ts";
import { createSearchSpace } from "../../src/search/search-space.ts";
import { bruteForceFront, labelCorrectingFront } from "./brute-force.ts";
import { expectRealRoutes, UNLIMITED, vectorsOf } from "./results.ts";
import { graphOf, smallCase } from "./small-network.ts";

describe("exactSearch", () => {
  it("finds the front of every legal walk, with the walks", () => {
    let compared = 0;
    let withRoutes = 0;
    fc.assert(
      fc.property(smallCase(), (made) => {
        const wanted = bruteForceFront(made);
        fc.pre(wanted !== undefined);
        const result = exactSearch(createSearchSpace(graphOf(made.network)), made.query, UNLIMITED);
        expect(vectorsOf(result)).toEqual(wanted);
        expectRealRoutes(made, result);
        compared++;
        if (wanted.length > 0) withRoutes++;
      }),
      { numRuns: 1000 },
    );
    expect(compared).toBeGreaterThanOrEqual(300);
    expect(withRoutes).toBeGreaterThan(compared / 4);
  });

  it("agrees with label correcting on larger networks", () => {
    fc.assert(
      fc.property(smallCase({ maxNodes: 12, maxEdges: 40, maxCost: 9 }), (made) => {
        const result = exactSearch(createSearchSpace(graphOf(made.network)), made.query, UNLIMITED);
        expect(vectorsOf(result)).toEqual(labelCorrectingFront(made));
        expectRealRoutes(made, result);
      }),
      { numRuns: 400 },
    );
  });

  it("treats an objective with all costs zero as absent", () => {
    fc.assert(
      fc.property(smallCase(), fc.integer({ min: 0, max: 2 }), (made, objective) => {
        const zero = (costs: readonly number[]) =>
          costs.map((cost, k) => (k === objective ? 0 : cost)) as [number, number, number];
        const arcs = made.network.arcs.map((arc) => arc && { ...arc, costs: zero(arc.costs) });
        const free = <T extends { costs: readonly number[] }>(list: readonly T[]) =>
          list.map((item) => ({ ...item, costs: zero(item.costs) }));
        const flat = {
          network: { ...made.network, arcs },
          query: {
            starts: free(made.query.starts),
            ends: free(made.query.ends),
            direct: free(made.query.direct),
            openArcs: made.query.openArcs,
          },
        };
        const result = exactSearch(createSearchSpace(graphOf(flat.network)), flat.query, UNLIMITED);
        expect(vectorsOf(result)).toEqual(labelCorrectingFront(flat));
        expectRealRoutes(flat, result);
      }),
      { numRuns: 300 },
    );
  });
});

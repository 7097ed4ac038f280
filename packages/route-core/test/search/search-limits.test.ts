import { createSeededRandom } from "@gradeway/test-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { bestPath } from "../../src/search/best-path.ts";
import { epsilonSearch } from "../../src/search/epsilon-search.ts";
import { exactSearch } from "../../src/search/exact-search.ts";
import type { SearchBudget } from "../../src/search/search-budget.ts";
import { NO_ARC, type SearchQuery } from "../../src/search/search-query.ts";
import type { SearchResult } from "../../src/search/search-result.ts";
import { createSearchSpace, type SearchSpace } from "../../src/search/search-space.ts";
import { dominates } from "./brute-force.ts";
import { UNLIMITED, vectorsOf } from "./results.ts";
import { type Costs, graphOf, smallCase, type SmallNetwork } from "./small-network.ts";

const SIDE = 16;

/** A grid with random costs: thousands of labels from corner to corner. */
function grid(): SmallNetwork {
  const random = createSeededRandom(7);
  const arcs: SmallNetwork["arcs"] = [];
  const cost = () => random.integer(1, 100);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const from = y * SIDE + x;
      for (const to of [x + 1 < SIDE ? from + 1 : -1, y + 1 < SIDE ? from + SIDE : -1]) {
        if (to < 0) continue;
        for (const [tail, head] of [
          [from, to],
          [to, from],
        ] as const) {
          arcs.push({ tail, head, costs: [cost(), cost(), cost()], restricted: false });
        }
      }
    }
  }
  return { nodeCount: SIDE * SIDE, arcs, bans: [] };
}

const across: SearchQuery = {
  starts: [{ node: 0, arcId: NO_ARC, costs: [0, 0, 0] }],
  ends: [{ node: SIDE * SIDE - 1, arcId: NO_ARC, costs: [0, 0, 0] }],
  direct: [],
  openArcs: new Int32Array(0),
};

/** One arc from node 0 to node 1 that costs so much in the second objective. */
function oneArc(cost: number) {
  const arc = { tail: 0, head: 1, costs: [1, cost, 1] as Costs, restricted: false };
  return graphOf({ nodeCount: 2, arcs: [arc, undefined], bans: [] });
}

type Kernel = (space: SearchSpace, query: SearchQuery, budget: SearchBudget) => SearchResult;

const kernels: [string, Kernel][] = [
  ["exactSearch", (space, query, budget) => exactSearch(space, query, budget)],
  ["epsilonSearch", (space, query, budget) => epsilonSearch(space, query, 0.01, budget)],
  ["bestPath", (space, query, budget) => bestPath(space, query, [1, 1, 1], budget)],
];

/** A clock that moves on by 1 ms with every look. */
function tickingBudget(deadlineAtMs: number): SearchBudget {
  let time = 0;
  return { now: () => time++, deadlineAtMs, maxBytes: Infinity };
}

describe.each(kernels)("limits of %s", (_name, kernel) => {
  const graph = graphOf(grid());
  const reference = kernel(createSearchSpace(graph), across, UNLIMITED);

  it("stops at a deadline at every point and answers the next query right", () => {
    const space = createSearchSpace(graph);
    let deadline = 0;
    for (;;) {
      const cut = kernel(space, across, tickingBudget(deadline));
      if (cut.status === "complete") break;
      expect(cut.status).toBe("deadline");
      expect(cut.unreachable).toBe(false);
      if (deadline % 8 === 0) expect(kernel(space, across, UNLIMITED)).toEqual(reference);
      deadline++;
    }
    // Three bound searches look at the clock at least once each before the search itself does.
    expect(deadline).toBeGreaterThan(3);
  });

  it("stops when cancelled", () => {
    const space = createSearchSpace(graph);
    const cancelSlot = new Int32Array(new SharedArrayBuffer(4));
    const budget = {
      ...UNLIMITED,
      cancelSlot,
      now: () => {
        Atomics.store(cancelSlot, 0, 1);
        return 0;
      },
    };
    const result = kernel(space, across, budget);
    expect(result.status).toBe("cancelled");
    expect(result.unreachable).toBe(false);
    expect(kernel(space, across, UNLIMITED)).toEqual(reference);
  });

  it("stops at the memory cap at the same label on a fresh and a used space", () => {
    const used = createSearchSpace(graph);
    kernel(used, across, UNLIMITED);
    for (const maxBytes of [0, 100_000, 200_000, 300_000]) {
      const budget = { ...UNLIMITED, maxBytes };
      const result = kernel(createSearchSpace(graph), across, budget);
      expect(kernel(used, across, budget)).toEqual(result);
      if (maxBytes === 0) expect(result.status).toBe("memory");
    }
    expect(kernel(used, across, UNLIMITED)).toEqual(reference);
  });

  it("reports costs that the queue cannot order, and only those", () => {
    const query = { ...across, ends: [{ node: 1, arcId: NO_ARC, costs: [0, 0, 0] as const }] };
    for (const [cost, status] of [
      [2 ** 26 - 1, "complete"],
      [2 ** 26, "overflow"],
      [2 ** 30 + 5, "overflow"],
    ] as const) {
      const result = kernel(createSearchSpace(oneArc(cost)), query, UNLIMITED);
      expect(result.status).toBe(status);
      expect(result.unreachable).toBe(false);
    }
  });

  it("gives the same result again on a used space", () => {
    fc.assert(
      fc.property(smallCase(), ({ network, query }) => {
        const small = graphOf(network);
        const used = createSearchSpace(small);
        const reversed = {
          ...query,
          starts: query.starts.toReversed(),
          openArcs: new Int32Array(),
        };
        const fresh = kernel(createSearchSpace(small), query, UNLIMITED);
        kernel(used, reversed, UNLIMITED);
        exactSearch(used, { ...query, ends: [] }, UNLIMITED);
        expect(kernel(used, query, UNLIMITED)).toEqual(fresh);
        expect(kernel(used, query, UNLIMITED)).toEqual(fresh);
      }),
      { numRuns: 300 },
    );
  });
});

describe("bounds given to several searches", () => {
  it("serve epsilon searches and the exact one", () => {
    const space = createSearchSpace(graphOf(grid()));
    const { status, bounds } = space.boundsFor(across, UNLIMITED);
    expect(status).toBe("complete");
    const five = epsilonSearch(space, across, 0.05, UNLIMITED, bounds);
    const one = epsilonSearch(space, across, 0.01, UNLIMITED, bounds);
    const exact = exactSearch(space, across, UNLIMITED, bounds);
    expect(exact).toEqual(exactSearch(space, across, UNLIMITED));
    expect(five.paths.length).toBeLessThan(one.paths.length);
    expect(one.paths.length).toBeLessThan(exact.paths.length);
  });

  it("leave real non-dominated routes behind when the deadline cuts the exact search", () => {
    const space = createSearchSpace(graphOf(grid()));
    const { bounds } = space.boundsFor(across, UNLIMITED);
    const whole = vectorsOf(exactSearch(space, across, UNLIMITED, bounds));
    const cut = vectorsOf(exactSearch(space, across, tickingBudget(8), bounds));
    expect(cut.length).toBeGreaterThan(0);
    expect(cut.length).toBeLessThan(whole.length);
    for (const route of cut) expect(whole.some((other) => dominates(other, route))).toBe(true);
  });
});

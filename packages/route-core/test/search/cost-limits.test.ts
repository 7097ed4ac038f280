import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { anytimeSearch } from "../../src/search/anytime-search.ts";
import { bestPath } from "../../src/search/best-path.ts";
import { epsilonSearch } from "../../src/search/epsilon-search.ts";
import { exactSearch } from "../../src/search/exact-search.ts";
import type { ProvenResult } from "../../src/search/search-result.ts";
import { createSearchSpace } from "../../src/search/search-space.ts";
import { bruteForceFront, labelCorrectingFront } from "./brute-force.ts";
import { hierarchySpace } from "./hierarchy-space.ts";
import { expectRealRoutes, UNLIMITED, vectorsOf } from "./results.ts";
import { graphOf, type NetworkLimits, type SmallCase, smallCase } from "./small-network.ts";

/** Limits near a route of the front, or without regard to it; some objectives have none. */
interface LimitSeed {
  readonly point: number;
  readonly slack: readonly number[];
  readonly limited: readonly boolean[];
  readonly anywhere: readonly number[] | undefined;
}

function limitSeed(objectives: number, maxSlack: number): fc.Arbitrary<LimitSeed> {
  const size = { minLength: objectives, maxLength: objectives };
  return fc.record({
    point: fc.nat(),
    slack: fc.array(fc.integer({ min: -1, max: maxSlack }), size),
    limited: fc.array(fc.boolean(), size),
    anywhere: fc.option(fc.array(fc.nat(maxSlack * 6), size), { nil: undefined, freq: 4 }),
  });
}

function limitsOf(front: readonly number[][], seed: LimitSeed): number[] {
  const near = front[seed.point % Math.max(1, front.length)] ?? seed.slack;
  return seed.limited.map((isLimited, k) => {
    const limit = seed.anywhere?.[k] ?? near[k]! + seed.slack[k]!;
    return isLimited ? Math.max(0, limit) : Infinity;
  });
}

const keeps = (limits: readonly number[]) => (costs: readonly number[]) =>
  costs.every((cost, k) => cost <= limits[k]!);

const withLimits = (made: SmallCase, limits: readonly number[]): SmallCase => ({
  ...made,
  query: { ...made.query, limits },
});

const SHAPES: readonly (Partial<NetworkLimits> & { readonly objectives: number })[] = [
  { objectives: 1, maxNodes: 8, maxEdges: 16, maxCost: 9 },
  { objectives: 2, maxNodes: 10, maxEdges: 30, maxCost: 60 },
  { objectives: 3, maxNodes: 10, maxEdges: 30, maxCost: 60 },
  { objectives: 4, maxNodes: 8, maxEdges: 20, maxCost: 20 },
];

describe.each(SHAPES)("under limits on $objectives objectives", (shape) => {
  const made = smallCase(shape);
  const seed = limitSeed(shape.objectives, 8);

  it("an exact search finds the part of the front within them", () => {
    let parted = 0;
    fc.assert(
      fc.property(made, seed, (one, seeded) => {
        const front = labelCorrectingFront(one);
        const limits = limitsOf(front, seeded);
        const limited = withLimits(one, limits);
        const result = exactSearch(
          createSearchSpace(graphOf(one.network)),
          limited.query,
          UNLIMITED,
        );
        expectRealRoutes(limited, result);
        const within = front.filter(keeps(limits));
        expect(vectorsOf(result)).toEqual(within);
        if (within.length < front.length) parted++;
      }),
      { numRuns: 1200 },
    );
    expect(parted).toBeGreaterThan(10);
  });

  it.each([1, 5, 25])(
    "a search within %i percent keeps them, and covers what is safely within",
    (percent) => {
      let close = 0;
      fc.assert(
        fc.property(made, seed, (one, seeded) => {
          const front = labelCorrectingFront(one);
          const limits = limitsOf(front, seeded);
          const limited = withLimits(one, limits);
          const space = createSearchSpace(graphOf(one.network));
          const result = epsilonSearch(space, limited.query, percent / 100, UNLIMITED);
          expectRealRoutes(limited, result);
          const found = vectorsOf(result);
          expect(found.filter((costs) => !keeps(limits)(costs))).toEqual([]);
          const scaled = limits.map((limit) => limit * 100);
          const isSafe = (costs: readonly number[]) =>
            keeps(scaled)(costs.map((cost) => cost * (100 + percent)));
          const isCovered = (costs: readonly number[]) =>
            found.some((route) => route.every((c, k) => c * 100 <= costs[k]! * (100 + percent)));
          expect(front.filter(isSafe).filter((costs) => !isCovered(costs))).toEqual([]);
          if (front.some((costs) => keeps(limits)(costs) && !isSafe(costs))) close++;
        }),
        { numRuns: 600 },
      );
      if (percent === 25 && shape.objectives > 1) expect(close).toBeGreaterThan(10);
    },
  );

  it("an anytime search keeps them at every step, and comes to the exact part", () => {
    fc.assert(
      fc.property(made, seed, (one, seeded) => {
        const front = labelCorrectingFront(one);
        const limits = limitsOf(front, seeded);
        const { query } = withLimits(one, limits);
        const space = createSearchSpace(graphOf(one.network));
        const improvements: ProvenResult[] = [];
        const options = {
          steps: [0.5, 0.1],
          firstTryLabels: 0,
          onImprovement: (better: ProvenResult) => improvements.push(better),
        };
        const result = anytimeSearch(space, query, UNLIMITED, options);
        const within = front.filter(keeps(limits));
        expect(vectorsOf(result)).toEqual(within);
        expect(result).toMatchObject({ epsilon: 0, unreachable: within.length === 0 });
        for (const { epsilon, ...better } of improvements) {
          const found = vectorsOf({ ...better });
          expect(found.every(keeps(limits))).toBe(true);
          const percent = 100 + Math.round(epsilon! * 100);
          const safe = within.filter((costs) =>
            costs.every((cost, k) => cost * percent <= limits[k]! * 100),
          );
          const missed = safe.filter(
            (costs) =>
              !found.some((route) => route.every((c, k) => c * 100 <= costs[k]! * percent)),
          );
          expect(missed).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("the best path is the one with the least weighted sum within them", () => {
    const weights = fc.array(fc.nat(3), {
      minLength: shape.objectives,
      maxLength: shape.objectives,
    });
    let forced = 0;
    fc.assert(
      fc.property(made, seed, weights, (one, seeded, w) => {
        const front = labelCorrectingFront(one);
        const limits = limitsOf(front, seeded);
        fc.pre(limits.filter(Number.isFinite).length <= 3);
        fc.pre(shape.objectives === 1 || front.length > 1);
        const limited = withLimits(one, limits);
        const result = bestPath(
          createSearchSpace(graphOf(one.network)),
          limited.query,
          w,
          UNLIMITED,
        );
        expectRealRoutes(limited, result);
        const weighted = (costs: readonly number[]) =>
          costs.reduce((sum, cost, k) => sum + cost * w[k]!, 0);
        const within = front.filter(keeps(limits));
        const least = within.length === 0 ? [] : [Math.min(...within.map(weighted))];
        expect(vectorsOf(result).map(weighted)).toEqual(least);
        expect(vectorsOf(result).every(keeps(limits))).toBe(true);
        if (least.length > 0 && least[0]! > Math.min(...front.map(weighted))) forced++;
      }),
      { numRuns: 900 },
    );
    if (shape.objectives > 1) expect(forced).toBeGreaterThan(10);
  });
});

describe("limits", () => {
  it("hold with bounds and mixed bounds from a hierarchy too", () => {
    const shape = { maxNodes: 12, maxEdges: 40, maxCost: 60 };
    fc.assert(
      fc.property(smallCase(shape), limitSeed(3, 8), (one, seeded) => {
        const front = labelCorrectingFront(one);
        const limits = limitsOf(front, seeded);
        const { query } = withLimits(one, limits);
        const graph = graphOf(one.network);
        const space = hierarchySpace(one.network, graph);
        const within = front.filter(keeps(limits));
        expect(vectorsOf(exactSearch(space, query, UNLIMITED))).toEqual(within);
        const merged = vectorsOf(epsilonSearch(space, query, 0.05, UNLIMITED));
        expect(merged.every(keeps(limits))).toBe(true);
        const missed = within.filter(
          (costs) =>
            costs.every((cost, k) => cost * 105 <= limits[k]! * 100) &&
            !merged.some((route) => route.every((c, k) => c * 100 <= costs[k]! * 105)),
        );
        expect(missed).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it("hold for every legal walk of tiny networks, walked one by one", () => {
    fc.assert(
      fc.property(smallCase(), limitSeed(3, 3), (one, seeded) => {
        const front = bruteForceFront(one, 50_000);
        fc.pre(front !== undefined);
        const limits = limitsOf(front, seeded);
        const { query } = withLimits(one, limits);
        const space = createSearchSpace(graphOf(one.network));
        const within = front.filter(keeps(limits));
        expect(vectorsOf(exactSearch(space, query, UNLIMITED))).toEqual(within);
        const best = vectorsOf(bestPath(space, query, [0, 1, 0], UNLIMITED));
        const least = within.length === 0 ? [] : [Math.min(...within.map((costs) => costs[1]!))];
        expect(best.map((costs) => costs[1])).toEqual(least);
        // The space has kept nothing of them.
        expect(vectorsOf(exactSearch(space, one.query, UNLIMITED))).toEqual(front);
      }),
      { numRuns: 400 },
    );
  });

  const [made] = fc.sample(smallCase(), 1);
  const space = createSearchSpace(graphOf(made!.network));

  it("are whole numbers from 0 on", () => {
    for (const limit of [-1, 0.5, Number.NaN, -Infinity]) {
      const query = { ...made!.query, limits: [Infinity, limit, Infinity] };
      expect(() => exactSearch(space, query, UNLIMITED)).toThrow(RangeError);
      expect(() => epsilonSearch(space, query, 0.1, UNLIMITED)).toThrow(RangeError);
      expect(() => bestPath(space, query, [1, 1, 1], UNLIMITED)).toThrow(RangeError);
    }
  });

  it("keep a search from costs that it could not count", () => {
    const cost = 2 ** 26 - 10;
    const arcs = [
      { tail: 0, head: 1, costs: [1, 1, cost], restricted: false },
      undefined,
      { tail: 1, head: 2, costs: [1, 1, cost], restricted: false },
      undefined,
      { tail: 0, head: 2, costs: [5, 5, 5], restricted: false },
      undefined,
    ];
    const graph = graphOf({ nodeCount: 3, arcs, bans: [] });
    const query = {
      starts: [{ node: 0, arcId: -1, costs: [0, 0, 0] }],
      ends: [{ node: 2, arcId: -1, costs: [0, 0, 0] }],
      direct: [],
      openArcs: new Int32Array(0),
    };
    const narrow = createSearchSpace(graph);
    expect(exactSearch(narrow, query, UNLIMITED).status).toBe("overflow");
    const limited = { ...query, limits: [Infinity, Infinity, 100] };
    expect(vectorsOf(exactSearch(narrow, limited, UNLIMITED))).toEqual([[5, 5, 5]]);
    expect(vectorsOf(epsilonSearch(narrow, limited, 0.1, UNLIMITED))).toEqual([[5, 5, 5]]);
    expect(vectorsOf(bestPath(narrow, limited, [1, 0, 0], UNLIMITED))).toEqual([[5, 5, 5]]);
  });
});

import { paretoFilter } from "@gradeway/pareto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { everyPath } from "../../src/search/every-path.ts";
import { exactSearch } from "../../src/search/exact-search.ts";
import { createSearchSpace } from "../../src/search/search-space.ts";
import { bruteForceFront, drive, legalExits } from "./brute-force.ts";
import { forbiddenCase } from "./forbidden-cases.ts";
import { UNLIMITED, vectorsOf } from "./results.ts";
import { graphOf, smallCase, type SmallCase } from "./small-network.ts";

const MOST = 3_000;

/** Arcs and costs of every legal walk without a repeated arc, as text; undefined when there are many. */
function everyWalk({ network, query }: SmallCase): string[] | undefined {
  const found = query.direct.map(({ arcId, costs }) => `${arcId} costs ${costs.join(",")}`);
  const walk = (node: number, arcs: readonly number[], costs: readonly number[]): void => {
    if (found.length > MOST) return;
    for (const exit of legalExits(network, query, node, arcs)) {
      const sum = costs.map((cost, k) => cost + exit.costs[k]!);
      const onward = [...arcs, exit.arcId];
      if (exit.end) found.push(`${onward.join(" ")} costs ${sum.join(",")}`);
      else if (!arcs.includes(exit.arcId)) walk(exit.head, onward, sum);
    }
  };
  for (const { node, arcId, costs } of query.starts) walk(node, [arcId], costs);
  return found.length > MOST ? undefined : found;
}

describe("everyPath", () => {
  it("finds every legal walk once, with its costs", () => {
    let walks = 0;
    fc.assert(
      fc.property(smallCase(), (made) => {
        const wanted = everyWalk(made);
        fc.pre(wanted !== undefined);
        const result = everyPath(
          createSearchSpace(graphOf(made.network)),
          made.query,
          MOST,
          UNLIMITED,
        );
        const found = result.paths.map((path, index) => {
          const costs = result.costs.subarray(3 * index, 3 * index + 3);
          return `${path.join(" ")} costs ${costs.join(",")}`;
        });
        expect(found.toSorted()).toEqual(wanted.toSorted());
        expect(result).toMatchObject({ status: "complete", unreachable: wanted.length === 0 });
        walks += wanted.length;
      }),
      { numRuns: 400 },
    );
    expect(walks).toBeGreaterThan(1_000);
  });

  it("holds the whole front where paths are forbidden and a truck has to come back", () => {
    fc.assert(
      fc.property(forbiddenCase({ maxNodes: 6, maxEdges: 7 }, 4), (made) => {
        const front = bruteForceFront(made, 20_000);
        const space = createSearchSpace(graphOf(made.network));
        const all = everyPath(space, made.query, MOST, UNLIMITED);
        fc.pre(front !== undefined && all.status === "complete");
        const found = vectorsOf(all);
        expect(found.map((_, k) => drive(made, all.paths[k]!))).toEqual(found);
        expect(paretoFilter(found).map((k) => found[k])).toEqual(front);
      }),
      { numRuns: 400 },
    );
  });

  it("says when there are more than asked for", () => {
    fc.assert(
      fc.property(smallCase(), (made) => {
        const wanted = everyWalk(made);
        fc.pre(wanted !== undefined && wanted.length > 1);
        const space = createSearchSpace(graphOf(made.network));
        const some = everyPath(space, made.query, wanted.length - 1, UNLIMITED);
        expect(some.status).toBe("memory");
        expect(some.paths.length).toBe(wanted.length - 1);
        // And the space is as good as before.
        const front = exactSearch(space, made.query, UNLIMITED);
        expect(front.status).toBe("complete");
        expect(vectorsOf(front).length).toBeGreaterThan(0);
      }),
      { numRuns: 100 },
    );
  });

  it("stops at its deadline and when cancelled", () => {
    const made = fc.sample(smallCase(), { numRuns: 50, seed: 3 }).find((one) => {
      return (everyWalk(one)?.length ?? 0) > 2;
    })!;
    const space = createSearchSpace(graphOf(made.network));
    const late = { ...UNLIMITED, now: () => 5, deadlineAtMs: 5 };
    expect(everyPath(space, made.query, MOST, late).status).toBe("deadline");
    const cancelled = { ...UNLIMITED, cancelSlot: Int32Array.of(1) };
    expect(everyPath(space, made.query, MOST, cancelled).status).toBe("cancelled");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type AnytimeOptions, anytimeSearch } from "../../src/search/anytime-search.ts";
import { epsilonSearch } from "../../src/search/epsilon-search.ts";
import { exactSearch } from "../../src/search/exact-search.ts";
import type { SearchBudget } from "../../src/search/search-budget.ts";
import type { ProvenResult } from "../../src/search/search-result.ts";
import { createSearchSpace } from "../../src/search/search-space.ts";
import { drive, dominates, labelCorrectingFront } from "./brute-force.ts";
import { UNLIMITED, vectorsOf } from "./results.ts";
import { gridCase } from "./grid-case.ts";
import { graphOf, type SmallCase, smallCase } from "./small-network.ts";

/** Every search from the first label on, so that small networks see all the steps. */
const STEPS: AnytimeOptions = { steps: [0.5, 0.2, 0.05], firstTryLabels: 8 };

/** What must hold of any result, whatever ended the search; `front` comes from the oracle. */
function expectTrue(made: SmallCase, front: readonly number[][], result: ProvenResult): void {
  const found = vectorsOf(result);
  expect(result.paths.map((path) => drive(made, path))).toEqual(found);
  for (const [at, route] of found.entries()) {
    expect(found.some((other, k) => k !== at && dominates(other, route))).toBe(false);
  }
  const { epsilon } = result;
  if (epsilon === null) {
    expect(result.status).not.toBe("complete");
    return;
  }
  // On whole millionths, as costs are integers.
  const factor = 1_000_000 + Math.round(epsilon * 1_000_000);
  const uncovered = front.filter(
    (point) =>
      !found.some((route) => route.every((cost, k) => cost * 1_000_000 <= point[k]! * factor)),
  );
  expect(uncovered).toEqual([]);
}

/** Searches and checks every front that is handed out as well as the result. */
function searched(
  made: SmallCase,
  front: readonly number[][],
  budget: SearchBudget,
  options: AnytimeOptions = STEPS,
): ProvenResult {
  const improvements: ProvenResult[] = [];
  const result = anytimeSearch(createSearchSpace(graphOf(made.network)), made.query, budget, {
    ...options,
    onImprovement: (improved) => improvements.push(improved),
  });
  expectTrue(made, front, result);
  for (const improved of improvements) {
    expect(improved.status).toBe("complete");
    expectTrue(made, front, improved);
  }
  const proven = improvements.map(({ epsilon }) => epsilon!);
  expect(proven).toEqual([...new Set(proven)].sort((a, b) => b - a));
  const least = proven.at(-1) ?? (result.unreachable ? (options.epsilon ?? 0) : null);
  if (least !== null) expect(result.epsilon).toBeLessThanOrEqual(least);
  if (result.status === "complete") expect(result.epsilon).toBe(options.epsilon ?? 0);
  return result;
}

/** A clock that moves on by 1 ms with every look. */
function ticking(deadlineAtMs: number): SearchBudget {
  let time = 0;
  return { ...UNLIMITED, now: () => time++, deadlineAtMs };
}

describe("anytimeSearch", () => {
  const small = smallCase({ maxNodes: 8, maxEdges: 20, maxCost: 40 });

  it("comes to the exact front, or to that of the tolerance asked for", () => {
    fc.assert(
      fc.property(small, (made) => {
        const front = labelCorrectingFront(made);
        const exact = searched(made, front, UNLIMITED);
        expect(exact).toMatchObject({ status: "complete", epsilon: 0 });
        expect(vectorsOf(exact)).toEqual(front);
        const near = searched(made, front, UNLIMITED, { ...STEPS, epsilon: 0.1 });
        const direct = epsilonSearch(
          createSearchSpace(graphOf(made.network)),
          made.query,
          0.1,
          UNLIMITED,
        );
        expect(vectorsOf(near)).toEqual(vectorsOf(direct));
        expect(near.epsilon).toBe(0.1);
      }),
      { numRuns: 300 },
    );
  });

  it("tells the truth at every label cap", () => {
    const seen = new Set<number | null>();
    fc.assert(
      fc.property(small, (made) => {
        const front = labelCorrectingFront(made);
        const whole = searched(made, front, UNLIMITED);
        for (let maxLabels = 0; maxLabels <= whole.labels; maxLabels++) {
          const cut = searched(made, front, { ...UNLIMITED, maxLabels });
          if (cut.status !== "complete") expect(cut.status).toBe("labels");
          seen.add(cut.epsilon);
        }
      }),
      { numRuns: 150 },
    );
    // Nothing proven, each step, the exact front, and what the bounds prove in between.
    expect([...seen]).toEqual(expect.arrayContaining([null, 0.5, 0.2, 0.05, 0]));
    expect(seen.size).toBeGreaterThan(10);
  });

  it("claims no less than the tolerance that it searched with", () => {
    const { made, front } = gridCase(9);
    const options = { epsilon: 0.5, steps: [], firstTryLabels: 8 };
    const whole = searched(made, front, UNLIMITED, options);
    let claims = 0;
    for (let maxLabels = 0; maxLabels <= whole.labels; maxLabels++) {
      const { status, epsilon } = searched(made, front, { ...UNLIMITED, maxLabels }, options);
      if (status === "complete" || epsilon === null) continue;
      expect(epsilon).toBeGreaterThanOrEqual(0.5);
      claims++;
    }
    expect(claims).toBeGreaterThan(10);
  });

  it("tells the truth at a deadline at every look at the clock", () => {
    const { made, front } = gridCase(9);
    const seen = new Set<number | null>();
    const options = { steps: [0.2, 0.05], firstTryLabels: 50 };
    for (let deadline = 0; ; deadline++) {
      const cut = searched(made, front, ticking(deadline), options);
      seen.add(cut.epsilon);
      if (cut.status === "complete") break;
      expect(cut.status).toBe("deadline");
    }
    expect([...seen]).toEqual(expect.arrayContaining([null, 0.2, 0.05, 0]));
    const proven = [...seen].slice(1).map(Number);
    expect(proven).toEqual(proven.toSorted((a, b) => b - a));
    expect(proven[0]).toBeGreaterThan(0.2);
  });

  it("stops when cancelled, in every phase", () => {
    const { made, front } = gridCase(9);
    const cancelSlot = new Int32Array(new SharedArrayBuffer(4));
    for (let looks = 1; ; looks++) {
      let left = looks;
      Atomics.store(cancelSlot, 0, 0);
      const now = () => {
        if (--left === 0) Atomics.store(cancelSlot, 0, 1);
        return 0;
      };
      const cut = searched(made, front, { ...UNLIMITED, now, cancelSlot });
      if (cut.status === "complete") break;
      expect(cut.status).toBe("cancelled");
    }
  });

  it("keeps the best front when memory runs out", () => {
    const { made, front } = gridCase(9);
    const seen = new Set<number | null>();
    for (let maxBytes = 0; maxBytes <= 4_000_000; maxBytes += 100_000) {
      const cut = searched(made, front, { ...UNLIMITED, maxBytes });
      if (cut.status !== "complete") expect(cut.status).toBe("memory");
      seen.add(cut.epsilon);
    }
    expect(seen.has(null)).toBe(true);
    expect(seen.has(0)).toBe(true);
  });

  it("hands out the front asked for at once where the first try comes to it", () => {
    const { made, front } = gridCase(9);
    const proven: (number | null)[] = [];
    const onImprovement = ({ epsilon }: ProvenResult): unknown => proven.push(epsilon);
    const space = createSearchSpace(graphOf(made.network));
    anytimeSearch(space, made.query, UNLIMITED, { firstTryLabels: 1e9, onImprovement });
    expect(proven).toEqual([0]);
    anytimeSearch(space, made.query, UNLIMITED, { firstTryLabels: 0, onImprovement });
    expect(proven).toEqual([0, expect.any(Number), 0.05, 0.01, 0]);
    expect(proven[1]).toBeGreaterThan(0.05);
    expect(vectorsOf(exactSearch(space, made.query, UNLIMITED))).toEqual(front);
  });

  it("says so where there is no route, and where the origin is the destination", () => {
    const { made } = gridCase(3);
    const space = createSearchSpace(graphOf(made.network));
    const nowhere = anytimeSearch(space, { ...made.query, ends: [] }, UNLIMITED);
    expect(nowhere).toMatchObject({ status: "complete", unreachable: true, epsilon: 0 });
    const [end] = made.query.ends;
    const here = { ...made.query, starts: [{ ...end!, arcId: -1 }] };
    const stay = anytimeSearch(space, here, UNLIMITED);
    expect(stay).toMatchObject({ status: "complete", unreachable: false, epsilon: 0 });
    expect([...stay.costs]).toEqual([0, 0, 0]);
  });

  it("refuses what is no tolerance", () => {
    const { made } = gridCase(3);
    const space = createSearchSpace(graphOf(made.network));
    expect(() => anytimeSearch(space, made.query, UNLIMITED, { epsilon: -1 })).toThrow(RangeError);
  });
});

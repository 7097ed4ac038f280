import { streetGrid } from "@gradeway/test-kit";
import { isReasonError } from "@gradeway/reason-codes";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import type { ParetoAnswer, PlanRequest, SearchControl } from "../../src/planner/plan-types.ts";
import { buildFromDataset, plannerOf } from "../networks.ts";

/** Large enough for fronts that take more labels than a first try may. */
const SIDE = 22;

const TOWN = streetGrid(SIDE);
const { at } = TOWN;

const request: PlanRequest = {
  origin: at(0, 0),
  destination: at(SIDE - 1, SIDE - 1),
  epsilon: 0,
  geometry: "none",
};

const costsOf = ({ routes }: ParetoAnswer) => routes.map(({ searchCosts }) => searchCosts);

/** The epsilon that a front needs to cover another one. */
function neededEpsilon(exact: ParetoAnswer, front: ParetoAnswer): number {
  const found = costsOf(front);
  const factors = costsOf(exact).map((point) =>
    Math.min(...found.map((route) => Math.max(...route.map((cost, k) => cost / point[k]!)))),
  );
  return Math.max(...factors) - 1;
}

/** The answer, or undefined where there was no time for any. */
function inTime(plan: () => ParetoAnswer): ParetoAnswer | undefined {
  try {
    return plan();
  } catch (error) {
    if (!isReasonError(error, "route_compute_timeout")) throw error;
    expect(error.details.deadlineMs).toBe(1000);
    return undefined;
  }
}

describe("an anytime request", () => {
  let plan: (asked?: Partial<PlanRequest>, control?: SearchControl) => ParetoAnswer;
  let exact: ParetoAnswer;
  // The clock stands still for so many looks; then it is past every deadline.
  let looks = 0;
  let looksInTime = Infinity;

  beforeAll(async () => {
    const { graph } = await buildFromDataset(TOWN);
    const planner = plannerOf(graph, {}, () => (++looks > looksInTime ? 1e9 : 0));
    plan = (asked, control) => planner.planPareto({ ...request, anytime: true, ...asked }, control);
    exact = planner.planPareto(request);
  });
  beforeEach(() => {
    looksInTime = Infinity;
  });

  it("comes to the answer that it would have had without", () => {
    const { diagnostics: _, ...answer } = plan();
    const { diagnostics: __, ...expected } = exact;
    expect(answer).toEqual(expected);
  });

  /** What an answer claims, and whether that is so. */
  function expectTrue(answer: ParetoAnswer): void {
    const { certificate, routes } = answer;
    const { kind, epsilon, complete } = certificate;
    expect(kind).toBe(epsilon === null ? "heuristic" : epsilon === 0 ? "exact" : "epsilon");
    expect(complete).toBe(epsilon === 0);
    expect(routes.length).toBeGreaterThan(0);
    if (epsilon !== null) expect(neededEpsilon(exact, answer)).toBeLessThanOrEqual(epsilon);
  }

  it("has the best front so far whenever its time is up, and says what it is", () => {
    const seen = new Set<number | null>();
    let refused = 0;
    for (looksInTime = 1; !seen.has(0); looksInTime += 2) {
      looks = 0;
      const answer = inTime(() => plan({ deadlineMs: 1000 }));
      if (answer === undefined) {
        expect(seen.size).toBe(0);
        refused++;
        continue;
      }
      expectTrue(answer);
      seen.add(answer.certificate.epsilon);
    }
    expect(refused).toBeGreaterThan(0);
    const proven = [...seen].map(Number);
    expect(proven).toEqual(proven.toSorted((a, b) => b - a));
    expect(proven).toEqual(expect.arrayContaining([0.05, 0.01, 0]));
  });

  it("hands out what is proven on the way, with falling epsilon", () => {
    const improvements: ParetoAnswer[] = [];
    const answer = plan({}, { onImprovement: (one) => improvements.push(one) });
    const [first, ...coarse] = improvements.map(({ certificate }) => certificate.epsilon);
    expect(first).toBeGreaterThan(0.05);
    expect(coarse).toEqual([0.05, 0.01]);
    for (const one of improvements) {
      expect(one.certificate).toMatchObject({ kind: "epsilon", complete: true });
      expect(neededEpsilon(exact, one)).toBeLessThanOrEqual(one.certificate.epsilon!);
      expect(one.routes.length).toBeLessThan(answer.routes.length);
    }
  });

  it("is refused like any other when it is cancelled", () => {
    const cancelSlot = new Int32Array(new SharedArrayBuffer(4));
    // Only once something has been proven.
    const onImprovement = () => Atomics.store(cancelSlot, 0, 1);
    expect(() => plan({}, { cancelSlot, onImprovement })).toThrow(
      expect.objectContaining({ reasonCode: "planner_stopped" }),
    );
  });
});

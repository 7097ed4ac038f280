import { streetGrid } from "@gradeway/test-kit";
import { isReasonError } from "@gradeway/reason-codes";
import { beforeAll, describe, expect, it } from "vitest";

import type { ParetoAnswer, PlanRequest, SearchControl } from "../../src/planner/plan-types.ts";
import { buildFromDataset, plannerOf } from "../networks.ts";

/** Large enough for fronts that take more labels than a first try may. */
const SIDE = 36;

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

describe("an anytime request", () => {
  let planAt: (
    deadlineMs: number,
    control?: SearchControl,
    asked?: Partial<PlanRequest>,
  ) => ParetoAnswer;
  let exact: ParetoAnswer;

  beforeAll(async () => {
    const { graph } = await buildFromDataset(TOWN);
    let time = 0;
    // The planner keeps its weights; its clock moves on by 1 ms with every look.
    const planner = plannerOf(graph, {}, () => time++);
    planAt = (deadlineMs, control, asked = {}) =>
      planner.planPareto({ ...request, anytime: true, deadlineMs, ...asked }, control);
    exact = planner.planPareto(request);
  });

  it("comes to the answer that it would have had without", () => {
    const { diagnostics: _, ...answer } = planAt(1e6);
    const { diagnostics: __, ...expected } = exact;
    expect(answer).toEqual(expected);
  });

  it("has at every deadline the best front so far, and its certificate is true", () => {
    const seen = new Set<number | null>();
    let refused = 0;
    for (let deadlineMs = 1; ; deadlineMs++) {
      let answer: ParetoAnswer;
      try {
        answer = planAt(deadlineMs);
      } catch (error) {
        if (!isReasonError(error, "route_compute_timeout")) throw error;
        expect(error.details.deadlineMs).toBe(deadlineMs);
        expect(seen.size).toBe(0);
        refused++;
        continue;
      }
      const { kind, epsilon, complete } = answer.certificate;
      seen.add(epsilon);
      expect(kind).toBe(epsilon === null ? "heuristic" : epsilon === 0 ? "exact" : "epsilon");
      expect(complete).toBe(epsilon === 0);
      if (epsilon !== null) expect(neededEpsilon(exact, answer)).toBeLessThanOrEqual(epsilon);
      if (complete) break;
    }
    expect(refused).toBeGreaterThan(0);
    expect([...seen]).toEqual([null, 0.05, 0.01, 0]);
  });

  it("hands out what is proven on the way, with falling epsilon", () => {
    const improvements: ParetoAnswer[] = [];
    const answer = planAt(1e6, { onImprovement: (one) => improvements.push(one) });
    expect(improvements.map(({ certificate }) => certificate.epsilon)).toEqual([0.05, 0.01]);
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
    expect(() => planAt(1e6, { cancelSlot, onImprovement })).toThrow(
      expect.objectContaining({ reasonCode: "planner_stopped" }),
    );
  });
});

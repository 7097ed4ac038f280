import type { PlannerPool } from "@gradeway/api";
import { runGates } from "@gradeway/quality-gates";
import { ReasonError } from "@gradeway/reason-codes";
import type { ParetoAnswer, PlanRequest } from "@gradeway/route-core";
import { describe, expect, it } from "vitest";

import { cancelRequests } from "../src/deadline/cancelled-requests.ts";
import { deadlineGates } from "../src/deadline/deadline-gates.ts";
import { type LateRequests, loadPool } from "../src/deadline/deadline-load.ts";
import { deadlineText } from "../src/deadline/deadline-text.ts";
import { tripsWithRoute } from "../src/deadline/trips-with-route.ts";
import type { DeadlineResult } from "../src/deadline/run-deadline.ts";

type Plan = PlannerPool["planPareto"];

function unused(): never {
  throw new TypeError("not scripted");
}

/** A pool whose fronts and single routes come from functions; nothing else of it is used. */
function poolOf(planPareto: Plan, planRoute: PlannerPool["planRoute"] = unused): PlannerPool {
  return {
    threads: 2,
    get summary() {
      return unused();
    },
    planPareto,
    planRoute,
    writePareto: unused,
    writeRoute: unused,
    planFinalists: unused,
    planFinalist: unused,
    close: unused,
    costings: unused,
  };
}

function answerOf(certificate: object, totalMs = 1): ParetoAnswer {
  const answer: Partial<Record<keyof ParetoAnswer, unknown>> = {
    certificate,
    diagnostics: { totalMs },
  };
  // Only these two are looked at.
  return answer as ParetoAnswer;
}

const trip = { origin: [0, 0], destination: [1, 1], deadlineMs: 50 } as const;

function late(overrunMs: readonly number[]): LateRequests {
  return { sent: overrunMs.length, overrunMs, inTime: 0, withoutRoute: 0, epsilons: [] };
}

function resultOf(machine: number, overrun: number, count: number): DeadlineResult {
  const sample = (value: number): number[] => Array.from({ length: count }, () => value);
  return {
    region: { name: "town", nodes: 1, edges: 1, graphSha256: "ab" } as DeadlineResult["region"],
    deadlineMs: 50,
    threads: 2,
    withoutRoute: 0,
    machineMs: sample(machine),
    threadMs: { plain: sample(overrun), anytime: sample(overrun) },
    plain: late(sample(overrun)),
    anytime: { ...late(sample(overrun)), epsilons: [null, 0.05, 0.05] },
    newPayloads: late([]),
    cancelled: {
      freedMs: sample(overrun),
      nextMs: sample(2),
      warmMs: sample(1.6),
      tooFast: 0,
    },
  };
}

async function statusesOf(result: DeadlineResult): Promise<string[]> {
  const { results } = await runGates(deadlineGates(result), { now: () => 0 });
  return results.map(({ status }) => status);
}

describe("loadPool", () => {
  it("counts only what the deadline ended, and keeps every thread busy", async () => {
    let time = 0;
    let busy = 0;
    let most = 0;
    const ends: (() => ParetoAnswer)[] = [
      () => answerOf({ complete: true, epsilon: 0 }),
      () => answerOf({ complete: false, epsilon: 0.05 }),
      () => {
        throw new ReasonError("route_compute_timeout", "", { deadlineMs: 50, elapsedMs: 57 });
      },
      () => {
        throw new ReasonError("no_route_candidates", "", {});
      },
    ];
    let next = 0;
    const pool = poolOf(async () => {
      const end = ends[next++]!;
      most = Math.max(most, ++busy);
      await Promise.resolve();
      busy--;
      time += 57;
      return end();
    });
    const measured = await loadPool(pool, [trip, trip, trip, trip], () => time);
    expect(measured).toMatchObject({ sent: 4, inTime: 1, withoutRoute: 1, epsilons: [0.05] });
    expect(measured.overrunMs).toHaveLength(2);
    expect(most).toBe(2);
  });

  it("does not take another failure for a late answer", async () => {
    const pool = poolOf(() => Promise.reject(new TypeError("a bug")));
    await expect(loadPool(pool, [trip], () => 0)).rejects.toThrow("a bug");
  });
});

describe("tripsWithRoute", () => {
  const trips = [1, 2, 3].map((lat) => ({ origin: [0, 0], destination: [1, lat] }) as const);

  it("leaves out the trips that no road joins, and counts them", async () => {
    const planRoute: PlannerPool["planRoute"] = ({ destination }) =>
      destination[1] === 2
        ? Promise.reject(new ReasonError("no_route_candidates", "", {}))
        : Promise.resolve(answerOf({}) as never);
    expect(await tripsWithRoute(poolOf(unused, planRoute), trips)).toEqual({
      trips: [trips[0], trips[2]],
      withoutRoute: 1,
    });
  });

  it("passes on any other failure", async () => {
    const planRoute = (): Promise<never> => Promise.reject(new TypeError("a bug"));
    await expect(tripsWithRoute(poolOf(unused, planRoute), trips)).rejects.toThrow("a bug");
  });
});

describe("cancelRequests", () => {
  it("leaves out requests that were finished before they were cancelled", async () => {
    const isHard = (request: PlanRequest): boolean => request.deadlineMs === 60_000;
    let hards = 0;
    const pool = poolOf((request, control) => {
      const isEndless = isHard(request) && request.epsilon === 0 && hards++ === 0;
      if (!isEndless) return Promise.resolve(answerOf({}, 3));
      return new Promise((_, reject) => {
        control!.signal!.addEventListener("abort", () =>
          reject(new ReasonError("planner_stopped", "", {})),
        );
      });
    });
    const hard = { ...trip, epsilon: 0, deadlineMs: 60_000 };
    const easy = { ...trip, epsilon: 0.05 };
    const measured = await cancelRequests(pool, [hard, hard], easy, 2, () => 0);
    expect(measured).toEqual({ freedMs: [0], nextMs: [3], warmMs: [3], tooFast: 1 });
  });
});

describe("the gates of deadlines", () => {
  it("take off what the machine alone is late, but not from processor time", async () => {
    const all = ["pass", "pass", "pass", "pass", "pass", "pass"];
    const tooLate = ["fail", "fail", "fail", "fail", "fail", "pass"];
    expect(await statusesOf(resultOf(0, 9, 100))).toEqual(all);
    expect(await statusesOf(resultOf(0, 11, 100))).toEqual(tooLate);
    expect(await statusesOf(resultOf(-5, 11, 100))).toEqual(tooLate);
    const busy = ["fail", "fail", "pass", "pass", "pass", "pass"];
    expect(await statusesOf(resultOf(5, 14, 100))).toEqual(busy);
  });

  it("measure nothing where too few requests were ended", async () => {
    expect((await statusesOf(resultOf(0, 1, 99))).slice(0, 5)).not.toContain("pass");
  });

  it("are shown with the epsilons that were reached", () => {
    expect(deadlineText(resultOf(0, 1, 100))).toContain("5 %: 2, none: 1");
  });
});

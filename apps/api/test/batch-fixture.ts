import { setTimeout as pause } from "node:timers/promises";

import { ReasonError } from "@gradeway/reason-codes";
import type { ParetoAnswer, PlanRequest } from "@gradeway/route-core";
import { expect } from "vitest";

import type { AppDeps, PlannerPort } from "../src/app-deps.ts";
import { withBodies } from "../src/body/with-bodies.ts";
import type { BatchSummary, PairResult } from "../src/batch/plan-batch.ts";
import { createTestApp } from "./app-fixture.ts";
import { crossing } from "./fake-network.ts";
import { createFakeRegion, fakePareto } from "./fake-region.ts";

/** The answer of a batch of fronts. */
export interface BatchAnswer {
  readonly results: readonly (Pick<PairResult, "index" | "elapsedMs" | "status"> & {
    readonly answer?: ParetoAnswer;
    readonly problem?: { readonly reasonCode: string; readonly details: object };
  })[];
  readonly summary: BatchSummary;
}

/** Distinct pairs of the fake region. */
export const pairsOf = (count: number) =>
  Array.from({ length: count }, (_, k) => ({
    origin: crossing(1 + (k % 18), 1 + Math.floor(k / 18)),
    destination: crossing(20, 14),
  }));

/** An application whose fronts come from the given function. */
export function appWith(planPareto: PlannerPort["planPareto"], overrides: Partial<AppDeps> = {}) {
  const region = createFakeRegion();
  const planner = withBodies({ ...region.planner, planPareto });
  return createTestApp({ region: () => ({ ...region, planner }), ...overrides });
}

/** A batch that was answered, whatever came of its pairs. */
export async function batchOf(response: Response): Promise<BatchAnswer> {
  expect(response.status).toBe(200);
  return (await response.json()) as BatchAnswer;
}

/** A planner that notes how many requests it has at a time, and when each began. */
export function createCountingPlanner(takesMs: (request: PlanRequest) => number) {
  const begun: PlanRequest[] = [];
  const seen = { running: 0, most: 0, begun };
  const planPareto: PlannerPort["planPareto"] = async (request, control) => {
    seen.most = Math.max(seen.most, ++seen.running);
    begun.push(request);
    try {
      const { signal } = control ?? {};
      await pause(takesMs(request), undefined, signal === undefined ? {} : { signal });
      return fakePareto(request, 2);
    } catch {
      throw new ReasonError("planner_stopped", "Stopped.", {});
    } finally {
      seen.running--;
    }
  };
  return { seen, planPareto };
}

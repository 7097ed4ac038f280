import { isReasonError, type ReasonCode, type ReasonError } from "@gradeway/reason-codes";
import { expect } from "vitest";

import type { PlanRequest, RoutePlanner, SearchControl } from "../../src/planner/plan-types.ts";

/** The refusal of a request; a front and a single route are refused alike. */
export function refusalOf<C extends ReasonCode>(
  planner: RoutePlanner,
  request: PlanRequest,
  code: C,
  control?: SearchControl,
): ReasonError<C> {
  const failureOf = (plan: () => unknown): unknown => {
    try {
      plan();
    } catch (error) {
      return error;
    }
    throw new Error(`${code} was expected`);
  };
  const single = failureOf(() => planner.planRoute(request, control));
  const front = failureOf(() => planner.planPareto(request, control));
  expect(single).toMatchObject({ reasonCode: code });
  if (!isReasonError(front, code)) throw front;
  return front;
}

import { ReasonError } from "@gradeway/reason-codes";
import type {
  FrontFacts,
  ParetoAnswer,
  PlanRequest,
  RouteAnswer,
  RoutePlanner,
  SearchControl,
  WrittenAnswer,
} from "@gradeway/route-core";

import { createTaskRunner } from "../src/pool/task-runner.ts";
import { FAKE_SUMMARY, fakePareto } from "./fake-region.ts";

/** Searches as the request's vehicle says, so that a test can script it. */
function plan(request: PlanRequest, control: SearchControl | undefined): ParetoAnswer {
  const deadlineMs = request.deadlineMs ?? 10_000;
  const startedMs = performance.now();
  const isCancelled = (): boolean =>
    control?.cancelSlot !== undefined && Atomics.load(control.cancelSlot, 0) !== 0;
  switch (request.vehicle) {
    case "too-heavy":
      throw new ReasonError("payload_exceeds_limit", "Too heavy.", {
        payloadKg: 2,
        maxPayloadKg: 1,
      });
    case "bug":
      throw new TypeError("A bug.");
    case "until-cancelled":
      while (!isCancelled()) {
        /* Searching. */
      }
      throw new ReasonError("planner_stopped", "Stopped.", {});
    case "crash":
      return process.exit(1);
    case "improving":
      for (const epsilon of [0.05, 0.01]) {
        control?.onImprovement?.(fakePareto({ ...request, epsilon }, 1));
      }
      return fakePareto({ ...request, epsilon: 0 }, 3);
    case "until-deadline":
      while (performance.now() - startedMs < deadlineMs) {
        /* Searching. */
      }
      throw new ReasonError("route_compute_timeout", "Late.", { deadlineMs, elapsedMs: 0 });
    case undefined:
    default:
      return { ...fakePareto(request, 2), recommended: String(deadlineMs) };
  }
}

/** The one route of a scripted answer. */
function planOne(request: PlanRequest, control: SearchControl | undefined): RouteAnswer {
  const { routes, ...rest } = plan(request, control);
  const [route] = routes;
  if (route === undefined) {
    throw new ReasonError("no_route_candidates", "No route.", {});
  }
  return { route, ...rest };
}

const jsonOf = (answer: object): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(JSON.stringify(answer));

function createScriptedPlanner(): RoutePlanner {
  const unscripted = (): never => {
    throw new TypeError("Not scripted.");
  };
  return {
    writePareto(request, dress, { cancelSlot, onImprovement } = {}) {
      const written = ({ routes, ...facts }: ParetoAnswer): WrittenAnswer<FrontFacts> => ({
        json: jsonOf({ routes, ...dress(facts) }),
        facts,
      });
      const answer = plan(request, {
        ...(cancelSlot === undefined ? {} : { cancelSlot }),
        ...(onImprovement === undefined
          ? {}
          : { onImprovement: (better) => onImprovement(written(better)) }),
      });
      return written(answer);
    },
    writeRoute(request, dress) {
      const { route, ...facts } = planOne(request, undefined);
      return { json: jsonOf({ route, ...dress(facts) }), facts };
    },
    planFinalists: unscripted,
    planEveryRoute: unscripted,
    planFinalist: unscripted,
    summary: FAKE_SUMMARY,
    planPareto: plan,
    planRoute: planOne,
  };
}

/** Entry of the worker thread. */
export const runTask = createTaskRunner(createScriptedPlanner);

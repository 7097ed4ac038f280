import { isReasonError, ReasonError } from "@gradeway/reason-codes";
import type {
  FrontFacts,
  PlanRequest,
  RoutePlanner,
  SearchControl,
  WrittenAnswer,
} from "@gradeway/route-core";
import { move, transferableSymbol, valueSymbol } from "piscina";

import { type AnswerBody, type BodyStyle, dressed, taggedBody } from "../body/answer-body.ts";
import {
  OWNER_CELL,
  type PlanResults,
  type PlanTask,
  TASK_TAKEN,
  TASK_WAITING,
} from "./plan-task.ts";

/**
 * Runs tasks one after the other on one planner, which is built at the first task. What it returns is
 * for the pool, which makes a `PlanOutcome` of it on its way.
 */
export function createTaskRunner(createPlanner: () => RoutePlanner): (task: PlanTask) => unknown {
  let planner: RoutePlanner | undefined;
  return (task) => {
    const owner = Atomics.compareExchange(task.control, OWNER_CELL, TASK_WAITING, TASK_TAKEN);
    try {
      if (owner !== TASK_WAITING) {
        throw new ReasonError("planner_stopped", "The request was withdrawn.", {});
      }
      planner ??= createPlanner();
      return perform(planner, task);
    } catch (error) {
      if (isReasonError(error)) {
        return { ok: false, error: error.toJSON() };
      }
      throw error;
    }
  };
}

/** A body leaves this thread with its memory: nothing is copied. */
function handedOver(result: AnswerBody): unknown {
  const outcome = { ok: true, result };
  return move({ [transferableSymbol]: [result.json.buffer], [valueSymbol]: outcome });
}

function writeBody(planner: RoutePlanner, task: PlanTask): AnswerBody {
  const request = timedRequest(task);
  const style = styleOf(task);
  const { improvements, control: cancelSlot } = task;
  if (task.kind === "routeBody") {
    const written = planner.writeRoute(request, (facts) => dressed(facts, style), { cancelSlot });
    return taggedBody(written, style);
  }
  const onImprovement = (written: WrittenAnswer<FrontFacts>): void => {
    const body = taggedBody(written, style);
    improvements?.postMessage(body, [body.json.buffer]);
  };
  const control = { cancelSlot, ...(improvements === undefined ? {} : { onImprovement }) };
  const written = planner.writePareto(request, (facts) => dressed(facts, style), control);
  return taggedBody(written, style);
}

function styleOf({ kind, style }: PlanTask): BodyStyle {
  if (style !== undefined) return style;
  throw new TypeError(`A task of kind ${kind} needs a style.`);
}

function perform(planner: RoutePlanner, task: PlanTask): unknown {
  const { improvements, kind, control: cancelSlot } = task;
  const control: SearchControl = {
    cancelSlot,
    ...(improvements === undefined
      ? {}
      : { onImprovement: (answer) => improvements.postMessage(answer, []) }),
  };
  const done = (result: PlanResults[keyof PlanResults]): unknown => ({ ok: true, result });
  switch (kind) {
    case "pareto":
      return done(planner.planPareto(timedRequest(task), control));
    case "route":
      return done(planner.planRoute(timedRequest(task), control));
    case "paretoBody":
    case "routeBody":
      return handedOver(writeBody(planner, task));
    case "finalists":
      return done(planner.planFinalists(timedRequest(task), control));
    case "finalist":
      return done(planner.planFinalist(timedRequest(task), control));
    case "summary":
    default:
      return done(planner.summary);
  }
}

/** The request with what is left of its deadline after waiting in the queue. */
function timedRequest({ kind, request, dueAtMs }: PlanTask): PlanRequest {
  if (request === undefined) {
    throw new TypeError(`A task of kind ${kind} needs a request.`);
  }
  return dueAtMs === undefined
    ? request
    : { ...request, deadlineMs: Math.max(1, dueAtMs - Date.now()) };
}

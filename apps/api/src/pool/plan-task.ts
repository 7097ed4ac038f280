import type { MessagePort } from "node:worker_threads";

import type { ReasonErrorData } from "@gradeway/reason-codes";
import type {
  EvaluablePlan,
  ParetoAnswer,
  PlanRequest,
  RegionSummary,
  RouteAnswer,
} from "@gradeway/route-core";

import type { AnswerBody, BodyStyle } from "../body/answer-body.ts";

/** Cells of the memory a task shares with the pool. */
export const CONTROL_CELLS = 2;
/** Cell that becomes non-zero when the search shall stop; the first, as the search expects it. */
export const CANCEL_CELL = 0;
/** Cell that tells who took the task: see {@link TASK_WAITING}. */
export const OWNER_CELL = 1;

/** The task waits in the queue. */
export const TASK_WAITING = 0;
/** A worker has begun it. */
export const TASK_TAKEN = 1;
/** The pool withdrew it before any worker began; a worker that meets it returns at once. */
export const TASK_WITHDRAWN = 2;

/** Results of a task by its kind. */
export interface PlanResults {
  summary: RegionSummary;
  pareto: ParetoAnswer;
  route: RouteAnswer;
  paretoBody: AnswerBody;
  routeBody: AnswerBody;
  finalists: EvaluablePlan<ParetoAnswer>;
  finalist: EvaluablePlan<RouteAnswer>;
}

/** Fronts that are proven before the last one come as that one does. */
export type ImprovementOf<K extends keyof PlanResults> = K extends "paretoBody" | "routeBody"
  ? AnswerBody
  : ParetoAnswer;

/** What is sent to a worker. */
export interface PlanTask<K extends keyof PlanResults = keyof PlanResults> {
  readonly kind: K;
  /** Absent for a summary. */
  readonly request?: PlanRequest;
  /** Of a body. */
  readonly style?: BodyStyle;
  /** Milliseconds since the epoch at which the answer is due. */
  readonly dueAtMs?: number;
  /** {@link CONTROL_CELLS} integers in shared memory. */
  readonly control: Int32Array<SharedArrayBuffer>;
  /** Where fronts go that are proven before the last one; absent where nobody listens. */
  readonly improvements?: MessagePort;
}

/** What comes back: expected failures cross as data, because errors lose their class on the way. */
export type PlanOutcome<R> =
  | { readonly ok: true; readonly result: R }
  | { readonly ok: false; readonly error: ReasonErrorData };

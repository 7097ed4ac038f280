import type { Worker } from "node:worker_threads";

import { ReasonError } from "@gradeway/reason-codes";
import type { PlanRequest } from "@gradeway/route-core";
import { Piscina } from "piscina";

import type { PlanControl } from "../app-deps.ts";
import type { BodyStyle } from "../body/answer-body.ts";
import { DEFAULT_DEADLINE_MS } from "../schemas/plan-request.ts";
import { listenTo } from "./improvement-listener.ts";
import {
  CANCEL_CELL,
  CONTROL_CELLS,
  type ImprovementOf,
  OWNER_CELL,
  type PlanOutcome,
  type PlanResults,
  type PlanTask,
  TASK_WAITING,
  TASK_WITHDRAWN,
} from "./plan-task.ts";

/** How long after its deadline a search may take to notice it by itself. */
const DEADLINE_SLACK_MS = 250;

/** Options of {@link createWorkerPool}. */
export interface WorkerPoolOptions {
  /** Module that exports `runTask`. */
  readonly worker: URL;
  readonly workerData: unknown;
  readonly execArgv?: string[];
  readonly threads: number;
  /** Requests that may wait while every thread is busy. */
  readonly maxQueue: number;
  /** Hears of a thread that has ended for good, by the id it had. */
  readonly onThreadEnd?: (threadId: number) => void;
}

/** Threads that run planning tasks, with bounded waiting and with cancellation. */
export interface WorkerPool {
  /** @throws {ReasonError} planner_overloaded, planner_stopped, route_compute_timeout, and the task's own */
  run<K extends keyof PlanResults>(
    kind: K,
    request?: PlanRequest,
    planControl?: PlanControl<ImprovementOf<K>>,
    style?: BodyStyle,
  ): Promise<PlanResults[K]>;
  /** Refuses new tasks, lets running ones finish for the given time, then stops them. */
  close(graceMs: number): Promise<void>;
}

/** Starts the threads. */
export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const { threads, maxQueue } = options;
  const piscina = new Piscina({
    filename: options.worker.href,
    name: "runTask",
    minThreads: threads,
    maxThreads: threads,
    workerData: options.workerData,
    ...(options.execArgv === undefined ? {} : { execArgv: options.execArgv }),
  });
  if (options.onThreadEnd !== undefined) watchThreads(piscina, options.onThreadEnd);
  const live = new Set<Int32Array<SharedArrayBuffer>>();
  let closing: Promise<void> | undefined;

  function admit(): void {
    if (closing !== undefined) {
      throw stopped();
    }
    if (live.size >= threads + maxQueue) {
      throw new ReasonError("planner_overloaded", `${live.size} requests are already waiting.`, {
        retryAfterS: 1,
      });
    }
  }

  async function run<K extends keyof PlanResults>(
    kind: K,
    request?: PlanRequest,
    planControl?: PlanControl<ImprovementOf<K>>,
    style?: BodyStyle,
  ): Promise<PlanResults[K]> {
    admit();
    const { signal, onImprovement } = planControl ?? {};
    if (signal?.aborted === true) {
      throw stopped();
    }
    const startedAtMs = Date.now();
    const deadlineMs =
      request === undefined ? undefined : (request.deadlineMs ?? DEFAULT_DEADLINE_MS);
    const control = new Int32Array(
      new SharedArrayBuffer(CONTROL_CELLS * Int32Array.BYTES_PER_ELEMENT),
    );
    const listener =
      onImprovement === undefined
        ? undefined
        : listenTo((improvement) => onImprovement(improvement as ImprovementOf<K>));
    const task: PlanTask<K> = {
      kind,
      control,
      ...(listener === undefined ? {} : { improvements: listener.port }),
      ...(request === undefined ? {} : { request }),
      ...(style === undefined ? {} : { style }),
      ...(deadlineMs === undefined ? {} : { dueAtMs: startedAtMs + deadlineMs }),
    };
    live.add(control);
    const answered: Promise<PlanOutcome<PlanResults[K]>> = piscina
      .run(task, { transferList: listener === undefined ? [] : [listener.port] })
      .finally(() => live.delete(control));

    const timeout = (): ReasonError =>
      new ReasonError("route_compute_timeout", "The search did not finish before its deadline.", {
        deadlineMs: deadlineMs ?? 0,
        elapsedMs: Date.now() - startedAtMs,
      });
    const stopRequest = stopper(deadlineMs, signal, timeout);
    try {
      const outcome = await Promise.race([answered, stopRequest.stopped]);
      listener?.drain();
      if (outcome.ok) {
        return outcome.result;
      }
      const error = ReasonError.fromJSON(outcome.error);
      // The worker saw only what waiting had left of the deadline: tell the whole of it.
      throw error.reasonCode === "route_compute_timeout" ? timeout() : error;
    } catch (error) {
      withdraw(control, live);
      answered.catch(() => undefined);
      throw error;
    } finally {
      stopRequest.release();
      listener?.close();
    }
  }

  return {
    run,
    close(graceMs) {
      closing ??= closePool(piscina, live, graceMs);
      return closing;
    },
  };
}

/** Tells a search to stop; a task no worker has begun leaves the queue's count at once. */
function withdraw(
  control: Int32Array<SharedArrayBuffer>,
  live: Set<Int32Array<SharedArrayBuffer>>,
): void {
  Atomics.store(control, CANCEL_CELL, 1);
  const owner = Atomics.compareExchange(control, OWNER_CELL, TASK_WAITING, TASK_WITHDRAWN);
  if (owner === TASK_WAITING) {
    live.delete(control);
  }
}

/** A promise that only ever rejects: when the caller left, or when the deadline is well past. */
function stopper(
  deadlineMs: number | undefined,
  signal: AbortSignal | undefined,
  timeout: () => ReasonError,
): { readonly stopped: Promise<never>; readonly release: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  const leave = (): void => reject(stopped());
  const timer =
    deadlineMs === undefined
      ? undefined
      : setTimeout(() => reject(timeout()), deadlineMs + DEADLINE_SLACK_MS);
  signal?.addEventListener("abort", leave, { once: true });
  return {
    stopped: promise,
    release() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", leave);
    },
  };
}

/** A new thread takes no task before it is announced, so none is watched too late. */
function watchThreads(piscina: Piscina, onThreadEnd: (threadId: number) => void): void {
  const watched = new WeakSet<Worker>();
  piscina.on("workerCreate", () => {
    for (const worker of piscina.threads) {
      if (watched.has(worker)) continue;
      watched.add(worker);
      const { threadId } = worker;
      worker.once("exit", () => onThreadEnd(threadId));
    }
  });
}

async function closePool(
  piscina: Piscina,
  live: ReadonlySet<Int32Array<SharedArrayBuffer>>,
  graceMs: number,
): Promise<void> {
  const cut = setTimeout(() => {
    for (const control of live) {
      Atomics.store(control, CANCEL_CELL, 1);
    }
  }, graceMs);
  try {
    await piscina.close();
  } finally {
    clearTimeout(cut);
  }
}

function stopped(): ReasonError<"planner_stopped"> {
  return new ReasonError("planner_stopped", "The planner is shutting down or was cancelled.", {});
}

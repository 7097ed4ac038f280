import { threadId, workerData } from "node:worker_threads";

import { createRoutePlanner } from "@gradeway/route-core";

import type { PlannerThreadData } from "./planner-thread-data.ts";
import { createTaskRunner } from "./task-runner.ts";

/** Entry of a planning thread; the pool calls it once per task. */
export const runTask = createTaskRunner(() => {
  const { regionData, costings }: PlannerThreadData = workerData;
  return createRoutePlanner(regionData, {
    now: () => performance.now(),
    sharedCostings: { memory: costings, token: threadId },
  });
});

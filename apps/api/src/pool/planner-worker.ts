import { workerData } from "node:worker_threads";

import { createRoutePlanner, type RegionData } from "@gradeway/route-core";

import { createTaskRunner } from "./task-runner.ts";

/** Entry of a planning thread; the pool calls it once per task. */
export const runTask = createTaskRunner(() => {
  const region: RegionData = workerData;
  return createRoutePlanner(region, { now: () => performance.now() });
});

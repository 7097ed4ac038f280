import { parentPort } from "node:worker_threads";

import { dissect, type DissectionJob } from "@gradeway/route-core/hierarchy";

/** Answers jobs of a `DissectionPool` one after another. */
parentPort!.on("message", ({ task, stepsAbove }: DissectionJob) => {
  const step = dissect(task, stepsAbove);
  parentPort!.postMessage(step, [step.order.buffer as ArrayBuffer]);
});

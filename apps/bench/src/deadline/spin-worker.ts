import { parentPort, workerData } from "node:worker_threads";

/** Looks at the clock until the deadline has passed and says so: what a machine alone makes late. */
parentPort!.on("message", () => {
  const untilMs = performance.now() + workerData.deadlineMs;
  while (performance.now() < untilMs) {
    /* Nothing to do. */
  }
  parentPort!.postMessage(undefined, []);
});

import { parentPort } from "node:worker_threads";

import { dissect } from "../../src/hierarchy/dissect.ts";
import type { DissectionJob } from "../../src/hierarchy/nested-dissection.ts";

parentPort!.on("message", ({ task, stepsAbove }: DissectionJob) =>
  parentPort!.postMessage(dissect(task, stepsAbove), []),
);

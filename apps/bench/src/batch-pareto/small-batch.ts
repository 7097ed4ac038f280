import { availableParallelism } from "node:os";

import { type BatchRun, runBatch } from "./run-batch.ts";

/** Enough to see whether pairs err or lose routes on their way through the application. */
const PAIRS = 20;
const EPSILON = 0.01;

/** The batch of the gate: `POST /batch/pareto` of the application in this process, with threads. */
export function runSmallBatch(
  directory: string,
  seed: number,
  progress: (text: string) => void,
): Promise<BatchRun> {
  return runBatch({
    mode: "inprocess",
    directory,
    baseUrl: "",
    pairCount: PAIRS,
    pairSource: "region",
    seed,
    concurrency: availableParallelism(),
    epsilon: EPSILON,
    progress: (text) => progress(`a batch: ${text}`),
  });
}

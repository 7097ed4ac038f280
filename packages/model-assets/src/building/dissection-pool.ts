import { once } from "node:events";
import { Worker } from "node:worker_threads";

import type { DissectionRunner, DissectionStep } from "@gradeway/route-core/hierarchy";

/** Threads that share the work of an order. */
export interface DissectionPool {
  readonly run: DissectionRunner;
  close(): Promise<void>;
}

/** Starts so many threads; each has one job at a time, and jobs start in the order they came. */
export function createDissectionPool(threads: number): DissectionPool {
  // From source the worker is TypeScript beside this file; built, it is a chunk of its own.
  const fromSource = import.meta.url.endsWith(".ts");
  const file = new URL(`./dissection-worker.${fromSource ? "ts" : "js"}`, import.meta.url);
  const execArgv = fromSource ? ["--conditions=@gradeway/source"] : [];
  const workers = Array.from({ length: threads }, () => new Worker(file, { execArgv }));
  const idle = [...workers];
  const waiting: ((worker: Worker) => void)[] = [];
  return {
    async run(job) {
      const worker =
        idle.pop() ?? (await new Promise<Worker>((resolve) => void waiting.push(resolve)));
      // `once` rejects when the worker reports an error.
      const answer = once(worker, "message");
      worker.postMessage(job, []);
      const [step] = (await answer) as [DissectionStep];
      const next = waiting.shift();
      if (next === undefined) idle.push(worker);
      else next(worker);
      return step;
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

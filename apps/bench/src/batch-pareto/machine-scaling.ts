import { once } from "node:events";
import { Worker } from "node:worker_threads";

import { startTiming, type Timing } from "../timed.ts";

/** Work that has nothing to do with the product, on one thread and on several. */
export interface MachineScaling {
  one(): Promise<Timing>;
  many(): Promise<Timing>;
  close(): Promise<void>;
}

/** Steps of the work altogether; about as long as a batch. */
const STEPS = 30_000_000;

/**
 * What a machine and those who share it leave to several threads: the same fixed work, parted among
 * them without a word between them, is as many times as fast as anything can get.
 */
export function createMachineScaling(threads: number): MachineScaling {
  const file = new URL("./fixed-work-worker.ts", import.meta.url);
  const workers = Array.from({ length: threads }, () => new Worker(file));
  const timed = async (used: readonly Worker[]): Promise<Timing> => {
    const read = startTiming();
    await Promise.all(
      used.map((worker) => {
        const done = once(worker, "message");
        worker.postMessage(Math.ceil(STEPS / used.length), []);
        return done;
      }),
    );
    return read();
  };
  return {
    one: () => timed(workers.slice(0, 1)),
    many: () => timed(workers),
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

import { once } from "node:events";
import { Worker } from "node:worker_threads";

/**
 * How late threads are that do nothing but wait for their deadlines: what the machine and its other
 * work add to every other figure.
 *
 * @returns ms beyond the deadline, one per round and thread
 */
export async function machineOverrun(
  threads: number,
  rounds: number,
  deadlineMs: number,
  now: () => number,
): Promise<number[]> {
  const overrunMs: number[] = [];
  const file = new URL("./spin-worker.ts", import.meta.url);
  const workers = Array.from(
    { length: threads },
    () => new Worker(file, { workerData: { deadlineMs } }),
  );
  const spin = async (worker: Worker): Promise<void> => {
    await once(worker, "online");
    for (let round = 0; round < rounds; round++) {
      const dueAtMs = now() + deadlineMs;
      worker.postMessage(undefined, []);
      await once(worker, "message");
      overrunMs.push(now() - dueAtMs);
    }
  };
  try {
    await Promise.all(workers.map(spin));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return overrunMs;
}

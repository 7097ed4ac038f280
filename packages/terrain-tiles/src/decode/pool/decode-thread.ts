import { Worker } from "node:worker_threads";

import { buffersOf, type DecodeJob } from "./decode-jobs.ts";
import { type DecodeReply, READY } from "./decode-message.ts";

/** One thread that decodes, one job at a time. */
export interface DecodeThread {
  /**
   * Hands a job to the thread, with the memory of its bytes; only when it is idle.
   *
   * @throws {ThreadEnded} when the thread ends before it answers
   */
  run(job: DecodeJob): Promise<DecodeReply>;
  /** Ends the thread and what it works on. */
  end(): Promise<void>;
}

/** A thread that ended instead of answering. It cannot be used again. */
export class ThreadEnded extends Error {
  override readonly name = "ThreadEnded";
  /** Whether it had begun to work; if not, it says nothing about the tile. */
  readonly wasReady: boolean;

  constructor(problem: string, wasReady: boolean, options?: ErrorOptions) {
    super(problem, options);
    this.wasReady = wasReady;
  }
}

/** Settings of {@link startDecodeThread}. */
export interface DecodeThreadOptions {
  /** Module of the thread. */
  readonly module: URL;
  readonly execArgv?: string[];
  /** Time in milliseconds after which a thread that works and does not answer is ended. */
  readonly timeoutMs: number;
  /** Called when the thread has ended, for whatever reason. */
  readonly onEnd: () => void;
}

/** Time for a thread to load its modules; a tile has its own time after that. */
const START_LIMIT_MS = 60_000;

/** Starts a thread. It keeps the process alive only while it works. */
export function startDecodeThread(options: DecodeThreadOptions): DecodeThread {
  const { module, execArgv, timeoutMs, onEnd } = options;
  // One dependency of geotiff destructures the data of every thread it finds itself in.
  const workerData = {};
  const worker = new Worker(module, {
    workerData,
    name: "terrain-decode",
    ...(execArgv === undefined ? {} : { execArgv }),
  });
  worker.unref();
  let isReady = false;
  let problem: Error | undefined;
  let task: PromiseWithResolvers<DecodeReply> | undefined;
  let timer: NodeJS.Timeout | undefined;

  function endAfter(limitMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      problem ??= new Error(`no answer within ${limitMs} ms`);
      void worker.terminate();
    }, limitMs);
  }

  worker.on("message", (message: DecodeReply | typeof READY) => {
    if (message !== READY) task?.resolve(message);
    else {
      isReady = true;
      if (task !== undefined) endAfter(timeoutMs);
    }
  });
  worker.on("error", (error) => {
    problem = error instanceof Error ? error : new Error(String(error));
  });
  worker.on("exit", () => {
    const why = problem?.message ?? "it ended";
    task?.reject(new ThreadEnded(why, isReady, { cause: problem }));
    onEnd();
  });

  return {
    async run(job) {
      task = Promise.withResolvers<DecodeReply>();
      worker.ref();
      endAfter(isReady ? timeoutMs : START_LIMIT_MS);
      try {
        worker.postMessage(job, buffersOf(job));
        return await task.promise;
      } finally {
        clearTimeout(timer);
        task = undefined;
        worker.unref();
      }
    },
    async end() {
      await worker.terminate();
    },
  };
}

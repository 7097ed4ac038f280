import { ReasonError } from "@gradeway/reason-codes";

import { corruptError } from "../../tile-errors.ts";
import type { DecodeJob, DecodeJobs, DecodeKind, DecodeOutput } from "./decode-jobs.ts";
import { type DecodeThread, startDecodeThread, ThreadEnded } from "./decode-thread.ts";

/** Settings of {@link createDecodeThreads}, checked. */
export interface DecodeThreadsOptions {
  readonly threads: number;
  /** Jobs that may wait while every thread works. */
  readonly maxWaiting: number;
  /** Time in milliseconds after which a thread that does not answer is replaced. */
  readonly timeoutMs: number;
  /** Module of the threads. */
  readonly module: URL;
  readonly execArgv?: string[];
}

/** What threads do at this moment. */
export interface DecodeThreadsStats {
  /** Threads that were started and have not ended. */
  readonly threads: number;
  /** Tiles in work and tiles that wait. */
  readonly working: number;
  readonly waiting: number;
  /** Threads that ended while they worked. */
  readonly crashes: number;
}

/** Threads that share a queue of jobs. */
export interface DecodeThreads {
  /**
   * Does a job on a thread.
   *
   * @param tile - what the job is about, for errors
   * @param job - made when a thread takes it, so that its memory can be handed over at once
   */
  run<Kind extends DecodeKind>(
    tile: string,
    job: () => Extract<DecodeJob, { readonly kind: Kind }>,
    signal: AbortSignal | undefined,
  ): Promise<DecodeJobs[Kind]["output"]>;
  stats(): DecodeThreadsStats;
  /** Ends the threads; jobs in work and waiting jobs fail. */
  close(): Promise<void>;
}

interface Waiting {
  readonly tile: string;
  readonly job: () => DecodeJob;
  readonly done: PromiseWithResolvers<DecodeOutput>;
}

/** Creates {@link DecodeThreads}; a thread is started when there is work for it. */
export function createDecodeThreads(options: DecodeThreadsOptions): DecodeThreads {
  const { threads, maxWaiting, ...threadOptions } = options;
  const idle: DecodeThread[] = [];
  const all = new Set<DecodeThread>();
  const waiting = new Set<Waiting>();
  let crashes = 0;
  let isClosed = false;

  /** Gives waiting jobs to threads, as long as there are both. */
  function dispatch(): void {
    for (const next of waiting) {
      const thread = idle.pop() ?? (all.size < threads ? start() : undefined);
      if (thread === undefined) return;
      waiting.delete(next);
      void work(thread, next);
    }
  }

  function start(): DecodeThread {
    const thread = startDecodeThread({
      ...threadOptions,
      onEnd() {
        all.delete(thread);
        const place = idle.indexOf(thread);
        if (place >= 0) idle.splice(place, 1);
      },
    });
    all.add(thread);
    return thread;
  }

  async function work(thread: DecodeThread, { tile, job, done }: Waiting): Promise<void> {
    try {
      const reply = await thread.run(job());
      if ("output" in reply) done.resolve(reply.output);
      else if ("reason" in reply) done.reject(ReasonError.fromJSON(reply.reason));
      else done.reject(new Error(`A decoding thread failed: ${reply.fault}`));
      idle.push(thread);
    } catch (error) {
      void thread.end();
      all.delete(thread);
      if (!isClosed) crashes += 1;
      done.reject(isClosed ? closedError() : failureOf(tile, error));
    }
    dispatch();
  }

  return {
    async run(tile, job, signal) {
      signal?.throwIfAborted();
      if (isClosed) throw closedError();
      const working = all.size - idle.length;
      if (working + waiting.size >= threads + maxWaiting) throw overloaded(waiting.size);
      const done = Promise.withResolvers<DecodeOutput>();
      const next: Waiting = { tile, job, done };
      const leave = (): void => {
        // A job in work is finished for nobody: a thread cannot be interrupted but only ended.
        waiting.delete(next);
        const reason: unknown = signal?.reason;
        done.reject(reason);
      };
      signal?.addEventListener("abort", leave, { once: true });
      waiting.add(next);
      dispatch();
      try {
        return await done.promise;
      } finally {
        signal?.removeEventListener("abort", leave);
      }
    },
    stats: () => ({
      threads: all.size,
      working: all.size - idle.length,
      waiting: waiting.size,
      crashes,
    }),
    async close() {
      isClosed = true;
      for (const { done } of waiting) done.reject(closedError());
      waiting.clear();
      await Promise.all([...all].map((thread) => thread.end()));
    },
  };
}

/** What a thread that ended says about the tile it worked on. */
function failureOf(tile: string, error: unknown): unknown {
  if (!(error instanceof ThreadEnded)) return error;
  if (error.wasReady) {
    return corruptError(tile, `the thread that decoded it was lost: ${error.message}`, error);
  }
  return new Error(`A decoding thread could not be started: ${error.message}`, { cause: error });
}

function overloaded(waiting: number): ReasonError {
  return new ReasonError(
    "terrain_decoder_overloaded",
    `${waiting} elevation tiles are already waiting to be decoded.`,
    { waiting, retryAfterS: 1 },
  );
}

function closedError(): Error {
  return new Error("The decoding threads were ended.");
}

import { ReasonError } from "@gradeway/reason-codes";

import { formatTileId, type TileId } from "../../tile-id.ts";
import type { DecodedTile, DecodeTile } from "../decode-tile.ts";
import type { DecodeRequest } from "./decode-message.ts";
import { type DecodeThread, startDecodeThread, ThreadEnded } from "./decode-thread.ts";

/** Options of {@link createTileDecodePool}. */
export interface TileDecodePoolOptions {
  /** Threads at most; they are started when tiles come. Default 2. */
  readonly threads?: number | undefined;
  /** Tiles that may wait while every thread works. Default 64 per thread. */
  readonly maxWaiting?: number | undefined;
  /** Time in milliseconds after which a thread that does not answer is replaced. Default 20,000. */
  readonly timeoutMs?: number | undefined;
  /** Module of the threads; a bundler may have moved it. Default: the one of this package. */
  readonly module?: URL | undefined;
}

/** What a pool does at this moment. */
export interface TileDecodePoolStats {
  /** Threads that were started and have not ended. */
  readonly threads: number;
  /** Tiles in work and tiles that wait. */
  readonly working: number;
  readonly waiting: number;
  /** Threads that ended while they worked. */
  readonly crashes: number;
}

/** Threads that decode tiles. */
export interface TileDecodePool {
  /**
   * Decodes, validates and hashes a tile on a thread.
   *
   * @throws {ReasonError} `terrain_tile_corrupt` for a tile that is not as it should be or ends the
   *   thread; `terrain_decoder_overloaded` when too many tiles wait
   */
  readonly decode: DecodeTile;
  stats(): TileDecodePoolStats;
  /** Ends the threads; tiles in work and waiting tiles fail. */
  close(): Promise<void>;
}

interface Job {
  readonly id: TileId;
  readonly bytes: Uint8Array;
  readonly mayTake: boolean;
  readonly done: PromiseWithResolvers<DecodedTile>;
}

/**
 * Creates a pool of threads for tiles. The memory of tiles and grids is handed over, so the calling
 * thread spends nothing on a tile but a copy of its bytes where they may not be taken. Idle threads
 * do not keep the process alive. A thread that ends is replaced; its tile fails.
 *
 * @example
 * ```ts
 * import { createElevationSampler, createTileDecodePool, openTileSource } from "@gradeway/terrain-tiles";
 *
 * const pool = createTileDecodePool({ threads: 2 });
 * const sampler = createElevationSampler(await openTileSource("./tiles"), { decode: pool.decode });
 * console.log(sampler.source.name, pool.stats().threads);
 * await pool.close();
 * ```
 *
 * @throws {RangeError} when a limit is not a whole number in its range
 */
export function createTileDecodePool(options: TileDecodePoolOptions = {}): TileDecodePool {
  const { threads = 2, maxWaiting = 64 * threads, timeoutMs = 20_000 } = options;
  assertAtLeast("threads", threads, 1);
  assertAtLeast("maxWaiting", maxWaiting, 0);
  assertAtLeast("timeoutMs", timeoutMs, 1);
  // From source the module is TypeScript beside this file; built, it is a file beside the package's.
  const fromSource = import.meta.url.endsWith(".ts");
  const module =
    options.module ??
    new URL(fromSource ? "./decode-worker.ts" : "./decode-worker.js", import.meta.url);
  const threadOptions = {
    module,
    timeoutMs,
    ...(fromSource ? { execArgv: ["--conditions=@gradeway/source"] } : {}),
  };
  const idle: DecodeThread[] = [];
  const all = new Set<DecodeThread>();
  const waiting = new Set<Job>();
  let crashes = 0;
  let isClosed = false;

  /** Gives waiting tiles to threads, as long as there are both. */
  function dispatch(): void {
    for (const job of waiting) {
      const thread = idle.pop() ?? (all.size < threads ? start() : undefined);
      if (thread === undefined) return;
      waiting.delete(job);
      void work(thread, job);
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

  async function work(thread: DecodeThread, job: Job): Promise<void> {
    try {
      const reply = await thread.run(requestOf(job));
      if ("grid" in reply) {
        const { grid, sha256, bytes = job.bytes } = reply;
        job.done.resolve({ bytes, grid, sha256 });
      } else if ("reason" in reply) job.done.reject(ReasonError.fromJSON(reply.reason));
      else job.done.reject(new Error(`A decoding thread failed: ${reply.fault}`));
      idle.push(thread);
    } catch (error) {
      void thread.end();
      all.delete(thread);
      if (!isClosed) crashes += 1;
      job.done.reject(isClosed ? closedError() : failureOf(job.id, error));
    }
    dispatch();
  }

  return {
    async decode(bytes, id, { signal, mayTake = false } = {}) {
      signal?.throwIfAborted();
      if (isClosed) throw closedError();
      if (all.size - idle.length + waiting.size >= threads + maxWaiting) throw overloaded(waiting);
      const done = Promise.withResolvers<DecodedTile>();
      const job: Job = { id, bytes, mayTake, done };
      const leave = (): void => {
        // A tile in work is finished for nobody: a thread cannot be interrupted but only ended.
        waiting.delete(job);
        const reason: unknown = signal?.reason;
        done.reject(reason);
      };
      signal?.addEventListener("abort", leave, { once: true });
      waiting.add(job);
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
      for (const job of waiting) job.done.reject(closedError());
      waiting.clear();
      await Promise.all([...all].map((thread) => thread.end()));
    },
  };
}

/** The memory of the bytes travels when it is theirs alone; else a copy does. */
function requestOf({ bytes, id, mayTake }: Job): DecodeRequest {
  const { buffer, byteLength } = bytes;
  const isAlone = buffer instanceof ArrayBuffer && byteLength === buffer.byteLength;
  if (mayTake && isAlone) return { bytes: new Uint8Array(buffer), id, giveBack: true };
  return { bytes: new Uint8Array(bytes), id, giveBack: false };
}

/** What a thread that ended says about the tile it worked on. */
function failureOf(id: TileId, error: unknown): unknown {
  if (!(error instanceof ThreadEnded)) return error;
  if (!error.wasReady) {
    return new Error(`A decoding thread could not be started: ${error.message}`, { cause: error });
  }
  const tile = formatTileId(id);
  const problem = `the thread that decoded it was lost: ${error.message}`;
  return new ReasonError(
    "terrain_tile_corrupt",
    `The elevation tile ${tile} cannot be used: ${problem}`,
    { tile, problem },
    { cause: error },
  );
}

function overloaded(waiting: ReadonlySet<Job>): ReasonError {
  return new ReasonError(
    "terrain_decoder_overloaded",
    `${waiting.size} elevation tiles are already waiting to be decoded.`,
    { waiting: waiting.size, retryAfterS: 1 },
  );
}

function closedError(): Error {
  return new Error("The decoding threads were ended.");
}

function assertAtLeast(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${name} must be a whole number of at least ${least}, not ${value}.`);
  }
}

import type { JoinTerrarium } from "../../sources/terrarium-tile-source.ts";
import { formatTileId } from "../../tile-id.ts";
import type { DecodeBlock } from "../decode-block.ts";
import type { DecodeTile } from "../decode-tile.ts";
import { createDecodeThreads, type DecodeThreadsStats } from "./decode-threads.ts";

/** Options of {@link createTileDecodePool}. */
export interface TileDecodePoolOptions {
  /** Threads at most; they are started when tiles come. Default 2. */
  readonly threads?: number | undefined;
  /**
   * Tiles that may wait while every thread works. Default 256 per thread: fifty requests at once,
   * with eight tiles each, fit between two threads.
   */
  readonly maxWaiting?: number | undefined;
  /** Time in milliseconds after which a thread that does not answer is replaced. Default 20,000. */
  readonly timeoutMs?: number | undefined;
  /** Module of the threads; a bundler may have moved it. Default: the one of this package. */
  readonly module?: URL | undefined;
}

/** What a pool does at this moment. */
export type TileDecodePoolStats = DecodeThreadsStats;

/**
 * Threads that decode. Beside the reasons of the tile, each function throws
 * `terrain_decoder_overloaded` when too many tiles wait, and `terrain_tile_corrupt` for a tile that
 * ends its thread.
 */
export interface TileDecodePool {
  /** Decodes, validates and hashes a tile: for samplers and live terrain. */
  readonly decode: DecodeTile;
  /** Makes a tile of PNG images: for Terrarium sources. */
  readonly joinTerrarium: JoinTerrarium;
  /** Decodes and hashes a block of a raster: for Cloud-Optimised GeoTIFF. */
  readonly decodeBlock: DecodeBlock;
  stats(): TileDecodePoolStats;
  /** Ends the threads; tiles in work and waiting tiles fail. */
  close(): Promise<void>;
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
  const { threads = 2, maxWaiting = 256 * threads, timeoutMs = 20_000 } = options;
  assertAtLeast("threads", threads, 1);
  assertAtLeast("maxWaiting", maxWaiting, 0);
  assertAtLeast("timeoutMs", timeoutMs, 1);
  // From source the module is TypeScript beside this file; built, it is a file beside the package's.
  const fromSource = import.meta.url.endsWith(".ts");
  const usual = new URL(fromSource ? "./decode-worker.ts" : "./decode-worker.js", import.meta.url);
  const pool = createDecodeThreads({
    threads,
    maxWaiting,
    timeoutMs,
    module: options.module ?? usual,
    ...(fromSource ? { execArgv: ["--conditions=@gradeway/source"] } : {}),
  });

  return {
    async decode(bytes, id, { signal, mayTake = false } = {}) {
      const taken = mayTake && isAlone(bytes);
      const { grid, sha256, ...back } = await pool.run(
        formatTileId(id),
        () => ({ kind: "tile", bytes: taken ? bytes : copyOf(bytes), id, wantsBytes: taken }),
        signal,
      );
      return { grid, sha256, bytes: back.bytes ?? bytes };
    },
    async joinTerrarium(images, id, sizePx, { signal, mayTake = false } = {}) {
      const owned = (image: Uint8Array): Uint8Array<ArrayBuffer> =>
        mayTake && isAlone(image) ? image : copyOf(image);
      const { bytes } = await pool.run(
        formatTileId(id),
        () => ({
          kind: "terrarium",
          images: images.map((image) => image && owned(image)),
          id,
          sizePx,
        }),
        signal,
      );
      return bytes;
    },
    decodeBlock: (stored, name, form, { signal } = {}) =>
      pool.run(
        name,
        () => ({ kind: "block", stored: isAlone(stored) ? stored : copyOf(stored), name, form }),
        signal,
      ),
    stats: () => pool.stats(),
    close: () => pool.close(),
  };
}

/** Whether bytes have their memory for themselves, so that it may be handed over as a whole. */
function isAlone(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer && bytes.length === bytes.buffer.byteLength;
}

function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

function assertAtLeast(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${name} must be a whole number of at least ${least}, not ${value}.`);
  }
}

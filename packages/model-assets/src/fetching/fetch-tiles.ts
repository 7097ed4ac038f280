import { stat } from "node:fs/promises";
import path from "node:path";

import {
  decodeGeotiff,
  formatTileId,
  type LonLatBox,
  type TileId,
  type TileSource,
  tilesCovering,
} from "@gradeway/terrain-tiles";

import { writeFileAtomically } from "../write-file.ts";

/** What to fetch, and where to. */
export interface FetchTilesOptions {
  readonly source: TileSource;
  readonly zoom: number;
  readonly bbox: LonLatBox;
  /** Gets `{z}/{x}/{y}.tif`; tiles that are there already are not fetched again. */
  readonly directory: string;
  /** Tiles that are fetched at the same time. Default 4. */
  readonly concurrency?: number;
  readonly progress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What came of it. */
export interface FetchedTiles {
  readonly total: number;
  readonly fetched: number;
  readonly present: number;
  /** Tiles that the source does not have, as "z/x/y"; the heights there are void. */
  readonly absent: readonly string[];
}

/**
 * Fetches the elevation tiles of a box into a directory. Only tiles that can be decoded are kept, and
 * each is there as a whole or not at all, so that an interrupted run goes on where it was.
 *
 * @throws {ReasonError} those of the source, terrain_tile_corrupt
 */
export async function fetchTiles(options: FetchTilesOptions): Promise<FetchedTiles> {
  const { source, zoom, bbox, directory, concurrency = 4, progress, signal } = options;
  const ids = tilesCovering(bbox, zoom);
  const absent: string[] = [];
  let fetched = 0;
  let done = 0;
  const remaining = ids.values();
  const stop = new AbortController();
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const fetchOne = async (id: TileId): Promise<void> => {
    const file = path.join(directory, String(id.z), String(id.x), `${id.y}.tif`);
    const isPresent = (await stat(file).catch(() => undefined))?.isFile() === true;
    if (!isPresent) {
      const bytes = await source.getTile(id, { signal: either });
      if (bytes === undefined) absent.push(formatTileId(id));
      else {
        await decodeGeotiff(bytes, id);
        await writeFileAtomically(file, bytes);
        fetched++;
      }
    }
    progress?.(++done, ids.length);
  };
  const work = async (): Promise<void> => {
    // The workers share the iterator, so each tile is taken once.
    for (const id of remaining) {
      either.throwIfAborted();
      await fetchOne(id);
    }
  };
  const workers = Array.from({ length: Math.min(concurrency, ids.length) }, work);
  try {
    await Promise.all(workers);
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled(workers);
    throw error;
  }
  const present = ids.length - fetched - absent.length;
  return { total: ids.length, fetched, present, absent: absent.sort() };
}

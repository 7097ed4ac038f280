import { randomUUID } from "node:crypto";
import path from "node:path";

import type { TileId } from "../tile-id.ts";
import { type CacheBudgetStats, createCacheBudget } from "./cache-budget.ts";
import {
  type CacheFileSystem,
  ifPresent,
  PLATFORM_FILE_SYSTEM,
  removeFile,
} from "./cache-file-system.ts";
import { TEMPORARY_FOLDER } from "./cache-scan.ts";
import { describeTile, fitsSidecar, parseSidecar, type TileSidecar } from "./tile-sidecar.ts";

/** Options of {@link createDiskTileCache}. */
export interface DiskTileCacheOptions {
  readonly directory: string;
  readonly maxTiles: number;
  readonly maxBytes: number;
  /** Clock in milliseconds since 1970. */
  readonly now: () => number;
  /** Default: the file system of the platform. */
  readonly fileSystem?: CacheFileSystem;
}

/** A tile as it came out of the cache. */
export interface CachedTile {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** Time since the tile came from its origin. */
  readonly ageMs: number;
}

/** What a cache did since it was created. */
export interface DiskTileCacheStats extends CacheBudgetStats {
  readonly hits: number;
  readonly misses: number;
  /** Files that did not fit their hash and were removed. */
  readonly damaged: number;
}

/** Tiles on disk, which several processes may share. */
export interface DiskTileCache {
  /** Reads a tile; `undefined` when it is not there or was damaged. Counts as use. */
  get(id: TileId): Promise<CachedTile | undefined>;
  /** Stores the bytes of a tile, which the caller has validated; returns their hash. */
  put(id: TileId, bytes: Uint8Array): Promise<string>;
  /** Counts as use without reading. Worth calling at most once a minute for a tile. */
  touch(id: TileId): Promise<void>;
  remove(id: TileId): Promise<void>;
  /** Waits for a clean-up under way; writes start them in the background. */
  settle(): Promise<void>;
  stats(): DiskTileCacheStats;
}

/** How exact the time of the last use is. */
export const USE_RESOLUTION_MS = 60_000;

/**
 * Opens a cache of tiles as `{z}/{x}/{y}.tif`, each with its hash beside it in `{y}.json`. The time
 * of the last change of a tile is its last use; when it was fetched stands in its sidecar.
 *
 * Both files appear by renaming, so a process that is killed leaves only temporary files or a pair
 * that does not match, which is a miss: the hash is verified at every read.
 */
export function createDiskTileCache(options: DiskTileCacheOptions): DiskTileCache {
  const { directory, maxBytes, now, fileSystem = PLATFORM_FILE_SYSTEM } = options;
  const temporaries = path.join(directory, TEMPORARY_FOLDER);
  const budget = createCacheBudget({ ...options, fileSystem });
  let hits = 0;
  let misses = 0;
  let damaged = 0;

  const stemOf = ({ z, x, y }: TileId): string =>
    path.join(directory, String(z), String(x), String(y));

  async function readPair(
    stem: string,
  ): Promise<{ bytes: Uint8Array; sidecar: TileSidecar | undefined } | undefined> {
    const bytes = await ifPresent(fileSystem.readFile(`${stem}.tif`));
    const described =
      bytes === undefined ? undefined : await ifPresent(fileSystem.readFile(`${stem}.json`));
    if (bytes === undefined || described === undefined) return undefined;
    const sidecar = parseSidecar(described);
    return { bytes, sidecar: sidecar && fitsSidecar(bytes, sidecar) ? sidecar : undefined };
  }

  async function removePair(stem: string): Promise<void> {
    const found = await ifPresent(fileSystem.stat(`${stem}.tif`));
    if (await removeFile(fileSystem, `${stem}.tif`)) budget.note(-1, -(found?.sizeBytes ?? 0));
    await removeFile(fileSystem, `${stem}.json`);
  }

  async function touch(stem: string): Promise<void> {
    const found = await ifPresent(fileSystem.stat(`${stem}.tif`));
    if (found === undefined || Math.abs(now() - found.mtimeMs) < USE_RESOLUTION_MS) return;
    await ifPresent(fileSystem.touch(`${stem}.tif`, now()));
  }

  async function writePair(stem: string, bytes: Uint8Array, sidecar: TileSidecar): Promise<void> {
    const temporary = path.join(temporaries, randomUUID());
    await fileSystem.mkdir(temporaries);
    await fileSystem.mkdir(path.dirname(stem));
    try {
      await fileSystem.writeFile(`${temporary}.tif`, bytes);
      await fileSystem.writeFile(`${temporary}.json`, JSON.stringify(sidecar));
      await fileSystem.touch(`${temporary}.tif`, sidecar.fetchedAtMs);
      await fileSystem.rename(`${temporary}.tif`, `${stem}.tif`);
      await fileSystem.rename(`${temporary}.json`, `${stem}.json`);
    } catch (error) {
      await removeFile(fileSystem, `${temporary}.tif`).catch(() => false);
      await removeFile(fileSystem, `${temporary}.json`).catch(() => false);
      throw error;
    }
  }

  return {
    async get(id) {
      const stem = stemOf(id);
      let pair = await readPair(stem);
      // Another process may just be between its two renames: then the second look fits.
      if (pair !== undefined && pair.sidecar === undefined) pair = await readPair(stem);
      if (pair === undefined) {
        misses += 1;
        return undefined;
      }
      const { bytes, sidecar } = pair;
      if (sidecar === undefined) {
        misses += 1;
        damaged += 1;
        await removePair(stem);
        return undefined;
      }
      hits += 1;
      // A disk that cannot be written to can still be read.
      await touch(stem).catch(() => undefined);
      // A tile from the future must not stay fresh for ever.
      return { bytes, sha256: sidecar.sha256, ageMs: Math.abs(now() - sidecar.fetchedAtMs) };
    },
    async put(id, bytes) {
      const stem = stemOf(id);
      const sidecar = describeTile(bytes, now());
      if (bytes.length > maxBytes) return sidecar.sha256;
      const replaced = await ifPresent(fileSystem.stat(`${stem}.tif`));
      await writePair(stem, bytes, sidecar);
      budget.note(replaced === undefined ? 1 : 0, bytes.length - (replaced?.sizeBytes ?? 0));
      return sidecar.sha256;
    },
    touch: (id) => touch(stemOf(id)),
    remove: (id) => removePair(stemOf(id)),
    settle: () => budget.settle(),
    stats: () => ({ ...budget.stats(), hits, misses, damaged }),
  };
}

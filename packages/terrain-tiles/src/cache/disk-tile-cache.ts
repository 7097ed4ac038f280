import { randomUUID } from "node:crypto";
import path from "node:path";

import { sha256Of } from "../sha256.ts";
import type { TileId } from "../tile-id.ts";
import { type CacheBudgetStats, createCacheBudget } from "./cache-budget.ts";
import {
  type CacheFileSystem,
  ifPresent,
  PLATFORM_FILE_SYSTEM,
  removeFile,
} from "./cache-file-system.ts";
import { TEMPORARY_FOLDER } from "./cache-scan.ts";
import { parseSidecar, type TileSidecar } from "./tile-sidecar.ts";

/** Options of {@link createDiskTileCache}. */
export interface DiskTileCacheOptions {
  readonly directory: string;
  readonly maxTiles: number;
  readonly maxBytes: number;
  /**
   * Name of the source of the tiles. One that was stored under another name is a miss; tiles without
   * a name, and any tile for a cache without one, fit. Default: none.
   */
  readonly origin?: string | undefined;
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

/** What a caller of {@link DiskTileCache.getAs} made of a tile. */
export interface OpenedTile<T> {
  readonly tile: T;
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
  /**
   * Like {@link get}, but the caller computes the hash while it does something else with the bytes,
   * for example on another thread.
   *
   * @param open - takes over the bytes; what it makes of them is given out only when its hash fits,
   *   and `undefined` means that they are no tile. Called again when another process is writing.
   */
  getAs<T extends { readonly sha256: string }>(
    id: TileId,
    open: (bytes: Uint8Array) => Promise<T | undefined>,
  ): Promise<OpenedTile<T> | undefined>;
  /**
   * Stores the bytes of a tile, which the caller has validated; returns their hash.
   *
   * @param sha256 - their hash, when the caller knows it
   */
  put(id: TileId, bytes: Uint8Array, sha256?: string): Promise<string>;
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
  const { directory, maxBytes, origin, now, fileSystem = PLATFORM_FILE_SYSTEM } = options;
  const temporaries = path.join(directory, TEMPORARY_FOLDER);
  const budget = createCacheBudget({ ...options, fileSystem });
  let hits = 0;
  let misses = 0;
  let damaged = 0;

  const stemOf = ({ z, x, y }: TileId): string =>
    path.join(directory, String(z), String(x), String(y));

  /** Opens a tile; `undefined` when it is not there or another source's, "damaged" when it does not fit its sidecar. */
  async function openPair<T extends { readonly sha256: string }>(
    stem: string,
    open: (bytes: Uint8Array) => Promise<T | undefined>,
  ): Promise<OpenedTile<T> | "damaged" | undefined> {
    const bytes = await ifPresent(fileSystem.readFile(`${stem}.tif`));
    const described =
      bytes === undefined ? undefined : await ifPresent(fileSystem.readFile(`${stem}.json`));
    if (bytes === undefined || described === undefined) return undefined;
    const sidecar = parseSidecar(described);
    if (sidecar?.sizeBytes !== bytes.length) return "damaged";
    const isForeign = origin !== undefined && (sidecar.origin ?? origin) !== origin;
    if (isForeign) return undefined;
    const tile = await open(bytes);
    if (tile?.sha256 !== sidecar.sha256) return "damaged";
    // A tile from the future must not stay fresh for ever.
    return { tile, ageMs: Math.abs(now() - sidecar.fetchedAtMs) };
  }

  async function getAs<T extends { readonly sha256: string }>(
    id: TileId,
    open: (bytes: Uint8Array) => Promise<T | undefined>,
  ): Promise<OpenedTile<T> | undefined> {
    const stem = stemOf(id);
    let opened = await openPair(stem, open);
    // Another process may just be between its two renames: then the second look fits.
    if (opened === "damaged") opened = await openPair(stem, open);
    if (opened === undefined || opened === "damaged") {
      misses += 1;
      if (opened === undefined) return undefined;
      damaged += 1;
      await removePair(stem);
      return undefined;
    }
    hits += 1;
    // A disk that cannot be written to can still be read.
    await touch(stem).catch(() => undefined);
    return opened;
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
      const opened = await getAs(id, async (bytes) => ({ bytes, sha256: sha256Of(bytes) }));
      return opened && { ...opened.tile, ageMs: opened.ageMs };
    },
    getAs,
    async put(id, bytes, sha256 = sha256Of(bytes)) {
      const stem = stemOf(id);
      const sidecar: TileSidecar = {
        sha256,
        sizeBytes: bytes.length,
        fetchedAtMs: now(),
        ...(origin === undefined ? {} : { origin }),
      };
      if (bytes.length > maxBytes) return sidecar.sha256;
      const replaced = await ifPresent(fileSystem.stat(`${stem}.tif`));
      await writePair(stem, bytes, sidecar);
      budget.note(replaced === undefined ? 1 : 0, bytes.length - (replaced?.sizeBytes ?? 0));
      await budget.keepUp();
      return sidecar.sha256;
    },
    touch: (id) => touch(stemOf(id)),
    remove: (id) => removePair(stemOf(id)),
    settle: () => budget.settle(),
    stats: () => ({ ...budget.stats(), hits, misses, damaged }),
  };
}

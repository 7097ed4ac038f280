import path from "node:path";

import { type CacheFileSystem, ifPresent, removeFile } from "./cache-file-system.ts";

/** Folder for files that are being written, in the cache directory and so on the same disk. */
export const TEMPORARY_FOLDER = ".tmp";

/** A file without its partner, or a temporary one, is waste when it is this old: its writer died. */
export const WASTE_AGE_MS = 10 * 60_000;

/** A tile in the cache directory. */
export interface ScannedTile {
  /** Path without its extension. */
  readonly stem: string;
  readonly sizeBytes: number;
  readonly usedAtMs: number;
}

/** What a scan found. */
export interface CacheScan {
  readonly tiles: readonly ScannedTile[];
  /** Old files without a partner that were removed. */
  readonly wasteRemoved: number;
}

const WHOLE_NUMBER = /^\d+$/;
/** Files that are looked at in the same moment. */
const BATCH = 64;

/** Lists the tiles of a cache directory by walking it, and removes old files without a partner. */
export async function scanCache(
  fileSystem: CacheFileSystem,
  directory: string,
  nowMs: number,
): Promise<CacheScan> {
  const tiles: ScannedTile[] = [];
  let wasteRemoved = 0;
  const list = async (folder: string): Promise<string[]> =>
    (await ifPresent(fileSystem.readdir(folder))) ?? [];
  const removeIfOld = async (file: string): Promise<void> => {
    if (await removeWaste(fileSystem, file, nowMs)) wasteRemoved += 1;
  };

  const zooms = (await list(directory)).filter((name) => WHOLE_NUMBER.test(name));
  for (const zoom of zooms) {
    const columns = await list(path.join(directory, zoom));
    for (const column of columns.filter((name) => WHOLE_NUMBER.test(name))) {
      const folder = path.join(directory, zoom, column);
      const names = new Set(await list(folder));
      await inBatches([...names], async (name) => {
        const { name: row, ext } = path.parse(name);
        if (!WHOLE_NUMBER.test(row)) return;
        const stem = path.join(folder, row);
        if (ext === ".tif" && names.has(`${row}.json`)) {
          const found = await ifPresent(fileSystem.stat(`${stem}.tif`));
          if (found === undefined) return;
          tiles.push({ stem, sizeBytes: found.sizeBytes, usedAtMs: found.mtimeMs });
        } else if (ext === ".tif" || (ext === ".json" && !names.has(`${row}.tif`))) {
          await removeIfOld(path.join(folder, name));
        }
      });
    }
  }
  return { tiles, wasteRemoved };
}

/** Removes temporary files whose writer died; returns how many. */
export async function removeOldTemporaries(
  fileSystem: CacheFileSystem,
  directory: string,
  nowMs: number,
): Promise<number> {
  const folder = path.join(directory, TEMPORARY_FOLDER);
  let removed = 0;
  await inBatches((await ifPresent(fileSystem.readdir(folder))) ?? [], async (name) => {
    if (await removeWaste(fileSystem, path.join(folder, name), nowMs)) removed += 1;
  });
  return removed;
}

/** Applies work to every item, a batch at a time. */
export async function inBatches<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < items.length; start += BATCH) {
    await Promise.all(items.slice(start, start + BATCH).map(work));
  }
}

async function removeWaste(
  fileSystem: CacheFileSystem,
  file: string,
  nowMs: number,
): Promise<boolean> {
  const found = await ifPresent(fileSystem.stat(file));
  // A file from the future is as far away as one from the past.
  if (found === undefined || Math.abs(nowMs - found.mtimeMs) < WASTE_AGE_MS) return false;
  return removeFile(fileSystem, file);
}

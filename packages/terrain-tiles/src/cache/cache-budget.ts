import { type CacheFileSystem, removeFile } from "./cache-file-system.ts";
import { inBatches, removeOldTemporaries, type ScannedTile, scanCache } from "./cache-scan.ts";

/** Settings of {@link createCacheBudget}. */
export interface CacheBudgetOptions {
  readonly fileSystem: CacheFileSystem;
  readonly directory: string;
  readonly maxTiles: number;
  readonly maxBytes: number;
  readonly now: () => number;
}

/** Keeps a cache directory within its budget. */
export interface CacheBudget {
  /** Notes a change of the directory by this process; starts a clean-up when one is due. */
  note(tiles: number, bytes: number): void;
  /** Waits for a clean-up under way when a lot was written since it began. */
  keepUp(): Promise<void>;
  /** Waits for a clean-up under way. */
  settle(): Promise<void>;
  stats(): CacheBudgetStats;
}

/** What {@link CacheBudget} knows and did. */
export interface CacheBudgetStats {
  /** Estimates; `undefined` until the directory was looked at for the first time. */
  readonly tiles: number | undefined;
  readonly bytes: number | undefined;
  readonly evicted: number;
  /** Files that a killed process left behind and that were removed. */
  readonly wasteRemoved: number;
  readonly scans: number;
  /** Clean-ups that failed. */
  readonly failures: number;
}

/** A clean-up goes down to this share of the budget, so that the next one is far away. */
const LOW_WATER = 0.9;
/**
 * After writing this share of the budget, and at least 16 tiles, a process looks again at what the
 * others wrote, and while it looks it writes no more than that. With that, P processes hold at most
 * the budget, 2 P times this share of it, and what is being written.
 */
const LOOK_AGAIN = 0.125;

/**
 * Creates the bookkeeping of a cache directory. It walks the directory once at the first change and
 * then only when its estimate is over the budget, or after many tiles of its own.
 */
export function createCacheBudget(options: CacheBudgetOptions): CacheBudget {
  const { fileSystem, directory, maxTiles, maxBytes, now } = options;
  const lookAgainAfter = Math.max(16, Math.floor(maxTiles * LOOK_AGAIN));
  let known: { tiles: number; bytes: number } | undefined;
  let writtenTiles = 0;
  let writtenBytes = 0;
  let evicted = 0;
  let wasteRemoved = 0;
  let scans = 0;
  let failures = 0;
  let cleaning: Promise<void> | undefined;
  /** What this process changed since the clean-up under way began. */
  let meanwhile = { tiles: 0, bytes: 0 };

  function isDue(): boolean {
    return (
      known === undefined ||
      known.tiles > maxTiles ||
      known.bytes > maxBytes ||
      writtenTiles >= lookAgainAfter ||
      writtenBytes >= maxBytes * LOOK_AGAIN
    );
  }

  async function clean(): Promise<void> {
    scans += 1;
    writtenTiles = 0;
    writtenBytes = 0;
    meanwhile = { tiles: 0, bytes: 0 };
    const temporaries = await removeOldTemporaries(fileSystem, directory, now());
    const scan = await scanCache(fileSystem, directory, now());
    wasteRemoved += temporaries + scan.wasteRemoved;
    const bytes = scan.tiles.reduce((sum, tile) => sum + tile.sizeBytes, 0);
    const kept = await evict(scan.tiles, bytes);
    // The scan saw some of the changes meanwhile too. An estimate that is too high only brings the
    // next look forward.
    known = { tiles: kept.tiles + meanwhile.tiles, bytes: kept.bytes + meanwhile.bytes };
  }

  async function evict(
    tiles: readonly ScannedTile[],
    totalBytes: number,
  ): Promise<{ tiles: number; bytes: number }> {
    const kept = { tiles: tiles.length, bytes: totalBytes };
    if (kept.tiles <= maxTiles && kept.bytes <= maxBytes) return kept;
    const victims: string[] = [];
    for (const { stem, sizeBytes } of tiles.toSorted((a, b) => a.usedAtMs - b.usedAtMs)) {
      if (kept.tiles <= maxTiles * LOW_WATER && kept.bytes <= maxBytes * LOW_WATER) break;
      victims.push(stem);
      kept.tiles -= 1;
      kept.bytes -= sizeBytes;
    }
    await inBatches(victims, async (stem) => {
      // Another process may have been faster.
      if (await removeFile(fileSystem, `${stem}.tif`)) evicted += 1;
      await removeFile(fileSystem, `${stem}.json`);
    });
    return kept;
  }

  function start(): void {
    cleaning = clean()
      .catch(() => {
        failures += 1;
        // Otherwise every write would try again at once instead of after a share of the budget.
        known = { tiles: 0, bytes: 0 };
      })
      .finally(() => {
        cleaning = undefined;
      });
  }

  return {
    note(tiles, bytes) {
      meanwhile.tiles += tiles;
      meanwhile.bytes += bytes;
      if (known !== undefined && cleaning === undefined) {
        known = { tiles: known.tiles + tiles, bytes: known.bytes + bytes };
      }
      if (tiles > 0) writtenTiles += tiles;
      if (bytes > 0) writtenBytes += bytes;
      if (cleaning === undefined && isDue()) start();
    },
    async keepUp() {
      const { tiles, bytes } = meanwhile;
      if (tiles >= lookAgainAfter || bytes >= maxBytes * LOOK_AGAIN) await cleaning;
    },
    async settle() {
      await cleaning;
    },
    stats: () => ({
      tiles: known?.tiles,
      bytes: known?.bytes,
      evicted,
      wasteRemoved,
      scans,
      failures,
    }),
  };
}

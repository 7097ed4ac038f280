import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What was seen from outside while a soak ran. */
export interface SoakWatch {
  /** Largest number of tiles that lay in the cache directory, and of their bytes. */
  readonly peakTiles: number;
  readonly peakBytes: number;
  /** Memory of this process in MiB, in order of time. */
  readonly rssMb: readonly number[];
}

const EVERY_MS = 250;

/** Looks at the cache directory and the memory of this process until the signal aborts. */
export async function watchSoak(directory: string, until: AbortSignal): Promise<SoakWatch> {
  const rssMb: number[] = [];
  let peakTiles = 0;
  let peakBytes = 0;
  while (!until.aborted) {
    rssMb.push(process.memoryUsage.rss() / 2 ** 20);
    const { tiles, bytes } = sizeOf(directory);
    peakTiles = Math.max(peakTiles, tiles);
    peakBytes = Math.max(peakBytes, bytes);
    await sleep(EVERY_MS);
  }
  return { peakTiles, peakBytes, rssMb };
}

/**
 * How much the memory grew while it should have stood still: its median in the last fifth of the
 * time over its median in the second fifth, in MiB.
 */
export function memoryGrowthMb(rssMb: readonly number[]): number {
  const fifth = Math.floor(rssMb.length / 5);
  const median = (from: number): number =>
    rssMb.slice(from, from + fifth).toSorted((a, b) => a - b)[fifth >> 1] ?? Number.NaN;
  return median(4 * fifth) - median(fifth);
}

/** Read without a pause: a busy loop would stretch many small reads over seconds. */
function sizeOf(directory: string): { tiles: number; bytes: number } {
  let tiles = 0;
  let bytes = 0;
  if (!existsSync(directory)) return { tiles, bytes };
  for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".tif") || name.startsWith(".tmp")) continue;
    // It may be gone by now.
    const found = statSync(path.join(directory, name), { throwIfNoEntry: false });
    if (found === undefined) continue;
    tiles += 1;
    bytes += found.size;
  }
  return { tiles, bytes };
}

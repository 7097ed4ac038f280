import { textTable } from "@gradeway/quality-gates";

import type { SoakResult } from "./run-soak.ts";
import { memoryGrowthMb } from "./soak-watch.ts";

/** What a soak did and saw, for a terminal. */
export function soakText(result: SoakResult, seconds: number): string {
  const { book, writers, watch, audit, limits } = result;
  const { hits } = book;
  const failed = [...book.failures.values()].reduce((sum, count) => sum + count, 0);
  const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
  const rows = [
    ["requests", `${book.requests} in ${seconds} s: ${book.successes} answered, ${failed} refused`],
    ["left by their caller", String(book.aborts)],
    ["heights compared", `${book.comparedHeights}, ${book.absentHeights} void as the origin said`],
    ["tiles used from", `memory ${hits.memory}, disk ${hits.disk}, origin ${hits.remote}`],
    ["stand-ins", `snapshot ${hits.fallback}, too old ${book.staleUses}`],
    ["fetches", `${book.fetches}, ${book.joinedFetches} joined, ${book.retries} repeated attempts`],
    ["most of a budget", `${book.peakRemoteTiles} of ${limits.budgetTiles} tiles`],
    ["writers", `${writers.writes} writes, ${writers.kills} killed`],
    [
      "on disk at most",
      `${watch.peakTiles} of ${limits.diskTiles} tiles, ${megabytes(watch.peakBytes)} of ${megabytes(limits.diskBytes)} MB`,
    ],
    ["on disk at the end", `${audit.tiles} tiles, ${audit.leftBehind} files left behind`],
    ["failures of the disk", String(result.diskFailures)],
    [
      "memory",
      `${Math.max(...watch.rssMb).toFixed(0)} MB at most, grew by ${memoryGrowthMb(watch.rssMb).toFixed(1)} MB`,
    ],
  ];
  return [textTable(rows), countTable("reason", book.failures), countTable("fault", result.faults)]
    .filter((block) => block !== "")
    .join("\n\n");
}

function countTable(head: string, counts: ReadonlyMap<string, number>): string {
  const rows = [...counts].toSorted(([, a], [, b]) => b - a);
  if (rows.length === 0) return "";
  return textTable(
    [[head, "count"], ...rows.map(([name, count]) => [name, String(count)])],
    new Set([1]),
  );
}

import { budgetGate, type Gate, type Measurement } from "@gradeway/quality-gates";

import type { SoakResult } from "./run-soak.ts";
import { memoryGrowthMb } from "./soak-watch.ts";

/** Memory in MiB that a soak may gain while it runs. */
const MEMORY_BUDGET_MB = 64;

/** Length in seconds of the shortest soak that tells growth from a start. */
export const MEMORY_SECONDS = 60;

const subsystem = "terrain-soak";

/** A gate that passes when nothing is wrong. */
function nothingGate(
  id: string,
  title: string,
  rationale: string,
  measure: () => Omit<Measurement, "score">,
): Gate {
  return {
    id,
    subsystem,
    title,
    rationale,
    threshold: 100,
    async measure() {
      const found = measure();
      return { ...found, score: found.failures.length === 0 ? 100 : 0 };
    },
  };
}

/** Judges what must hold whatever the machine. */
export function soakGates(result: SoakResult): Gate[] {
  const { book, faults, writers, audit, watch, limits, strayRequests, diskFailures } = result;
  const faultCount = [...faults.values()].reduce((sum, count) => sum + count, 0);
  return [
    nothingGate(
      "exercised",
      "answers, faults and kills took place",
      "A soak in which nothing happened has shown nothing.",
      () => {
        const facts = { successes: book.successes, faults: faultCount, kills: writers.kills };
        const absent = Object.entries(facts).filter(([, count]) => count === 0);
        if (absent.length > 0)
          throw new RangeError(`no ${absent.map(([name]) => name).join(", no ")}`);
        return { facts, failures: writers.failures };
      },
    ),
    nothingGate(
      "heights",
      "no wrong height",
      "Every height of every answer is compared with the pixels of the tiles, read another way.",
      () => ({
        facts: { compared: book.comparedHeights, absent: book.absentHeights },
        failures: book.violations.height,
      }),
    ),
    nothingGate(
      "reasons",
      "failures with expected reasons only",
      "An outage must never look like a gap in the coverage, nor a stand-in like the live source.",
      () => ({
        facts: { ...Object.fromEntries(book.failures), aborts: book.aborts },
        failures: book.violations.reason,
      }),
    ),
    nothingGate(
      "request-budgets",
      "budget of every request kept",
      "A request may fetch so many tiles and no more, whatever goes wrong; redirects lead nowhere else.",
      () => ({
        facts: { peakTiles: book.peakRemoteTiles, tiles: limits.budgetTiles, strayRequests },
        failures: [
          ...book.violations.budget,
          ...(strayRequests > 0 ? [`${strayRequests} requests reached a host not listed`] : []),
        ],
      }),
    ),
    nothingGate(
      "files",
      "no corrupt file on disk",
      "Writers were killed at any moment; what they leave must be whole or be seen to be waste.",
      () => ({
        facts: { tiles: audit.tiles, leftBehind: audit.leftBehind, diskFailures },
        failures: [
          ...audit.corrupt,
          ...audit.notHealed,
          ...(diskFailures > 0 ? [`${diskFailures} reads or writes of the disk failed`] : []),
        ],
      }),
    ),
    budgetGate({
      id: "disk-tiles",
      subsystem,
      title: "tiles on disk at any time",
      rationale: "The budget, and for each process twice an eighth of it, but at least 16 tiles.",
      budget: limits.diskTiles,
      unit: "tiles",
      measure: async () => ({ observed: watch.peakTiles, facts: {} }),
    }),
    budgetGate({
      id: "disk-bytes",
      subsystem,
      title: "bytes on disk at any time",
      rationale: "The budget, and twice an eighth of it for each process.",
      budget: limits.diskBytes,
      unit: "bytes",
      measure: async () => ({ observed: watch.peakBytes, facts: {} }),
    }),
  ];
}

/** Judges the memory, which depends on the collector too, and needs a minute to say anything. */
export function memoryGate({ watch }: SoakResult, seconds: number): Gate {
  return budgetGate({
    id: "memory",
    subsystem,
    title: "growth of the memory",
    rationale: "What grows in minutes runs out in days.",
    budget: MEMORY_BUDGET_MB,
    unit: "MB",
    async measure() {
      if (seconds < MEMORY_SECONDS) throw new RangeError(`${seconds} s are too short to tell`);
      const growthMb = memoryGrowthMb(watch.rssMb);
      const facts = { peakMb: Math.max(...watch.rssMb), growthMb };
      // A process that shrank has grown by nothing; NaN stays what it is.
      return { observed: growthMb < 0 ? 0 : growthMb, facts };
    },
  });
}

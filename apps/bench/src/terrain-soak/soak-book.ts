import type { TerrainDiagnostics, TileTier } from "@gradeway/terrain-tiles";

/** What a soak saw; written while it runs. */
export interface SoakBook {
  requests: number;
  successes: number;
  /** Heights that were compared, and how many of them were void because the origin said so. */
  comparedHeights: number;
  absentHeights: number;
  /** Requests that their caller left. */
  aborts: number;
  readonly failures: Map<string, number>;
  readonly hits: Record<TileTier, number>;
  absent: number;
  staleUses: number;
  fetches: number;
  joinedFetches: number;
  retries: number;
  /** Most of its budget that any request used. */
  peakRemoteTiles: number;
  peakBytesFetched: number;
  /** What must not happen, one line each, by kind. */
  readonly violations: Record<SoakViolation, string[]>;
}

/** Kinds of what must not happen. */
export type SoakViolation = "height" | "reason" | "budget";

/** Opens an empty book. */
export function createSoakBook(): SoakBook {
  return {
    requests: 0,
    successes: 0,
    comparedHeights: 0,
    absentHeights: 0,
    aborts: 0,
    failures: new Map(),
    hits: { memory: 0, disk: 0, remote: 0, fallback: 0 },
    absent: 0,
    staleUses: 0,
    fetches: 0,
    joinedFetches: 0,
    retries: 0,
    peakRemoteTiles: 0,
    peakBytesFetched: 0,
    violations: { height: [], reason: [], budget: [] },
  };
}

/** Adds the diagnostics of one request. */
export function addDiagnostics(book: SoakBook, diagnostics: TerrainDiagnostics): void {
  for (const tier of ["memory", "disk", "remote", "fallback"] as const) {
    book.hits[tier] += diagnostics.hits[tier];
  }
  book.absent += diagnostics.absent;
  book.staleUses += diagnostics.staleUses;
  book.fetches += diagnostics.fetches;
  book.joinedFetches += diagnostics.joinedFetches;
  book.retries += diagnostics.retries;
  book.peakRemoteTiles = Math.max(book.peakRemoteTiles, diagnostics.remoteTiles);
  book.peakBytesFetched = Math.max(book.peakBytesFetched, diagnostics.bytesFetched);
}

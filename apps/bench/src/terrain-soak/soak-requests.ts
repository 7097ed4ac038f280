import { isReasonError, type ReasonCode } from "@gradeway/reason-codes";
import {
  type ElevationProfile,
  type LiveTerrain,
  requireCoverage,
  sampleProfile,
  type TerrainDiagnostics,
} from "@gradeway/terrain-tiles";
import { createSeededRandom, type SeededRandom } from "@gradeway/test-kit";

import { randomLine } from "../terrain/random-line.ts";
import type { TileWorld } from "../terrain/tile-world.ts";
import { addDiagnostics, createSoakBook, type SoakBook, type SoakViolation } from "./soak-book.ts";

/** A terrain of the soak, and what its settings allow. */
export interface SoakTerrain {
  readonly name: string;
  readonly terrain: LiveTerrain;
  readonly allowsFallback: boolean;
  /** Whether copies are always too old, so that they answer only when that is allowed. */
  readonly isAlwaysStale: boolean;
}

/** What the requests need. */
export interface SoakRequestOptions {
  readonly world: TileWorld;
  readonly terrains: readonly SoakTerrain[];
  readonly seed: number;
  /** Requests under way in the same moment. */
  readonly concurrency: number;
  /** Tiles and bytes that the settings allow one request to fetch. */
  readonly budgetTiles: number;
  readonly budgetBytes: number;
  /** Whether the origin has ever said that there is no such tile. */
  readonly saidAbsent: (tile: string) => boolean;
  readonly progress: (book: SoakBook) => void;
}

/** Reasons that the faults of a soak may give to a request. */
const EXPECTED: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  "terrain_fetch_failed",
  "terrain_circuit_open",
  "terrain_tile_corrupt",
  "terrain_host_not_allowed",
  "terrain_tile_budget_exceeded",
  "terrain_dem_coverage_insufficient",
]);
/** Heights are sums of the same four products; only their rounding differs. */
const TOLERANCE_M = 1e-3;
const LEFT = new Error("the caller left");

/** Sends profile requests until the signal aborts, and judges every answer. */
export async function runSoakRequests(
  options: SoakRequestOptions,
  until: AbortSignal,
): Promise<SoakBook> {
  const book = createSoakBook();
  const work = async (): Promise<void> => {
    while (!until.aborted) {
      const random = createSeededRandom(options.seed + 7919 * book.requests);
      book.requests += 1;
      await sendRequest(options, random, book);
      options.progress(book);
      // Answers from memory would never let the timers of the others run.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, work));
  return book;
}

async function sendRequest(
  options: SoakRequestOptions,
  random: SeededRandom,
  book: SoakBook,
): Promise<void> {
  const asked = random.pick(options.terrains);
  const strict = random.chance(0.5);
  // Most lines are short, some cross more tiles than a request may fetch.
  const lengthM = 1000 * Math.exp(random.between(0, Math.log(60)));
  const line = randomLine(random, options.world.box, lengthM);
  const deadlineMs = random.chance(0.2) ? random.between(50, 2_000) : 15_000;
  const leaving = new AbortController();
  const timer = random.chance(0.05)
    ? setTimeout(() => leaving.abort(LEFT), random.between(0, 200))
    : undefined;
  const run = asked.terrain.begin({
    strict,
    deadlineAtMs: Date.now() + deadlineMs,
    signal: leaving.signal,
  });
  let voids = 0;
  try {
    const profile = await sampleProfile(run.sampler, line);
    voids = compareHeights(profile, options, book);
    if (strict) requireCoverage(profile);
    book.successes += 1;
  } catch (error) {
    judgeError(error, run.diagnostics(), voids, options, book);
  } finally {
    clearTimeout(timer);
  }
  const diagnostics = run.diagnostics();
  addDiagnostics(book, diagnostics);
  judgeBooks(diagnostics, asked, strict, options, book);
}

/** Compares point by point; returns how many points lie in a void of the tiles themselves. */
function compareHeights(
  profile: ElevationProfile,
  { world, saidAbsent }: SoakRequestOptions,
  book: SoakBook,
): number {
  const { lonLat, elevationM, missingTiles } = profile;
  const isMissing = missingTiles.length > 0;
  const lie = missingTiles.find((tile) => !saidAbsent(tile));
  if (lie !== undefined) note(book, "height", `${lie} is called absent, and nobody said so`);
  let voids = 0;
  for (let point = 0; point < elevationM.length; point += 1) {
    const lon = lonLat[2 * point]!;
    const lat = lonLat[2 * point + 1]!;
    const heightM = elevationM[point]!;
    const directM = world.heights.at(lon, lat);
    book.comparedHeights += 1;
    if (Math.abs(heightM - directM) <= TOLERANCE_M) continue;
    if (Number.isNaN(heightM) && Number.isNaN(directM)) voids += 1;
    else if (Number.isNaN(heightM) && isMissing) book.absentHeights += 1;
    else note(book, "height", `${heightM} m instead of ${directM} m at ${lon},${lat}`);
  }
  return voids;
}

function judgeError(
  error: unknown,
  diagnostics: TerrainDiagnostics,
  voids: number,
  { budgetTiles, saidAbsent }: SoakRequestOptions,
  book: SoakBook,
): void {
  if (error === LEFT) {
    book.aborts += 1;
    return;
  }
  if (!isReasonError(error) || !EXPECTED.has(error.reasonCode)) {
    note(book, "reason", error instanceof Error ? (error.stack ?? error.message) : String(error));
    return;
  }
  const { reasonCode } = error;
  book.failures.set(reasonCode, (book.failures.get(reasonCode) ?? 0) + 1);
  if (isReasonError(error, "terrain_dem_coverage_insufficient")) {
    const { missingTiles } = error.details;
    const isVoid = missingTiles.length === 0 && voids > 0;
    if (!isVoid && (missingTiles.length === 0 || !missingTiles.every(saidAbsent))) {
      note(book, "reason", `coverage is blamed, missing: ${missingTiles.join(" ")}`);
    }
  }
  if (reasonCode === "terrain_tile_budget_exceeded" && diagnostics.remoteTiles < budgetTiles) {
    note(book, "reason", `the budget is blamed after ${diagnostics.remoteTiles} tiles`);
  }
}

function judgeBooks(
  diagnostics: TerrainDiagnostics,
  { name, allowsFallback, isAlwaysStale }: SoakTerrain,
  strict: boolean,
  { budgetTiles, budgetBytes }: SoakRequestOptions,
  book: SoakBook,
): void {
  const { remoteTiles, bytesFetched, fallbackUses, staleUses } = diagnostics;
  if (remoteTiles > budgetTiles) {
    note(book, "budget", `${remoteTiles} tiles were fetched for one request`);
  }
  if (bytesFetched > budgetBytes) {
    note(book, "budget", `${bytesFetched} bytes were fetched for one request`);
  }
  if (fallbackUses > 0 && !allowsFallback) {
    note(book, "reason", `${name} used the snapshot, which it may not`);
  }
  if (staleUses > 0 && (!isAlwaysStale || (strict && !allowsFallback))) {
    note(book, "reason", `${name} used a copy that is too old, which it may not`);
  }
}

function note(book: SoakBook, kind: SoakViolation, text: string): void {
  // The count is what matters; a few examples say enough.
  if (book.violations[kind].length < 1_000) book.violations[kind].push(text);
}

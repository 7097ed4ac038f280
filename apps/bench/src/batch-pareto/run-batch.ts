import { isReasonError } from "@gradeway/reason-codes";
import type { Bbox } from "@gradeway/route-core";

import { ArgumentError } from "../command-arguments.ts";
import { randomPairs, type TripPair } from "../random-pairs.ts";
import { openRegion, type RegionUnderTest } from "../region-under-test.ts";
import { startTiming, type Timing } from "../timed.ts";
import { allFailed, type PairOutcome, readOutcomes } from "./batch-outcomes.ts";
import { type BatchStand, openLiveStand, openOwnStand } from "./batch-stand.ts";
import { pairsInBox, referencePairs } from "./drawn-pairs.ts";

/** How batches are answered. */
export type BatchMode = "inprocess-fake" | "inprocess" | "live";

/** Most pairs that a server takes at once. */
const PAIRS_PER_BATCH = 500;
/** Pairs that are planned before anything is measured; not among the measured ones. */
const WARM_UP_PAIRS = 20;
const BATCH_DEADLINE_MS = 600_000;

/** What to measure and with what. */
export interface BatchOptions {
  readonly mode: BatchMode;
  /** In process: what is served. Live: where pairs are drawn; the server's box without it. */
  readonly directory: string | undefined;
  readonly baseUrl: string;
  readonly pairCount: number;
  readonly pairSource: "region" | "reference";
  readonly seed: number;
  readonly concurrency: number;
  readonly epsilon: number;
  readonly progress: (text: string) => void;
}

/** A finished measurement. */
export interface BatchRun {
  readonly mode: BatchMode;
  /** How pairs were drawn. */
  readonly drawn: string;
  readonly seed: number;
  /** The server's own setting where it runs elsewhere: null. */
  readonly concurrency: number | null;
  readonly epsilon: number;
  /** Of a region that is here; null where none could be opened. */
  readonly region: RegionUnderTest["facts"] | null;
  /** What `GET /assets` says: hashes of all that answers rest on. */
  readonly assets: unknown;
  readonly outcomes: readonly PairOutcome[];
  /** Of all batches together, each to its last byte; processor time is the client's alone where the server is elsewhere. */
  readonly timing: Timing;
}

/** Sends pairs to `POST /batch/pareto`. What keeps every pair from being asked fails every pair. */
export async function runBatch(options: BatchOptions): Promise<BatchRun> {
  const { mode, seed, epsilon, pairCount, pairSource } = options;
  const concurrency = mode === "live" ? null : options.concurrency;
  const base = { mode, seed, epsilon, concurrency };
  let opened: Opened;
  try {
    opened = await open(options);
  } catch (error) {
    if (!isReasonError(error) && !isNetworkFailure(error)) throw error;
    const isDrawn = pairSource === "reference";
    const pairs = isDrawn ? referencePairs(pairCount, seed) : Array.from({ length: pairCount });
    return {
      ...base,
      drawn: isDrawn ? "as the reference does" : "none: there is no region to draw them from",
      region: null,
      assets: null,
      outcomes: allFailed(error, pairs as readonly (TripPair | undefined)[]),
      timing: { wallMs: 0, cpuMs: 0 },
    };
  }
  const { stand, pairs, drawn, facts, assets } = opened;
  try {
    options.progress("warming up");
    await send(stand, pairs.slice(pairCount), epsilon);
    const outcomes: PairOutcome[] = [];
    const timing = { wallMs: 0, cpuMs: 0 };
    for (let first = 0; first < pairCount; first += PAIRS_PER_BATCH) {
      options.progress(`pair ${first} of ${pairCount}`);
      const last = Math.min(pairCount, first + PAIRS_PER_BATCH);
      const sent = await send(stand, pairs.slice(first, last), epsilon);
      outcomes.push(...sent.outcomes);
      timing.wallMs += sent.timing.wallMs;
      timing.cpuMs += sent.timing.cpuMs;
    }
    return { ...base, drawn, region: facts, assets, outcomes, timing };
  } finally {
    await stand.close();
  }
}

/** What came of a batch, and how long it took to its last byte: reading it is the client's affair. */
export async function send(
  stand: BatchStand,
  pairs: readonly TripPair[],
  epsilon: number,
): Promise<{ readonly outcomes: readonly PairOutcome[]; readonly timing: Timing }> {
  // Everything that an answer can hold, as other benchmarks ask for it.
  const shared = { epsilon, annotations: ["elevation"], batchDeadlineMs: BATCH_DEADLINE_MS };
  const body = JSON.stringify({ ...shared, pairs });
  const read = startTiming();
  let timing: Timing | undefined;
  try {
    const response = await stand.send("/batch/pareto?diagnostics=1", body);
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body!) chunks.push(chunk);
    timing = read();
    return { outcomes: readOutcomes({ isOk: response.ok, chunks }, pairs), timing };
  } catch (error) {
    return { outcomes: allFailed(error, pairs), timing: timing ?? read() };
  }
}

interface Opened {
  readonly stand: BatchStand;
  /** The measured ones, then those to warm up. */
  readonly pairs: readonly TripPair[];
  readonly drawn: string;
  readonly facts: RegionUnderTest["facts"] | null;
  readonly assets: unknown;
}

async function open(options: BatchOptions): Promise<Opened> {
  const { mode, pairCount, pairSource, seed, concurrency, baseUrl, progress } = options;
  const count = pairCount + WARM_UP_PAIRS;
  const onRoads = "uniform by road length, mulberry32";
  if (mode !== "live") {
    let planned = 0;
    const stand = await openOwnStand({
      directory: options.directory!,
      isReplay: mode === "inprocess-fake",
      concurrency,
      onPlanned: () => progress(`${++planned} of ${count} pairs planned`),
    });
    const assets = await (await stand.send("/assets")).json();
    const own = { stand, facts: stand.facts, assets };
    return pairSource === "reference"
      ? { ...own, pairs: referencePairs(count, seed), drawn: "as the reference does" }
      : { ...own, pairs: randomPairs(stand.graph, count, seed), drawn: onRoads };
  }
  const stand = openLiveStand(baseUrl, BATCH_DEADLINE_MS);
  const assets = (await (await stand.send("/assets")).json()) as LiveAssets;
  const under = options.directory === undefined ? undefined : await openRegion(options.directory);
  if (under !== undefined && under.facts.manifestSha256 !== assets.region?.manifestSha256) {
    throw new ArgumentError(`--region: ${baseUrl} serves another region or version`);
  }
  const live = { stand, facts: under?.facts ?? null, assets };
  if (pairSource === "reference") {
    return { ...live, pairs: referencePairs(count, seed), drawn: "as the reference does" };
  }
  if (under !== undefined) {
    return { ...live, pairs: randomPairs(under.graph, count, seed), drawn: onRoads };
  }
  const { bbox } = (await (await stand.send("/region")).json()) as { readonly bbox: Bbox };
  const drawn = "uniform over the box of the server's region, mulberry32";
  return { ...live, pairs: pairsInBox(bbox, count, seed), drawn };
}

interface LiveAssets {
  readonly region?: { readonly manifestSha256: string };
}

/** What `fetch` rejects with when a server cannot be reached or does not answer in time. */
function isNetworkFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.message === "fetch failed" || error.name === "TimeoutError";
}

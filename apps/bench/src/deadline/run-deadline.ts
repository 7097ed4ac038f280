import { createPlannerPool, type PlannerPool } from "@gradeway/api";
import type { PlanRequest } from "@gradeway/route-core";

import { ArgumentError } from "../command-arguments.ts";
import { randomPairs } from "../random-pairs.ts";
import { openRegion, type RegionUnderTest } from "../region-under-test.ts";
import { type CancelledRequests, cancelRequests } from "./cancelled-requests.ts";
import { type LateRequests, loadPool } from "./deadline-load.ts";
import { hardTrips } from "./hard-trips.ts";
import { machineOverrun } from "./machine-overrun.ts";
import { threadOverrun } from "./thread-overrun.ts";
import { tripsWithRoute } from "./trips-with-route.ts";

/** Payloads that no request had before. */
const NEW_PAYLOADS = 20;
/** Random trips of which the first with a route is the easy one. */
const EASY_TRIPS = 20;
/** Cancelled requests are stopped at moments up to this, ms. */
const LATEST_CANCEL_MS = 60;

/** Share of the deadline by processor time: nobody takes any of that away, so searches get further. */
const THREAD_SHARE = 0.2;

/** What to measure and with what. */
export interface DeadlineOptions {
  readonly directory: string;
  readonly pairs: number;
  readonly cancels: number;
  readonly deadlineMs: number;
  readonly threads: number;
  readonly seed: number;
  readonly now: () => number;
  readonly progress: (step: string) => void;
}

/** A finished measurement. */
export interface DeadlineResult {
  readonly region: RegionUnderTest["facts"];
  readonly deadlineMs: number;
  readonly threads: number;
  /** Random trips that no road joins; they are left out. */
  readonly withoutRoute: number;
  /** Threads that only waited for the deadline: ms by which the machine alone was late. */
  readonly machineMs: readonly number[];
  /** As `plain` and `anytime`, by processor time, without a pool, with a fifth of the deadline. */
  readonly threadMs: { readonly plain: readonly number[]; readonly anytime: readonly number[] };
  /** Refused at the deadline. */
  readonly plain: LateRequests;
  /** Answered with the best front so far. */
  readonly anytime: LateRequests;
  /** As `anytime`, each with a payload whose weights have to be customised first. */
  readonly newPayloads: LateRequests;
  readonly cancelled: CancelledRequests;
}

/**
 * Measures how exactly a planner pool keeps deadlines while all its threads are busy with exact fronts
 * of long trips, and how soon a cancelled request gives its thread back.
 *
 * @throws {ReasonError} those of `loadRegion` and of a trip that fails in another way
 */
export async function runDeadline(options: DeadlineOptions): Promise<DeadlineResult> {
  const { pairs, cancels, deadlineMs, threads, seed, now, progress } = options;
  const { region, graph, facts } = await openRegion(options.directory);
  const drawn = hardTrips(graph, Math.max(pairs, cancels), seed);
  progress("trips with a route");
  const { trips, withoutRoute } = await withPool({ regionData: region, threads: 1 }, (pool) =>
    tripsWithRoute(pool, drawn),
  );
  if (trips.length === 0) throw new ArgumentError("None of the random trips has a route.");
  const exact = trips.map((trip) => ({ ...trip, epsilon: 0, deadlineMs }));
  const asked = exact.slice(0, pairs);
  const late = asked.map((request) => ({ ...request, anytime: true }));
  // Half before and half after, as the other work on a machine comes and goes.
  const rounds = Math.ceil(pairs / threads / 2);
  const machine = (): Promise<number[]> => machineOverrun(threads, rounds, deadlineMs, now);
  progress("the machine alone");
  const before = await machine();
  const measured = await withPool({ regionData: region, threads }, async (pool) => {
    progress("warming up");
    await makeWeights(pool, exact[0]!);
    await loadPool(pool, asked.slice(0, 20 * threads), now);
    progress("deadlines");
    const plain = await loadPool(pool, asked, now);
    progress("anytime fronts");
    const anytime = await loadPool(pool, late, now);
    progress("new payloads");
    const unseen = late.slice(0, NEW_PAYLOADS);
    const newPayloads = await loadPool(
      pool,
      unseen.map((request, k) => ({ ...request, payloadKg: 101 + 37 * k })),
      now,
    );
    return { plain, anytime, newPayloads };
  });
  progress("cancelled requests");
  const cancelled = await withPool({ regionData: region, threads: 1 }, async (pool) => {
    const hard = exact.slice(0, cancels).map((request) => ({ ...request, deadlineMs: 60_000 }));
    // Warm for both kinds of work before anything counts.
    await makeWeights(pool, exact[0]!);
    await loadPool(pool, exact.slice(0, 20), now);
    const {
      trips: [trip],
    } = await tripsWithRoute(pool, randomPairs(graph, EASY_TRIPS, seed));
    const easy: PlanRequest = { ...trip!, epsilon: 0.05, geometry: "none" };
    return cancelRequests(pool, hard, easy, LATEST_CANCEL_MS, now);
  });
  progress("by processor time");
  const soon = { deadlineMs: deadlineMs * THREAD_SHARE };
  const ownOverrun = (requests: readonly PlanRequest[]): number[] =>
    threadOverrun(
      region,
      requests.map((request) => ({ ...request, ...soon })),
    );
  const threadMs = { plain: ownOverrun(asked), anytime: ownOverrun(late) };
  progress("the machine alone");
  const machineMs = [...before, ...(await machine())];
  return {
    region: facts,
    deadlineMs,
    threads,
    withoutRoute,
    machineMs,
    threadMs,
    ...measured,
    cancelled,
  };
}

/** A short deadline would end the making of weights each time anew. */
async function makeWeights(pool: PlannerPool, request: PlanRequest): Promise<void> {
  await pool.planPareto({ ...request, anytime: true, epsilon: 0.05, deadlineMs: 60_000 });
}

async function withPool<R>(
  options: Parameters<typeof createPlannerPool>[0],
  use: (pool: PlannerPool) => Promise<R>,
): Promise<R> {
  const pool = await createPlannerPool(options);
  try {
    return await use(pool);
  } finally {
    await pool.close(0);
  }
}

import {
  costingStats,
  createCostingMemory,
  createRoutePlanner,
  DEFAULT_VEHICLE,
  type PlanRequest,
  type RoutePlanner,
} from "@gradeway/route-core";

import { cpuMs } from "./cpu-time.ts";
import { noRouteCode } from "./no-route.ts";
import { type Answered, type Operation, OPERATIONS, requestOf } from "./operations.ts";
import { randomPairs, type TripPair } from "./random-pairs.ts";
import { openRegion, type RegionUnderTest } from "./region-under-test.ts";
import { createStageClock, type StageClock, type StageTimes } from "./stage-clock.ts";

const WARM_UP_TRIPS = 20;
/** Payloads that no request had before, for the cost of customising weights. */
const NEW_PAYLOADS = 12;

/** Where the time of one operation went. */
export interface OperationStages {
  readonly id: Operation["id"];
  readonly title: string;
  /** The operation's very first trip, code not compiled yet. */
  readonly first: StageTimes | undefined;
  /** Every warm trip that could be split. */
  readonly warm: readonly StageTimes[];
  readonly withoutRoute: number;
  /** Answered, but searched twice: the clock cannot split these. */
  readonly notSplit: number;
}

/** What to measure and with what; failures are not caught: see `benchmark` for those. */
export interface PlanOptions {
  readonly directory: string;
  readonly pairs: number;
  readonly seed: number;
  readonly now: () => number;
  readonly progress: (text: string) => void;
}

/** A finished breakdown. */
export interface PlanResult {
  readonly region: RegionUnderTest["facts"];
  readonly seed: number;
  readonly loadMs: number;
  readonly createPlannerMs: number;
  /** Processor time of customising all three objectives for a payload never seen before, in order. */
  readonly newPayloadCpuMs: readonly number[];
  /** Memory that the weights of one vehicle and payload take, with all that belongs to them. */
  readonly bytesPerCosting: number;
  readonly operations: readonly OperationStages[];
}

/**
 * Splits the time of planning into stages, per operation on the same trips.
 *
 * @throws {ReasonError} of the first failed trip, and those of `loadRegion`
 */
export async function runPlan(options: PlanOptions): Promise<PlanResult> {
  const { pairs, seed, now, progress } = options;
  const startedAtMs = now();
  const { region, graph, facts } = await openRegion(options.directory);
  const loadedAtMs = now();
  let read = now;
  const clock = createStageClock(() => read());
  // As a server keeps them, in memory that threads can share.
  const memory = createCostingMemory(region, { members: 1 });
  const planner = createRoutePlanner(region, {
    now: clock.now,
    sharedCostings: { memory, token: 1 },
  });
  const createdAtMs = now();
  const trips = randomPairs(graph, pairs + WARM_UP_TRIPS, seed);
  const operations = OPERATIONS.map((operation) => {
    progress(operation.title);
    return splitOperation(planner, clock, operation, trips);
  });
  // Long enough to be told from the work of others only by processor time.
  read = cpuMs;
  const maxPayloadKg = region.vehicles.find(({ id }) => id === DEFAULT_VEHICLE)?.maxPayloadKg;
  return {
    region: facts,
    seed,
    loadMs: loadedAtMs - startedAtMs,
    createPlannerMs: createdAtMs - loadedAtMs,
    newPayloadCpuMs: customisationTimes(planner, clock, trips, maxPayloadKg ?? 0),
    bytesPerCosting: costingStats(memory).bytesPerCosting,
    operations,
  };
}

function splitOperation(
  planner: RoutePlanner,
  clock: StageClock,
  operation: Operation,
  trips: readonly TripPair[],
): OperationStages {
  let first: StageTimes | undefined;
  const warm: StageTimes[] = [];
  let withoutRoute = 0;
  let notSplit = 0;
  for (const [number, trip] of trips.entries()) {
    clock.reset();
    const answered = planned(operation, planner, requestOf(trip));
    const times = answered === undefined ? undefined : timesOf(answered, clock);
    first ??= times;
    if (number < WARM_UP_TRIPS) continue;
    if (answered === undefined) withoutRoute++;
    else if (times === undefined) notSplit++;
    else warm.push(times);
  }
  return { id: operation.id, title: operation.title, first, warm, withoutRoute, notSplit };
}

function timesOf({ warnings, diagnostics }: Answered, clock: StageClock): StageTimes | undefined {
  // A trip moved off a fragment was searched twice.
  const isMoved = warnings.some(({ code }) => code === "snap_moved_off_fragment");
  return isMoved ? undefined : clock.split(diagnostics);
}

function customisationTimes(
  planner: RoutePlanner,
  clock: StageClock,
  trips: readonly TripPair[],
  maxPayloadKg: number,
): number[] {
  const [route] = OPERATIONS;
  const times: number[] = [];
  // Ends before payloads are heavy enough to close roads; a prime step avoids the default payload.
  for (const [number, trip] of trips.entries()) {
    if (times.length === NEW_PAYLOADS) break;
    const payloadKg = Math.min(maxPayloadKg, 101 + 37 * number);
    clock.reset();
    const answered = planned(route, planner, { ...requestOf(trip), payloadKg });
    const split = answered === undefined ? undefined : timesOf(answered, clock);
    if (split !== undefined) times.push(split.costing);
  }
  return times;
}

function planned(
  operation: Operation,
  planner: RoutePlanner,
  request: PlanRequest,
): Answered | undefined {
  try {
    return operation.run(planner, request);
  } catch (error) {
    if (noRouteCode(error) === undefined) throw error;
    return undefined;
  }
}

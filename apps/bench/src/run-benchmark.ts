import { createRoutePlanner } from "@gradeway/route-core";

import { measureOperation, type OperationResult } from "./measure-operation.ts";
import { OPERATIONS } from "./operations.ts";
import { randomPairs } from "./random-pairs.ts";
import { openRegion, type RegionUnderTest } from "./region-under-test.ts";

/** Trips that are driven before anything is measured; not among the measured ones. */
export const WARM_UP_TRIPS = 20;

/** What to measure and with what. */
export interface BenchmarkOptions {
  readonly directory: string;
  readonly pairs: number;
  readonly seed: number;
  readonly now: () => number;
  readonly progress: (text: string) => void;
}

/** A finished benchmark. */
export interface BenchmarkResult {
  readonly region: RegionUnderTest["facts"];
  readonly seed: number;
  readonly loadMs: number;
  readonly operations: readonly OperationResult[];
}

/**
 * Measures every operation on distinct random trips, in this process, one at a time, warm: weights
 * are customised and code is compiled by other trips. The planner keeps no results.
 *
 * @throws {ReasonError} those of `loadRegion`
 */
export async function runBenchmark(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const { pairs, seed, now, progress } = options;
  const startedAtMs = now();
  const { region, graph, facts } = await openRegion(options.directory);
  const planner = createRoutePlanner(region, { now, evaluates: true });
  const loadMs = now() - startedAtMs;
  const drawn = randomPairs(graph, pairs + WARM_UP_TRIPS, seed);
  const measured = drawn.slice(0, pairs);
  const operations = OPERATIONS.map((operation) => {
    measureOperation(planner, operation, drawn.slice(pairs), now, () =>
      progress(`${operation.title}: warming up`),
    );
    return measureOperation(planner, operation, measured, now, (done) =>
      progress(`${operation.title}: ${done} of ${pairs}`),
    );
  });
  return { region: facts, seed, loadMs, operations };
}

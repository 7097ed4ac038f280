import { createRoutePlanner, type RoutePlanner } from "@gradeway/route-core";

import { measureOperation, type OperationResult } from "./measure-operation.ts";
import { OPERATIONS } from "./operations.ts";
import { randomPairs } from "./random-pairs.ts";
import { BASELINE_PAIRS, BASELINE_SEED } from "./regression/measure-region.ts";
import { measureRatios, type RatioMeasurement } from "./regression/measure-ratios.ts";
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
  /** May put something between the planner and what measures it. */
  readonly wrap?: (planner: RoutePlanner) => RoutePlanner;
}

/** A finished benchmark. */
export interface BenchmarkResult {
  readonly region: RegionUnderTest["facts"];
  readonly seed: number;
  readonly loadMs: number;
  readonly operations: readonly OperationResult[];
  /** The trips of the baselines against the calibration kernel. */
  readonly ratios: RatioMeasurement;
}

/**
 * Measures every operation on distinct random trips, in this process, one at a time, warm: weights
 * are customised and code is compiled by other trips. The planner keeps no results.
 *
 * @throws {ReasonError} those of `loadRegion`
 */
export async function runBenchmark(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const { pairs, seed, now, progress, wrap = (planner) => planner } = options;
  const startedAtMs = now();
  const { region, graph, facts } = await openRegion(options.directory);
  const planner = wrap(createRoutePlanner(region, { now, evaluates: true }));
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
  const trips = randomPairs(graph, BASELINE_PAIRS, BASELINE_SEED);
  // Baselines are of searches alone.
  const ratios = measureRatios(wrap(createRoutePlanner(region, { now })), trips, progress);
  return { region: facts, seed, loadMs, operations, ratios };
}

import { createRoutePlanner } from "@gradeway/route-core";

import { bestFigures } from "../best-figures.ts";
import { randomPairs } from "../random-pairs.ts";
import { openRegion, type RegionUnderTest } from "../region-under-test.ts";
import { startTiming } from "../timed.ts";

/** What to measure and with what. */
export interface RobustnessOptions {
  readonly directory: string;
  readonly pairs: number;
  readonly seeds: readonly number[];
  readonly now: () => number;
  readonly progress: (text: string) => void;
}

/** Figures of a seed: means over its trips. */
export interface SeedFigures {
  /** Of the fastest routes. */
  readonly distanceKm: number;
  readonly timeMin: number;
  /** Per kilometre of the fastest routes, so that lengths of trips do not count. */
  readonly costPerKm: number;
  readonly co2eKgPerKm: number;
  readonly frontSize: number;
  /** Processor time of a front within 1 %. */
  readonly frontCpuMs: number;
}

/** What came of one seed. */
export interface SeedRun {
  readonly seed: number;
  readonly pairs: number;
  readonly answered: number;
  readonly failures: readonly string[];
  readonly figures: SeedFigures;
}

/** How much a figure hangs on the seed. */
export interface Spread {
  readonly mean: number;
  /** Sample standard deviation over the seeds. */
  readonly deviation: number;
  /** Deviation by mean. */
  readonly relative: number;
}

/** A finished measurement. */
export interface RobustnessRun {
  readonly region: RegionUnderTest["facts"];
  readonly currency: string;
  readonly runs: readonly SeedRun[];
  readonly spread: Readonly<Record<keyof SeedFigures, Spread>>;
  /** Whether the first seed gave the same figures when it was run again, times aside. */
  readonly isRepeatable: boolean;
}

/**
 * Draws trips by several seeds and compares what they come to: how far a figure of one run can be
 * trusted.
 *
 * @throws {ReasonError} those of `loadRegion`
 */
export async function runRobustness(options: RobustnessOptions): Promise<RobustnessRun> {
  const { directory, pairs, seeds, now, progress } = options;
  const under = await openRegion(directory);
  const runs = seeds.map((seed, index) => {
    progress(`seed ${seed}, ${index + 1} of ${seeds.length}`);
    return runSeed(under, pairs, seed, now);
  });
  progress("the first seed again");
  const again = runSeed(under, pairs, seeds[0]!, now);
  const names = Object.keys(again.figures) as (keyof SeedFigures)[];
  const spread = names.map((name) => [name, spreadOf(runs.map(({ figures }) => figures[name]))]);
  return {
    region: under.facts,
    currency: under.region.rates.currency,
    runs,
    spread: Object.fromEntries(spread) as RobustnessRun["spread"],
    isRepeatable: names.every(
      (name) => name === "frontCpuMs" || Object.is(again.figures[name], runs[0]!.figures[name]),
    ),
  };
}

function runSeed(
  { region, graph }: RegionUnderTest,
  pairs: number,
  seed: number,
  now: () => number,
): SeedRun {
  // A planner of its own, so that no seed profits from the one before.
  const planner = createRoutePlanner(region, { now });
  const trips = randomPairs(graph, pairs, seed);
  const { trips: figures, failures } = bestFigures(planner, trips);
  const known = trips.flatMap((trip, index) => {
    const best = figures[index];
    return best === undefined ? [] : [{ trip, ...best }];
  });
  const fronts = known.map(({ trip }) => {
    const read = startTiming();
    const { front } = planner.planPareto({ ...trip, epsilon: 0.01 });
    return { size: front.size, cpuMs: read().cpuMs };
  });
  const total = (valueOf: (trip: (typeof known)[number]) => number): number =>
    known.reduce((sum, trip) => sum + valueOf(trip), 0);
  const km = total(({ distanceM }) => distanceM / 1000);
  const count = known.length;
  return {
    seed,
    pairs,
    answered: count,
    failures,
    figures: {
      distanceKm: km / count,
      timeMin: total(({ best }) => best.time / 60) / count,
      costPerKm: total(({ best }) => best.money) / km,
      co2eKgPerKm: total(({ best }) => best.co2e) / km,
      frontSize: fronts.reduce((sum, { size }) => sum + size, 0) / count,
      frontCpuMs: fronts.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / count,
    },
  };
}

/** Mean and sample standard deviation; NaN of a single value. */
export function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = values.length < 2 ? Number.NaN : Math.sqrt(squares / (values.length - 1));
  return { mean, deviation, relative: deviation / mean };
}

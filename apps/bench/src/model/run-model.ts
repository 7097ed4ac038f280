import { reasonText } from "@gradeway/quality-gates";
import { createRoutePlanner, type ElevationSampler } from "@gradeway/route-core";

import { type Distribution, distributionOf } from "../distribution.ts";
import { noRouteCode } from "../no-route.ts";
import { randomPairs, type TripPair } from "../random-pairs.ts";
import { openRegion, type RegionUnderTest } from "../region-under-test.ts";
import { WARM_UP_TRIPS } from "../run-benchmark.ts";
import { type BuiltOption, buildOptions } from "./build-options.ts";

/** What to measure and with what. */
export interface ModelOptions {
  readonly directory: string;
  readonly pairs: number;
  readonly seed: number;
  /** Heights under the routes. */
  readonly ground: ElevationSampler;
  readonly now: () => number;
  readonly progress: (text: string) => void;
}

/** A finished measurement. */
export interface ModelRun {
  readonly region: RegionUnderTest["facts"];
  readonly seed: number;
  readonly heights: string;
  readonly pairs: number;
  readonly withoutRoute: number;
  /** Trips whose search failed, one line each. */
  readonly failures: readonly string[];
  /** Options that were built. */
  readonly samples: number;
  /** Routes that were found and came to nothing, one line each. */
  readonly dropped: readonly string[];
  readonly wallMs: Distribution;
  readonly cpuMs: Distribution;
  readonly terrainWallMs: Distribution;
  readonly terrainCpuMs: Distribution;
}

/**
 * Measures how long an option takes to build once its road is known: heights along it sampled and
 * refined, driven with carried speed, priced, written out with geometry. Every option is of another
 * trip or another route, so no cache helps. The search is not timed.
 *
 * @throws {ReasonError} those of `loadRegion`
 */
export async function runModel(options: ModelOptions): Promise<ModelRun> {
  const { directory, pairs, seed, ground, now, progress } = options;
  const { region, graph, facts } = await openRegion(directory);
  const planner = createRoutePlanner(region, { now });
  const drawn = randomPairs(graph, pairs + WARM_UP_TRIPS, seed);
  const built: BuiltOption[] = [];
  const dropped: string[] = [];
  const failures: string[] = [];
  let withoutRoute = 0;
  const build = async (trip: TripPair, isMeasured: boolean): Promise<void> => {
    try {
      const plan = planner.planFinalists({ ...trip, epsilon: 0.01 });
      const made = await buildOptions(plan, ground);
      if (!isMeasured) return;
      built.push(...made.built);
      dropped.push(...made.dropped);
    } catch (error) {
      if (!isMeasured) return;
      if (noRouteCode(error) === undefined) failures.push(reasonText(error));
      else withoutRoute++;
    }
  };
  progress("warming up");
  for (const trip of drawn.slice(pairs)) await build(trip, false);
  for (const [number, trip] of drawn.slice(0, pairs).entries()) {
    progress(`trip ${number} of ${pairs}`);
    await build(trip, true);
  }
  return {
    region: facts,
    seed,
    heights: ground.source.name,
    pairs,
    withoutRoute,
    failures,
    samples: built.length,
    dropped,
    wallMs: distributionOf(built.map(({ whole }) => whole.wallMs)),
    cpuMs: distributionOf(built.map(({ whole }) => whole.cpuMs)),
    terrainWallMs: distributionOf(built.map(({ terrain }) => terrain.wallMs)),
    terrainCpuMs: distributionOf(built.map(({ terrain }) => terrain.cpuMs)),
  };
}

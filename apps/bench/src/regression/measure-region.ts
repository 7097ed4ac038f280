import { createRoutePlanner, type RoutePlanner } from "@gradeway/route-core";

import { monotonicMs } from "../monotonic-clock.ts";
import { randomPairs } from "../random-pairs.ts";
import { openRegion, type RegionUnderTest } from "../region-under-test.ts";
import { measureRatios, type RatioMeasurement } from "./measure-ratios.ts";

/** Trips and seed of every baseline: figures are comparable only over the same trips. */
export const BASELINE_PAIRS = 60;
export const BASELINE_SEED = 20_260_212;

/** Ratios of a region, and what the region is. */
export interface RegionRatios extends RatioMeasurement {
  readonly region: RegionUnderTest["facts"];
}

/**
 * Measures the trips of the baselines on a region.
 *
 * @param wrap - may put something between the planner and the measurement
 * @throws {ReasonError} those of `loadRegion`
 */
export async function measureRegion(
  directory: string,
  progress: (text: string) => void,
  wrap: (planner: RoutePlanner) => RoutePlanner = (planner) => planner,
): Promise<RegionRatios> {
  const { region, graph, facts } = await openRegion(directory);
  const planner = wrap(createRoutePlanner(region, { now: monotonicMs }));
  const trips = randomPairs(graph, BASELINE_PAIRS, BASELINE_SEED);
  return { region: facts, ...measureRatios(planner, trips, progress) };
}

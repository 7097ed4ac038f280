import { createRoutePlanner, type Objective, OBJECTIVES } from "@gradeway/route-core";

import { noRouteCode } from "../no-route.ts";
import { randomPairs, type TripPair } from "../random-pairs.ts";
import { openRegion, type RegionUnderTest } from "../region-under-test.ts";

/** How far evaluated figures lie from those of the search over many trips, as shares. */
export interface DeviationSummary {
  readonly mean: number;
  readonly rms: number;
  /** Of absolute values, by nearest rank. */
  readonly p95: number;
  readonly worst: number;
  /** All trips together: the sum of evaluated figures by the sum of searched ones, minus one. */
  readonly total: number;
}

/** What to measure and with what. */
export interface TiersOptions {
  readonly directory: string;
  readonly pairs: number;
  readonly seed: number;
  readonly now: () => number;
  readonly progress: (text: string) => void;
}

/** Deviations of the fastest routes of random trips. */
export interface TiersResult {
  readonly region: RegionUnderTest["facts"];
  readonly seed: number;
  readonly trips: number;
  readonly withoutRoute: number;
  readonly deviations: Readonly<Record<Objective, DeviationSummary>>;
}

/**
 * Drives the fastest route of each random trip in both tiers. Fuel deviates as CO2e does.
 *
 * @throws {ReasonError} of the first failed trip, and those of `loadRegion`
 */
export async function runTiers(options: TiersOptions): Promise<TiersResult> {
  const { pairs, seed, now, progress } = options;
  const { region, graph, facts } = await openRegion(options.directory);
  const planner = createRoutePlanner(region, { now, evaluates: true });
  const figures: Figures[] = [];
  const trips = randomPairs(graph, pairs, seed);
  for (const [number, trip] of trips.entries()) {
    progress(`trip ${number + 1} of ${pairs}`);
    const both = inBothTiers(planner, trip);
    if (both !== undefined) figures.push(both);
  }
  const summaryOf = (objective: Objective): DeviationSummary =>
    summarize(figures.map((one) => one[objective]));
  return {
    region: facts,
    seed,
    trips: figures.length,
    withoutRoute: pairs - figures.length,
    deviations: {
      time: summaryOf("time"),
      money: summaryOf("money"),
      co2e: summaryOf("co2e"),
    },
  };
}

/** Searched and evaluated figure of each objective. */
type Figures = Readonly<Record<Objective, readonly [searched: number, evaluated: number]>>;

function inBothTiers(
  planner: ReturnType<typeof createRoutePlanner>,
  trip: TripPair,
): Figures | undefined {
  try {
    const { route } = planner.planRoute({ ...trip, geometry: "none" });
    const evaluated = [route.durationS, route.cost.amount, route.co2eKg.total];
    const pairs = OBJECTIVES.map((objective, k) => {
      const after = evaluated[k]!;
      return [objective, [after / (1 + route.tierDeviation![objective]), after]] as const;
    });
    return Object.fromEntries(pairs) as unknown as Figures;
  } catch (error) {
    if (noRouteCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Sums up pairs of figures; there must be some. */
export function summarize(
  pairs: readonly (readonly [searched: number, evaluated: number])[],
): DeviationSummary {
  const deviations = pairs.map(([before, after]) => (before > 0 ? after / before - 1 : 0));
  const sizes = deviations.map(Math.abs).sort((a, b) => a - b);
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  const count = deviations.length;
  return {
    mean: sum(deviations) / count,
    rms: Math.sqrt(sum(deviations.map((value) => value * value)) / count),
    p95: sizes[Math.max(0, Math.ceil(0.95 * count) - 1)] ?? Number.NaN,
    worst: sizes.at(-1) ?? Number.NaN,
    total: sum(pairs.map(([, after]) => after)) / sum(pairs.map(([before]) => before)) - 1,
  };
}

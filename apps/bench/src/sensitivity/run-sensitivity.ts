import { createRoutePlanner, type Objective, OBJECTIVES } from "@gradeway/route-core";

import { bestFigures, type FiguresOfTrips } from "../best-figures.ts";
import { randomPairs } from "../random-pairs.ts";
import { openRegion, type RegionUnderTest } from "../region-under-test.ts";
import { factorsOf, type Setting } from "./factors.ts";

/** What to measure and with what. */
export interface SensitivityOptions {
  readonly directory: string;
  readonly pairs: number;
  readonly seed: number;
  /** Change of each factor, for example 0.1. */
  readonly share: number;
  readonly now: () => number;
  readonly progress: (text: string) => void;
}

/** What one setting does. */
export interface SensitivityCase {
  readonly factor: string;
  readonly setting: string;
  readonly money: Setting["money"] | null;
  /** Trips that have a route before and after. */
  readonly compared: number;
  /** Change of the sum over these trips, in per cent: of the fastest, cheapest and cleanest route. */
  readonly changePercent: Readonly<Record<Objective, number>>;
  /** Trips whose best route is another one. */
  readonly otherRoutes: Readonly<Record<Objective, number>>;
  readonly failures: readonly string[];
}

/** A finished sweep. */
export interface SensitivityRun {
  readonly region: RegionUnderTest["facts"];
  readonly currency: string;
  readonly seed: number;
  readonly pairs: number;
  readonly share: number;
  readonly answered: number;
  /** Sums over the answered trips: seconds, currency units, kg CO2e. */
  readonly base: Readonly<Record<Objective, number>>;
  readonly cases: readonly SensitivityCase[];
  /** Trips that could not be planned, one line each. */
  readonly failures: readonly string[];
}

/**
 * Changes one thing at a time and plans the same trips again: what that does to the time of the fastest,
 * the cost of the cheapest and the CO2e of the cleanest routes.
 *
 * @throws {ReasonError} those of `loadRegion`
 */
export async function runSensitivity(options: SensitivityOptions): Promise<SensitivityRun> {
  const { directory, pairs, seed, share, now, progress } = options;
  const { region, graph, facts } = await openRegion(directory);
  const trips = randomPairs(graph, pairs, seed);
  const planned = (setting: Setting): FiguresOfTrips =>
    bestFigures(
      createRoutePlanner(setting.region?.(region) ?? region, { now }),
      trips,
      setting.fields?.(region),
    );
  progress("as it is");
  const base = planned({ label: "as it is" });
  const cases = factorsOf(share).flatMap(({ title, settings }) =>
    settings.map((setting) => {
      progress(`${title} ${setting.label}`);
      return compare(title, setting, base, planned(setting));
    }),
  );
  const known = base.trips.filter((trip) => trip !== undefined);
  return {
    region: facts,
    currency: region.rates.currency,
    seed,
    pairs,
    share,
    answered: known.length,
    base: byObjective((objective) => sum(known.map(({ best }) => best[objective]))),
    cases,
    failures: [...base.failures, ...cases.flatMap(({ failures }) => failures)],
  };
}

function compare(
  factor: string,
  setting: Setting,
  base: FiguresOfTrips,
  changed: FiguresOfTrips,
): SensitivityCase {
  const both = base.trips.flatMap((before, index) => {
    const after = changed.trips[index];
    return before === undefined || after === undefined ? [] : [{ before, after }];
  });
  const total = (objective: Objective, which: "before" | "after"): number =>
    sum(both.map((trip) => trip[which].best[objective]));
  return {
    factor,
    setting: setting.label,
    money: setting.money ?? null,
    compared: both.length,
    changePercent: byObjective(
      (objective) => 100 * (total(objective, "after") / total(objective, "before") - 1),
    ),
    otherRoutes: byObjective(
      (objective) =>
        both.filter(({ before, after }) => before.routeIds[objective] !== after.routeIds[objective])
          .length,
    ),
    failures: changed.failures,
  };
}

function byObjective(valueOf: (objective: Objective) => number): Record<Objective, number> {
  const entries = OBJECTIVES.map((objective) => [objective, valueOf(objective)]);
  return Object.fromEntries(entries) as Record<Objective, number>;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

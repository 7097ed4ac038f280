import { type Objective, OBJECTIVES } from "@gradeway/route-core";

import { percentileOf } from "../distribution.ts";
import { randomPairs } from "../random-pairs.ts";
import { openRegion, type RegionUnderTest } from "../region-under-test.ts";
import {
  compareTerrains,
  type CompareOptions,
  type FuelAtStake,
  OTHER_TERRAINS,
  type OtherTerrain,
  type Regret,
} from "./compare-terrains.ts";

/** What to measure. */
export interface AblationOptions extends CompareOptions {
  readonly directory: string;
  readonly pairs: number;
  readonly seed: number;
}

/** Regret of one objective over all trips, as shares. */
export interface RegretRow {
  readonly terrain: OtherTerrain;
  readonly objective: Objective;
  readonly mean: number;
  /** By nearest rank. */
  readonly p95: number;
  readonly most: number;
  /** The least; below 0 only when a search did not find the best. */
  readonly least: number;
  readonly evaluatedMean: number;
  /** Trips with another route. */
  readonly otherRoutes: number;
  readonly overlapMean: number;
  /** Trips whose routes have less than 95 % in common. */
  readonly farOff: number;
}

/** How much of the fuel of the fastest routes grades account for, as shares. */
export interface FuelShares {
  /** Of all trips together. */
  readonly total: number;
  /** Of the trips without their signs: what a figure without grades is off by. */
  readonly mean: number;
  readonly p95: number;
}

/** A finished benchmark. */
export interface AblationResult {
  readonly region: RegionUnderTest["facts"];
  readonly seed: number;
  readonly pairs: number;
  readonly smoothingM: { readonly region: number; readonly control: number };
  readonly trips: number;
  readonly withoutRoute: Readonly<Record<string, number>>;
  readonly failures: readonly string[];
  /** Best routes that do not cost what the search said when they are costed again. */
  readonly differing: number;
  readonly rows: readonly RegretRow[];
  readonly fuel: { readonly searched: FuelShares; readonly evaluated: FuelShares };
}

/** Routes with less in common than this lead elsewhere. */
const FAR_OFF_OVERLAP = 0.95;

/**
 * Plans random trips with the grades of a region, without grades and with smoother ones, and drives all
 * routes with the grades of the region.
 *
 * @throws {ReasonError} those of `loadRegion`
 * @throws {RangeError} when the control is less smooth than the region
 */
export async function runAblation(options: AblationOptions): Promise<AblationResult> {
  const { directory, pairs, seed, smoothingM } = options;
  const { region, graph, facts } = await openRegion(directory);
  const drawn = randomPairs(graph, pairs, seed);
  const { trips, withoutRoute, failures } = compareTerrains(region, graph, drawn, options);
  return {
    region: facts,
    seed,
    pairs,
    smoothingM: { region: graph.meta.elevation.smoothingStdDevM, control: smoothingM },
    trips: trips.length,
    withoutRoute,
    failures,
    differing: trips.reduce((sum, { differing }) => sum + differing, 0),
    rows: OTHER_TERRAINS.flatMap((terrain) =>
      OBJECTIVES.map((objective, k) => ({
        terrain,
        objective,
        ...regretRow(trips.map(({ regrets }) => regrets[terrain][k]!)),
      })),
    ),
    fuel: {
      searched: fuelShares(trips.map(({ fuel }) => fuel.searched)),
      evaluated: fuelShares(trips.map(({ fuel }) => fuel.evaluated)),
    },
  };
}

/** Sums up the regrets of one objective; of no trips every figure is NaN or infinite. */
export function regretRow(regrets: readonly Regret[]): Omit<RegretRow, "terrain" | "objective"> {
  const searched = regrets.map((regret) => regret.searched);
  return {
    mean: meanOf(searched),
    p95: percentileOf(searched, 0.95),
    most: Math.max(...searched),
    least: Math.min(...searched),
    evaluatedMean: meanOf(regrets.map(({ evaluated }) => evaluated)),
    otherRoutes: regrets.filter(({ isOtherRoute }) => isOtherRoute).length,
    overlapMean: meanOf(regrets.map(({ overlap }) => overlap)),
    farOff: regrets.filter(({ overlap }) => overlap < FAR_OFF_OVERLAP).length,
  };
}

/** Sums up what grades account for. */
export function fuelShares(trips: readonly FuelAtStake[]): FuelShares {
  const sum = (of: (trip: FuelAtStake) => number): number =>
    trips.reduce((all, trip) => all + of(trip), 0);
  const burning = trips.filter(({ withGrades }) => withGrades > 0);
  const shares = burning.map(({ withGrades, level }) => Math.abs(1 - level / withGrades));
  return {
    total: 1 - sum(({ level }) => level) / sum(({ withGrades }) => withGrades),
    mean: meanOf(shares),
    p95: percentileOf(shares, 0.95),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

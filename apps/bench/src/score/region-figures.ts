import { dateOfRates, MAX_AGE_DAYS, type RateTables } from "@gradeway/model-assets";
import type {
  DatedFigures,
  EmittingRegion,
  PricedRegion,
  ScalableRate,
  UsedFigure,
} from "@gradeway/quality-gates";
import {
  createRoutePlanner,
  DEFAULT_VEHICLE,
  type Rates,
  type RegionData,
  type VehicleRates,
} from "@gradeway/route-core";

import { monotonicMs } from "../monotonic-clock.ts";
import type { ScoredRegion } from "./opened-region.ts";

type AgedKind = keyof typeof MAX_AGE_DAYS;

/** The rows of tables that each rate is made of: kind, and ids from the most special on. */
const ROWS: Readonly<Record<ScalableRate, readonly [kind: AgedKind, ids: readonly string[]]>> = {
  driverPerH: ["operating-costs", operating("driver")],
  standingPerH: ["operating-costs", operating("standing")],
  runningPerKm: ["operating-costs", operating("running")],
  dieselPerL: ["fuel-prices", ["fuel.diesel"]],
  dieselTtwKgPerL: ["emission-factors", ["emission.diesel.ttw"]],
  dieselWttKgPerL: ["emission-factors", ["emission.diesel.wtt"]],
};

function operating(item: string): string[] {
  return [`operating.${item}.${DEFAULT_VEHICLE}`, `operating.${item}`];
}

/** The region's prices as its tables have them, and its quickest routes at changed ones. */
export function pricedRegion({ bundle, trips }: ScoredRegion): PricedRegion {
  const tables = tablesOf(bundle.tables);
  const on = dateOfRates(tables);
  const figures = Object.fromEntries(
    Object.entries(ROWS).map(([rate, [kind, ids]]) => {
      const row = rowsOf(tables, kind, ids).find((each) => holdsOn(each, on));
      if (row === undefined) throw new RangeError(`the region has no row of ${ids.join(" or ")}`);
      return [rate, row.value];
    }),
  ) as Record<ScalableRate, number>;
  return {
    figures,
    plan: (change) => {
      const { region } = bundle;
      const changed = change === undefined ? region : withRate(region, change.rate, change.factor);
      const planner = createRoutePlanner(changed, { now: monotonicMs });
      return trips.map((trip) => planner.planRoute({ ...trip, geometry: "none" }).route);
    },
  };
}

/** Every figure that the rates of the default vehicle are made of, with its rows. */
export function datedFigures({ bundle }: ScoredRegion): DatedFigures {
  const tables = tablesOf(bundle.tables);
  const figures = Object.values(ROWS).map(([kind, ids]) => {
    const rows = rowsOf(tables, kind, ids);
    return { id: rows[0]?.id ?? ids[0]!, maxAgeDays: MAX_AGE_DAYS[kind], rows };
  });
  return { on: dateOfRates(tables), figures };
}

/** What the quickest routes emit, and the region's factors. */
export function emittingRegion({ bundle, trips }: ScoredRegion): EmittingRegion {
  const { region, tables } = bundle;
  const planner = createRoutePlanner(region, { now: monotonicMs });
  const { dieselTtwKgPerL: ttw, dieselWttKgPerL: wtt } = region.rates;
  return {
    on: dateOfRates(tablesOf(tables)),
    factors: { ttw, wtt },
    routes: trips.map((trip) => planner.planRoute({ ...trip, geometry: "none" }).route),
  };
}

/** The rows of the first id that has any; those of a place first, because they win. */
function rowsOf(tables: RateTables, kind: AgedKind, ids: readonly string[]): readonly UsedFigure[] {
  const id = ids.find((each) => tables[kind].some((row) => row.id === each));
  const rows = tables[kind].filter((row) => row.id === id);
  return rows.toSorted((a, b) => Number(a.area === undefined) - Number(b.area === undefined));
}

function holdsOn({ validFrom, validTo }: UsedFigure, on: string): boolean {
  return validFrom <= on && on <= (validTo ?? "9999-12-31");
}

/** @throws {RangeError} when a table is missing, which opening the region has not let pass */
function tablesOf(tables: ScoredRegion["bundle"]["tables"]): RateTables {
  for (const kind of ["vehicle-profiles", "toll-tariffs", ...Object.keys(MAX_AGE_DAYS)] as const) {
    if (!(kind in tables)) throw new RangeError(`the region has no ${kind}`);
  }
  return tables as RateTables;
}

/** The region with one rate multiplied, for every vehicle. */
function withRate(region: RegionData, rate: ScalableRate, factor: number): RegionData {
  const scaled = <T extends Partial<Rates>>(rates: T): T =>
    rate in rates ? { ...rates, [rate]: rates[rate]! * factor } : rates;
  const { byVehicle = {} } = region.rates;
  const vehicles: Record<string, VehicleRates> = {};
  for (const [id, rates] of Object.entries(byVehicle)) vehicles[id] = scaled(rates);
  return { ...region, rates: { ...scaled(region.rates), byVehicle: vehicles } };
}

import type { Rates, VehicleRates } from "@gradeway/route-core";

import { resolveElectricity } from "./resolve-electricity.ts";
import { figureOn, type FigureQuery } from "./resolve-figure.ts";
import { resolveToll } from "./resolve-tolls.ts";
import type { AssetTables } from "./schemas/asset-kinds.ts";
import type { RowOrigin } from "./schemas/dated-row.ts";
import type { VehicleRow } from "./schemas/vehicle-profiles.ts";
import { classifiedVehicle } from "./vehicle-row.ts";

/** Kinds whose figures can be set: rows with an id, a value and a unit. */
export const RATE_KINDS = [
  "operating-costs",
  "fuel-prices",
  "emission-factors",
  "toll-tariffs",
] as const;

/** The tables that rates come from. */
export type RateTables = Pick<AssetTables, "vehicle-profiles" | (typeof RATE_KINDS)[number]> &
  Partial<Pick<AssetTables, "grid-intensity">>;

/** For which day and in which currency rates are wanted. */
export interface RatesQuery {
  /** ISO date. */
  readonly on: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Countries of the region, home first: where its vehicles are charged. */
  readonly countries?: readonly string[];
  /** Toll accounts that the vehicles have. */
  readonly accounts?: readonly string[];
  /** Refuses prices, costs and factors that are older than their kind may become. */
  readonly strict?: boolean;
}

/** Rates, and the rows that they were taken from. */
export interface ResolvedRates {
  readonly rates: Rates;
  /** By id of the vehicle: its costs, its tolls, and price and factors of what it runs on. */
  readonly usedBy: Readonly<Record<string, readonly RowOrigin[]>>;
}

/** Days after which an open-ended figure counts as stale in strict mode, by kind. */
export const MAX_AGE_DAYS = {
  "operating-costs": 550,
  "fuel-prices": 45,
  "emission-factors": 550,
} as const;

/** The same for the grid: countries publish a year's intensity one or two years later. */
const MAX_GRID_AGE_DAYS = 1100;

/**
 * The day whose figures a region uses: the newest from which one of its prices, costs, factors or
 * tolls holds. The tables decide it and not the clock, so that equal regions give equal answers.
 */
export function dateOfRates(tables: RateTables): string {
  return newestStart([
    ...RATE_KINDS.flatMap((kind): readonly RowOrigin[] => tables[kind]),
    ...(tables["grid-intensity"] ?? []),
  ]);
}

/** The newest day from which a row holds, or "" without rows. */
export function newestStart(rows: readonly Pick<RowOrigin, "validFrom">[]): string {
  return rows.reduce((newest, { validFrom }) => (validFrom > newest ? validFrom : newest), "");
}

/**
 * Turns rows into the rates of a costing: one set, and what differs by vehicle. A toll facility
 * without one price for a vehicle is left out, and its passages are reported as unresolved.
 *
 * @throws {ReasonError} figure_missing, figure_not_in_force, figure_currency_mismatch, figure_stale,
 *   asset_invalid when a row is in another unit
 */
export function resolveRates(tables: RateTables, query: RatesQuery): ResolvedRates {
  const figureQueryOf = (mostDays: number): FigureQuery => ({
    on: query.on,
    currency: query.currency,
    ...(query.strict === true ? { maxAgeDays: mostDays } : {}),
  });
  type Used = Set<RowOrigin>;
  const figure = (used: Used, kind: keyof typeof MAX_AGE_DAYS, id: string, per: string): number => {
    const row = figureOn(tables[kind], id, per, figureQueryOf(MAX_AGE_DAYS[kind]));
    used.add(row);
    return row.value;
  };
  const costs = (used: Used, vehicle?: string) => {
    const cost = (item: string, per: string): number => {
      const own = `operating.${item}.${vehicle}`;
      const hasOwn = tables["operating-costs"].some((row) => row.id === own);
      return figure(used, "operating-costs", hasOwn ? own : `operating.${item}`, per);
    };
    return {
      driverPerH: cost("driver", "/h"),
      standingPerH: cost("standing", "/h"),
      runningPerKm: cost("running", "/km"),
    };
  };
  const facilities = [...new Set(tables["toll-tariffs"].map((row) => row.facility))];
  const tollsOf = (used: Used, vehicle: VehicleRow): Record<string, number> => {
    const tolls: Record<string, number> = {};
    const tollQuery = { ...query, vehicle: classifiedVehicle(vehicle) };
    for (const facility of facilities) {
      const outcome = resolveToll(tables["toll-tariffs"], facility, tollQuery);
      if ("unpriced" in outcome) continue;
      tolls[facility] = outcome.amount;
      for (const row of outcome.rows) used.add(row);
    }
    return tolls;
  };
  const ofEvery = costs(new Set());
  const ofDiesel: Used = new Set();
  const diesel = {
    dieselPerL: figure(ofDiesel, "fuel-prices", "fuel.diesel", "/l"),
    dieselTtwKgPerL: figure(ofDiesel, "emission-factors", "emission.diesel.ttw", "kg CO2e/l"),
    dieselWttKgPerL: figure(ofDiesel, "emission-factors", "emission.diesel.wtt", "kg CO2e/l"),
  };
  const electricity = resolveElectricity(
    tables,
    query.countries,
    figureQueryOf(MAX_AGE_DAYS["fuel-prices"]),
    figureQueryOf(MAX_GRID_AGE_DAYS),
  );
  const byVehicle: Record<string, VehicleRates> = {};
  const usedBy: Record<string, readonly RowOrigin[]> = {};
  for (const vehicle of tables["vehicle-profiles"]) {
    const used: Used = new Set(vehicle.energy === "diesel" ? ofDiesel : electricity.used);
    const tollByFacility = tollsOf(used, vehicle);
    byVehicle[vehicle.id] = { ...costs(used, vehicle.id), tollByFacility };
    usedBy[vehicle.id] = [...used];
  }
  const rates: Rates = {
    currency: query.currency,
    ...ofEvery,
    ...diesel,
    electricity: electricity.rates,
    tollByFacility: {},
    byVehicle,
  };
  return { rates, usedBy };
}

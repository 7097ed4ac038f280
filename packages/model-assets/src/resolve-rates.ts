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
  readonly used: readonly RowOrigin[];
  /** Those that only battery vehicles need. */
  readonly usedOfElectricity: readonly RowOrigin[];
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
  const used = new Set<RowOrigin>();
  const figureQueryOf = (mostDays: number): FigureQuery => ({
    on: query.on,
    currency: query.currency,
    ...(query.strict === true ? { maxAgeDays: mostDays } : {}),
  });
  const figure = (kind: keyof typeof MAX_AGE_DAYS, id: string, per: string): number => {
    const row = figureOn(tables[kind], id, per, figureQueryOf(MAX_AGE_DAYS[kind]));
    used.add(row);
    return row.value;
  };
  const cost = (item: string, per: string, vehicle?: string): number => {
    const own = `operating.${item}.${vehicle}`;
    const hasOwn = tables["operating-costs"].some((row) => row.id === own);
    return figure("operating-costs", hasOwn ? own : `operating.${item}`, per);
  };
  const costs = (vehicle?: string) => ({
    driverPerH: cost("driver", "/h", vehicle),
    standingPerH: cost("standing", "/h", vehicle),
    runningPerKm: cost("running", "/km", vehicle),
  });
  const facilities = [...new Set(tables["toll-tariffs"].map((row) => row.facility))];
  const tollsOf = (vehicle: VehicleRow): Record<string, number> => {
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
  const byVehicle: Record<string, VehicleRates> = {};
  for (const vehicle of tables["vehicle-profiles"]) {
    byVehicle[vehicle.id] = { ...costs(vehicle.id), tollByFacility: tollsOf(vehicle) };
  }
  const electricity = resolveElectricity(
    tables,
    query.countries,
    figureQueryOf(MAX_AGE_DAYS["fuel-prices"]),
    figureQueryOf(MAX_GRID_AGE_DAYS),
  );
  const rates: Rates = {
    currency: query.currency,
    ...costs(),
    dieselPerL: figure("fuel-prices", "fuel.diesel", "/l"),
    dieselTtwKgPerL: figure("emission-factors", "emission.diesel.ttw", "kg CO2e/l"),
    dieselWttKgPerL: figure("emission-factors", "emission.diesel.wtt", "kg CO2e/l"),
    electricity: electricity.rates,
    tollByFacility: {},
    byVehicle,
  };
  return { rates, used: [...used], usedOfElectricity: electricity.used };
}

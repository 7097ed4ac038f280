import { CARBON_VALUES } from "./data/carbon-values.ts";
import { HOURLY_VOLUMES, VOLUME_DELAYS } from "./data/departure-profiles.ts";
import { EMISSION_FACTORS } from "./data/emission-factors.ts";
import { FERRY_TARIFFS } from "./data/ferry-tariffs.ts";
import { FUEL_PRICES } from "./data/fuel-prices.ts";
import { GRID_INTENSITY } from "./data/grid-intensity.ts";
import { OPERATING_COSTS } from "./data/operating-costs.ts";
import { SCENARIO_PROFILES } from "./data/scenario-profiles.ts";
import { SPEED_LIMITS_EU } from "./data/speed-limits-eu.ts";
import { SPEED_LIMITS_GB } from "./data/speed-limits-gb.ts";
import { SPEED_RULES } from "./data/speed-rules.ts";
import { CORRELATIONS, TIME_SPREADS } from "./data/stochastic-calibration.ts";
import { TOLL_TARIFFS_AD } from "./data/toll-tariffs-ad.ts";
import { TOLL_TARIFFS_GB_HOURS } from "./data/toll-tariffs-gb-hours.ts";
import { TOLL_TARIFFS_GB } from "./data/toll-tariffs-gb.ts";
import { TOLL_TOPOLOGY } from "./data/toll-topology.ts";
import { VEHICLE_PROFILES } from "./data/vehicle-profiles.ts";
import { ZONE_CHARGES_GB } from "./data/zone-charges-gb.ts";
import { type AssetTables, REQUIRED_KINDS, type RequiredTable } from "./schemas/asset-kinds.ts";

/** Every row that comes with the program, whatever its country. */
export const ALL_TABLES: AssetTables = {
  "vehicle-profiles": VEHICLE_PROFILES,
  "speed-rules": {
    source: "Gradeway freight model: typical truck speeds by road class",
    provenance: "assumed",
    validFrom: "2026-01-01",
    classes: SPEED_RULES,
    limits: [...SPEED_LIMITS_GB, ...SPEED_LIMITS_EU],
  },
  "operating-costs": OPERATING_COSTS,
  "fuel-prices": FUEL_PRICES,
  "carbon-values": CARBON_VALUES,
  "emission-factors": EMISSION_FACTORS,
  "grid-intensity": GRID_INTENSITY,
  "toll-topology": TOLL_TOPOLOGY,
  "toll-tariffs": [...TOLL_TARIFFS_AD, ...TOLL_TARIFFS_GB, ...TOLL_TARIFFS_GB_HOURS],
  "zone-charges": ZONE_CHARGES_GB,
  "ferry-tariffs": FERRY_TARIFFS,
  "departure-profiles": { volumes: HOURLY_VOLUMES, delays: VOLUME_DELAYS },
  "stochastic-calibration": { spreads: TIME_SPREADS, correlations: CORRELATIONS },
  "scenario-profiles": SCENARIO_PROFILES,
};

/** The tables of a region: those that trips need, and those of the others for which there are rows. */
export type DataSet = Pick<AssetTables, RequiredTable> & Partial<AssetTables>;

/** Currency of a country, where it is not the euro. */
const CURRENCIES: Readonly<Record<string, string>> = {
  GB: "GBP",
  IM: "GBP",
  JE: "GBP",
  GG: "GBP",
  CH: "CHF",
  LI: "CHF",
  NO: "NOK",
  SE: "SEK",
  DK: "DKK",
  PL: "PLN",
  CZ: "CZK",
  HU: "HUF",
  RO: "RON",
  US: "USD",
};

/** Currency in which a region counts: that of its first country, the euro where none is named. */
export function currencyFor(countries: readonly string[] = []): string {
  return CURRENCIES[countries[0]?.slice(0, 2) ?? ""] ?? "EUR";
}

/**
 * The tables of a region in some countries.
 *
 * A price, cost or emission factor is that of the first country that has a row of the id; rows without
 * a country fill in for ids that none of them has. Tolls, zones, legal speeds, grid intensities and
 * ferries are those of all the countries, because roads cross borders. Without countries, the tolls and
 * fares in euros come along: their places tell whether they matter. Nothing is converted: a row keeps
 * its currency, and a figure in another one than the region's is refused when it is used. A table that
 * no trip needs is absent when there is no row for it: not known is not the same as none.
 *
 * @param countries - ISO 3166-1 alpha-2 or ISO 3166-2 codes, home first
 */
export function dataSetFor(countries: readonly string[] = []): DataSet {
  const here = <T extends Placed>(rows: readonly T[]): T[] => rowsOfPlaces(rows, countries);
  const paidHere = <T extends Placed & { readonly unit: string }>(rows: readonly T[]): T[] =>
    countries.length > 0 ? here(rows) : rows.filter((row) => !row.unit.startsWith("GBP/"));
  const home = <T extends Named>(rows: readonly T[]): T[] => rowsOfHome(rows, countries);
  const tolls = paidHere(ALL_TABLES["toll-tariffs"]);
  const tables: AssetTables = {
    ...ALL_TABLES,
    "speed-rules": {
      ...ALL_TABLES["speed-rules"],
      limits: here(ALL_TABLES["speed-rules"].limits),
    },
    "operating-costs": home(OPERATING_COSTS),
    "fuel-prices": home(FUEL_PRICES),
    "carbon-values": home(CARBON_VALUES),
    "emission-factors": home(EMISSION_FACTORS),
    "grid-intensity": here(GRID_INTENSITY),
    "toll-topology": TOLL_TOPOLOGY.filter(({ id }) => tolls.some((row) => row.facility === id)),
    "toll-tariffs": tolls,
    "zone-charges": here(ZONE_CHARGES_GB),
    "ferry-tariffs": paidHere(FERRY_TARIFFS),
  };
  const isMissing = (kind: string, table: unknown): boolean =>
    Array.isArray(table) && table.length === 0 && !REQUIRED_KINDS.some((each) => each === kind);
  const known = Object.entries(tables).filter(([kind, table]) => !isMissing(kind, table));
  // What was left out is not required.
  return Object.fromEntries(known) as DataSet;
}

/** The tables of a region that names no country. */
export const DEFAULT_TABLES: DataSet = dataSetFor();

interface Placed {
  readonly area?: string | undefined;
}

interface Named extends Placed {
  readonly id: string;
}

/** Rows of the countries and their parts, of what the countries belong to, and of everywhere. */
function rowsOfPlaces<T extends Placed>(rows: readonly T[], countries: readonly string[]): T[] {
  return rows.filter(
    ({ area }) => area === undefined || countries.some((country) => overlaps(area, country)),
  );
}

/** For each id the rows of the first country that has one, or else those without a country. */
function rowsOfHome<T extends Named>(rows: readonly T[], countries: readonly string[]): T[] {
  const homeOf = (id: string): string | undefined =>
    countries.find((country) =>
      rows.some((row) => row.id === id && row.area !== undefined && overlaps(row.area, country)),
    );
  return rows.filter(({ id, area }) => {
    const country = homeOf(id);
    return country === undefined
      ? area === undefined
      : area !== undefined && overlaps(area, country);
  });
}

/** Whether one area is the other, or one lies within the other. */
function overlaps(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}-`) || other.startsWith(`${one}-`);
}

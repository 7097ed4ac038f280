import { ReasonError } from "@gradeway/reason-codes";
import { LEGAL_ROADS, type LegalRoad, type LegalSpeeds } from "@gradeway/route-core";

import { isInForce, notInForce } from "./resolve-figure.ts";
import type { SpeedLimitRow } from "./schemas/speed-rules.ts";
import { belongsTo, type ClassifiedVehicle } from "./schemas/vehicle-class.ts";

const KM_PER_MILE = 1.609344;

/** Where, when and for which vehicle speeds are wanted. */
export interface SpeedLimitQuery {
  /**
   * ISO 3166-1 alpha-2 or ISO 3166-2. A part of a country falls back to the country's rows, and a
   * country that has rows for its parts alone has the lowest limits of them.
   */
  readonly area: string;
  /** ISO date. */
  readonly on: string;
  readonly vehicle: ClassifiedVehicle;
}

/** A legal limit in km/h with the row it comes from. */
export interface ResolvedLimit {
  readonly kmh: number;
  readonly row: SpeedLimitRow;
}

/**
 * Legal speeds of a vehicle by kind of road. Where several rows speak of the vehicle the lowest holds;
 * a kind of road on which the law is silent is absent.
 *
 * @throws {ReasonError} figure_missing when the area has no rows at all, figure_not_in_force when none
 *   holds on the day
 */
export function resolveSpeedLimits(
  rows: readonly SpeedLimitRow[],
  query: SpeedLimitQuery,
): Partial<Record<LegalRoad, ResolvedLimit>> {
  const exact = rows.filter((row) => row.area === query.area);
  const national = rows.filter((row) => row.area === query.area.slice(0, 2));
  const parts = rows.filter((row) => row.area.startsWith(`${query.area}-`));
  const placed = [exact, national, parts].find((each) => each.length > 0) ?? [];
  const id = `speed limits of ${query.area}`;
  if (placed.length === 0) {
    throw new ReasonError("figure_missing", `The region has no ${id}.`, { figure: id });
  }
  const inForce = placed.filter((row) => isInForce(row, query.on));
  if (inForce.length === 0) throw notInForce(id, placed, query.on);
  const limits: Partial<Record<LegalRoad, ResolvedLimit>> = {};
  for (const road of LEGAL_ROADS) {
    for (const row of inForce) {
      if (row.road !== road || !belongsTo(query.vehicle, row.vehicles)) continue;
      const kmh = row.unit === "mi/h" ? row.value * KM_PER_MILE : row.value;
      const known = limits[road];
      if (known === undefined || kmh < known.kmh) limits[road] = { kmh, row };
    }
  }
  return limits;
}

/** Resolved limits as the planner wants them. */
export function plannerSpeeds(limits: Partial<Record<LegalRoad, ResolvedLimit>>): LegalSpeeds {
  return Object.fromEntries(
    Object.entries(limits).map(([road, { kmh, row }]) => [
      road,
      row.raisedBySign === undefined ? { kmh } : { kmh, raisedBySign: row.raisedBySign },
    ]),
  );
}

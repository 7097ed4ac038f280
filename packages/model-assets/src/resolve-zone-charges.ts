import { isInForce } from "./resolve-figure.ts";
import { belongsTo, type ClassifiedVehicle } from "./schemas/vehicle-class.ts";
import type { ZoneChargeRow } from "./schemas/zone-charges.ts";

/** Which rules are wanted. */
export interface ZoneQuery {
  /** ISO date. */
  readonly on: string;
  readonly vehicle: ClassifiedVehicle;
}

/**
 * The rules of zones that concern a vehicle on a day, by zone. A zone without a rule for the vehicle
 * is absent: entering it is free and allowed.
 */
export function resolveZoneCharges(
  rows: readonly ZoneChargeRow[],
  { on, vehicle }: ZoneQuery,
): ReadonlyMap<string, readonly ZoneChargeRow[]> {
  const byZone = new Map<string, ZoneChargeRow[]>();
  for (const row of rows) {
    if (!isInForce(row, on) || !belongsTo(vehicle, row.vehicles)) continue;
    const known = byZone.get(row.zone);
    if (known === undefined) byZone.set(row.zone, [row]);
    else known.push(row);
  }
  return byZone;
}

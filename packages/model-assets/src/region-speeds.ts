import { isReasonError } from "@gradeway/reason-codes";
import type { LegalSpeeds, SpeedRules } from "@gradeway/route-core";

import { plannerSpeeds, resolveSpeedLimits } from "./resolve-speed-limits.ts";
import type { AssetTables } from "./schemas/asset-kinds.ts";
import type { RowOrigin } from "./schemas/dated-row.ts";
import { classifiedVehicle } from "./vehicle-row.ts";

/** Speeds of a region, and the legal rows that they were taken from. */
export interface RegionSpeeds {
  readonly rules: SpeedRules;
  /** By id of the vehicle. */
  readonly usedBy: Readonly<Record<string, readonly RowOrigin[]>>;
}

/**
 * The speeds that hold in a region on a day: the law of its first country for every vehicle, because a
 * graph does not know where borders run. Without a row of that country the assumptions by road class
 * hold; the rules name the countries whose law is not applied.
 *
 * @param countries - ISO 3166-1 alpha-2 or ISO 3166-2 codes, home first
 * @param on - ISO date
 * @throws {ReasonError} figure_not_in_force when the country has rows and none holds on the day
 */
export function regionSpeeds(
  tables: Pick<AssetTables, "speed-rules" | "vehicle-profiles">,
  countries: readonly string[],
  on: string,
): RegionSpeeds {
  const { classes, limits: rows } = tables["speed-rules"];
  const [home, ...others] = countries;
  const unknownElsewhere = others.length === 0 ? {} : { unknownLawOf: others };
  const usedBy: Record<string, readonly RowOrigin[]> = {};
  const legalByVehicle: Record<string, LegalSpeeds> = {};
  try {
    for (const vehicle of tables["vehicle-profiles"]) {
      const query = { area: home ?? "", on, vehicle: classifiedVehicle(vehicle) };
      const limits = resolveSpeedLimits(rows, query);
      usedBy[vehicle.id] = Object.values(limits).map(({ row }) => row);
      legalByVehicle[vehicle.id] = plannerSpeeds(limits);
    }
  } catch (error) {
    if (!isReasonError(error) || error.reasonCode !== "figure_missing") throw error;
    return { rules: { classes, unknownLawOf: countries }, usedBy: {} };
  }
  return { rules: { classes, legalByVehicle, ...unknownElsewhere }, usedBy };
}

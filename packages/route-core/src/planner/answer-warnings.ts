import { createWarning, type Warning } from "@gradeway/reason-codes";

import type { VehicleProfile } from "../costing/vehicle-profile.ts";
import { type GraphMeta, ignoredRestrictionCount } from "../graph/routing-graph.ts";
import { driverSchedule, isWithoutHours } from "./driver-times.ts";
import type { RouteLimits } from "./plan-constraints.ts";
import { OBJECTIVES, type PlannedRoute, type PlanRequest } from "./plan-types.ts";
import type { DrivenRoute } from "./present-route.ts";
import type { RegionData } from "./region-data.ts";

/** What weakens every answer of a region for a vehicle. */
export function regionWarnings(
  region: RegionData,
  meta: GraphMeta,
  { id }: Pick<VehicleProfile, "id">,
): Warning[] {
  const { counts } = meta;
  const warnings: Warning[] = [];
  const relations = ignoredRestrictionCount(meta);
  if (relations > 0) warnings.push(createWarning("turn_restriction_ignored", { relations }));
  if (counts.conditionalWays > 0) {
    warnings.push(createWarning("conditional_access_ignored", { ways: counts.conditionalWays }));
  }
  if (counts.unreadableLimits > 0) {
    warnings.push(createWarning("road_limit_unreadable", { ways: counts.unreadableLimits }));
  }
  if (region.synthetic) warnings.push(createWarning("data_synthetic"));
  const rows = [...(region.vehicleAssumptions?.[id] ?? []), ...region.assumptions];
  if (rows.length > 0) warnings.push(createWarning("data_assumed", { rows }));
  const { unknownLawOf } = region.speedRules;
  if (unknownLawOf !== undefined) {
    warnings.push(createWarning("speed_limits_assumed", { countries: unknownLawOf }));
  }
  return warnings;
}

/** What the heights of the graph leave open on routes that are costed with them. */
export function bakedTerrainWarnings(
  { elevation }: GraphMeta,
  driven: readonly DrivenRoute[],
): Warning[] {
  if (elevation.coverageRatio === 0) return [createWarning("terrain_not_available")];
  return voidWarnings(driven.map((route) => route.consumption.voidMetres));
}

/** Warns of unknown heights on routes, given their metres of unknown grade. */
export function voidWarnings(voidMetres: readonly number[]): Warning[] {
  const longestVoidM = Math.max(...voidMetres);
  if (longestVoidM <= 0) return [];
  return [createWarning("terrain_void_on_route", { longestVoidM: Math.round(longestVoidM) })];
}

/** Warns of tolls that nobody knows. */
export function tollWarnings(driven: readonly DrivenRoute[]): Warning[] {
  return driven.some((route) => route.consumption.tollUnresolved)
    ? [createWarning("toll_tariff_unresolved")]
    : [];
}

/**
 * Warns of limits that hold in the search tier, which they are kept in, but not for every shown route as
 * it is driven, with the stops of its driver: such a route is shown with its figure.
 */
export function exceededLimits(
  { maxDurationS, maxCost, maxCo2eKg }: RouteLimits,
  shown: readonly Pick<PlannedRoute, "durationS" | "cost" | "co2eKg">[],
): Warning[] {
  const values = shown.map(({ durationS, cost, co2eKg }) => [durationS, cost.amount, co2eKg.total]);
  const most = [maxDurationS, maxCost, maxCo2eKg];
  const objectives = OBJECTIVES.filter((_, k) =>
    values.some((figures) => figures[k]! > (most[k] ?? Infinity)),
  );
  return objectives.length > 0 ? [createWarning("limit_exceeded_evaluated", { objectives })] : [];
}

/** Warns of trips that take more than a day's driving, and of those whose driver keeps no rules. */
export function driverWarnings(
  driven: readonly DrivenRoute[],
  request: PlanRequest,
  vehicle: VehicleProfile,
): Warning[] {
  if (driven.some(({ consumption }) => isWithoutHours(request, vehicle, consumption.seconds))) {
    return [createWarning("driver_hours_not_kept")];
  }
  const rests = driven.map(
    ({ consumption }) => driverSchedule(request, vehicle, consumption.seconds).restS,
  );
  const longestRestS = Math.max(...rests);
  return longestRestS > 0 ? [createWarning("driver_rest_included", { longestRestS })] : [];
}

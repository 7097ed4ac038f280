import { isReasonError } from "@gradeway/reason-codes";

import { GRAINS } from "../costing/grains.ts";
import { ratesOf } from "../costing/rates.ts";
import type { ProvenResult } from "../search/search-result.ts";
import { deepestDrawKwh, limitsWithBattery, rangeExceeded } from "./battery-range.ts";
import { type BatteryState, batteryState } from "./battery-state.ts";
import { limitedObjectives } from "./limited-search.ts";
import { OBJECTIVES, type PlanRequest } from "./plan-types.ts";
import type { RegionData } from "./region-data.ts";
import { resolveVehicle } from "./resolve-vehicle.ts";
import type { TripShift } from "./trip-shift.ts";
import type { SearchedTrip } from "./write-answer.ts";

const CO2E = OBJECTIVES.indexOf("co2e");

/** Keeps a trip within the range of a battery. */
export interface RangeGuard {
  readonly battery: BatteryState;
  /** The request with the battery's limit among its own. */
  readonly request: PlanRequest;
  /** Whether the request has no limits of its own. */
  readonly isOnlyRange: boolean;
  /** Whether the one route of a search keeps the battery's limit, or none was found or looked for. */
  isWithin(best: ProvenResult, shift: TripShift): boolean;
  /**
   * Leaves out routes that draw too much somewhere on the way. Others that these beat may be missing
   * then, so nothing is proven any more.
   *
   * @throws {ReasonError} vehicle_range_exceeded when none is left
   */
  keep(searched: SearchedTrip): SearchedTrip;
  /** What a failed search means: a limit that nothing keeps may be the battery's. */
  explain(error: unknown): unknown;
}

/**
 * The guard of a request; undefined for a diesel vehicle.
 *
 * @throws {ReasonError} those of `resolveVehicle`, `batteryState` and `ratesOf`
 */
export function rangeGuard(region: RegionData, request: PlanRequest): RangeGuard | undefined {
  const { vehicle } = resolveVehicle(region, request);
  const battery = batteryState(vehicle, request.battery);
  if (battery === undefined) return undefined;
  const { constraints = {} } = request;
  const { ttwKgPerUnit, wttKgPerUnit } = ratesOf(region.rates, vehicle).carrier;
  const kgPerKwh = ttwKgPerUnit + wttKgPerUnit;
  const limits = limitsWithBattery(constraints, battery, kgPerKwh);
  const isOnlyRange = limitedObjectives(constraints).length === 0;
  return {
    battery,
    request: { ...request, constraints: limits },
    isOnlyRange,
    isWithin({ costs, paths }, shift) {
      if (paths.length === 0) return true;
      return (costs[CO2E]! - shift[CO2E]!) * GRAINS.co2e <= (limits.maxCo2eKg ?? Infinity);
    },
    keep(searched) {
      const { costing, driven, trip } = searched;
      if (driven.length === 0) return searched;
      const draws = driven.map(({ legs }) => deepestDrawKwh(costing, legs, battery));
      const kept = [...draws.keys()].filter((index) => draws[index]! <= battery.availableKwh);
      if (kept.length === driven.length) return searched;
      if (kept.length === 0) throw rangeExceeded(Math.min(...draws), battery);
      const result = { ...trip.result, epsilon: null };
      return {
        ...searched,
        driven: kept.map((index) => driven[index]!),
        trip: { ...trip, result },
      };
    },
    explain(error) {
      if (!isReasonError(error, "epsilon_infeasible")) return error;
      const leastKwh = (error.details.best.co2e ?? 0) / kgPerKwh;
      const isRange = isOnlyRange || leastKwh > battery.availableKwh;
      return isRange ? rangeExceeded(leastKwh, battery) : error;
    },
  };
}

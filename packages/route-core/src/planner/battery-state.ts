import { ReasonError } from "@gradeway/reason-codes";

import type { VehicleProfile } from "../costing/vehicle-profile.ts";

/** How a battery sets out, as shares of what may be drawn from it. */
export interface BatteryRequest {
  /** Default 1: full. */
  readonly stateOfCharge?: number;
  /** What must be left at every place of the trip. Default 0.1. */
  readonly reserve?: number;
}

/** What a battery can give on a trip. */
export interface BatteryState extends Required<BatteryRequest> {
  readonly usableKwh: number;
  /** What may be drawn, on balance, before the reserve is touched. */
  readonly availableKwh: number;
  /** What can be put back before the battery is full. */
  readonly headroomKwh: number;
}

const DEFAULT_RESERVE = 0.1;

/**
 * The battery that a vehicle sets out with; undefined for a diesel vehicle.
 *
 * @throws {ReasonError} figure_missing when nobody knows how large it is; request_feature_unavailable
 *   when a battery is described for a vehicle without one
 */
export function batteryState(
  vehicle: VehicleProfile,
  request: BatteryRequest | undefined,
): BatteryState | undefined {
  if (vehicle.energy === "diesel") {
    if (request === undefined) return undefined;
    throw new ReasonError("request_feature_unavailable", `${vehicle.name} has no battery.`, {
      field: "battery",
    });
  }
  const { usableBatteryKwh: usableKwh } = vehicle;
  if (usableKwh === undefined) {
    throw new ReasonError(
      "figure_missing",
      `How much may be drawn from the battery of ${vehicle.name} is not known.`,
      { figure: `${vehicle.id}.usableBatteryKwh` },
    );
  }
  const { stateOfCharge = 1, reserve = DEFAULT_RESERVE } = request ?? {};
  return {
    usableKwh,
    stateOfCharge,
    reserve,
    availableKwh: Math.max(0, stateOfCharge - reserve) * usableKwh,
    headroomKwh: (1 - stateOfCharge) * usableKwh,
  };
}

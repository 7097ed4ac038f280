import { ReasonError } from "@gradeway/reason-codes";

import type { VehicleProfile } from "../costing/vehicle-profile.ts";
import type { PlanRequest } from "./plan-types.ts";
import type { RegionData } from "./region-data.ts";

/** Vehicle of a request that names none. */
export const DEFAULT_VEHICLE = "artic-40t";

/** A vehicle with what it carries. */
export interface VehicleAndPayload {
  readonly vehicle: VehicleProfile;
  readonly payloadKg: number;
}

/**
 * The vehicle of a request and its payload.
 *
 * @throws {ReasonError} vehicle_profile_unavailable, payload_exceeds_limit
 */
export function resolveVehicle(
  { vehicles }: Pick<RegionData, "vehicles">,
  request: Pick<PlanRequest, "vehicle" | "payloadKg">,
): VehicleAndPayload {
  const id = request.vehicle ?? DEFAULT_VEHICLE;
  const vehicle = vehicles.find((one) => one.id === id);
  if (vehicle === undefined) {
    const known = vehicles.map((one) => one.id);
    throw new ReasonError(
      "vehicle_profile_unavailable",
      `The region has no vehicle ${JSON.stringify(id)}; it has ${known.join(", ")}.`,
      { vehicle: id, known },
    );
  }
  const { maxPayloadKg } = vehicle;
  const payloadKg = request.payloadKg ?? maxPayloadKg / 2;
  if (payloadKg > maxPayloadKg) {
    throw new ReasonError(
      "payload_exceeds_limit",
      `${id} carries at most ${maxPayloadKg} kg, not ${payloadKg} kg.`,
      { payloadKg, maxPayloadKg },
    );
  }
  return { vehicle, payloadKg };
}

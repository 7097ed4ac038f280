import { type Issue, ReasonError } from "@gradeway/reason-codes";

import { vehicleFaults, vehicleNumbers } from "../costing/check-vehicle.ts";
import type { VehicleProfile } from "../costing/vehicle-profile.ts";
import type { CustomVehicle } from "./custom-vehicle.ts";
import type { PlanRequest } from "./plan-types.ts";
import type { RegionData } from "./region-data.ts";

/** Vehicle of a request that names none. */
export const DEFAULT_VEHICLE = "artic-40t";

/** Share of a motor's power that it takes back where nobody says how much (freight model 3.3). */
const REGENERATION_SHARE = 0.85;

/** A vehicle with what it carries. */
export interface VehicleAndPayload {
  readonly vehicle: VehicleProfile;
  readonly payloadKg: number;
}

/**
 * The vehicle of a request and its payload.
 *
 * @throws {ReasonError} vehicle_profile_unavailable, vehicle_inconsistent, payload_exceeds_limit
 */
export function resolveVehicle(
  { vehicles }: Pick<RegionData, "vehicles">,
  request: Pick<PlanRequest, "vehicle" | "payloadKg">,
): VehicleAndPayload {
  const asked = request.vehicle ?? DEFAULT_VEHICLE;
  const vehicle =
    typeof asked === "string"
      ? knownVehicle(vehicles, asked)
      : customVehicle(knownVehicle(vehicles, asked.basedOn), asked);
  const { maxPayloadKg } = vehicle;
  const payloadKg = request.payloadKg ?? maxPayloadKg / 2;
  if (payloadKg > maxPayloadKg) {
    throw new ReasonError(
      "payload_exceeds_limit",
      `${vehicle.name} carries at most ${maxPayloadKg} kg, not ${payloadKg} kg.`,
      { payloadKg, maxPayloadKg },
    );
  }
  return { vehicle, payloadKg };
}

function knownVehicle(vehicles: readonly VehicleProfile[], id: string): VehicleProfile {
  const vehicle = vehicles.find((one) => one.id === id);
  if (vehicle !== undefined) return vehicle;
  const known = vehicles.map((one) => one.id);
  throw new ReasonError(
    "vehicle_profile_unavailable",
    `The region has no vehicle ${JSON.stringify(id)}; it has ${known.join(", ")}.`,
    { vehicle: id, known },
  );
}

/** The vehicle that another one becomes by what is said of it; it keeps the id that rates go by. */
function customVehicle(base: VehicleProfile, custom: CustomVehicle): VehicleProfile {
  const { basedOn: _, name = `${base.name}, changed`, platedKg, ...changes } = custom;
  const known = new Set([...vehicleNumbers(base.energy), "limitsDownhill"]);
  const faults: Issue[] = Object.keys(changes)
    .filter((field) => !known.has(field))
    .map((field) => ({ pointer: `/${field}`, message: `is nothing that ${base.name} has` }));
  const regeneration =
    base.energy === "battery" && custom.motorKw !== undefined
      ? { regenerationKw: REGENERATION_SHARE * custom.motorKw }
      : {};
  // The fields are those of the base's kind: others are faults.
  const plated = platedKg === undefined ? {} : { platedKg };
  const vehicle = { ...base, name, ...regeneration, ...plated, ...changes } as VehicleProfile;
  if (faults.length === 0) {
    const allowedKg = platedKg ?? base.kerbKg + base.maxPayloadKg;
    faults.push(...vehicleFaults(vehicle, allowedKg));
  }
  if (faults.length === 0) return vehicle;
  const issues = faults.map(({ pointer, message }) => ({ pointer: `/vehicle${pointer}`, message }));
  throw new ReasonError(
    "vehicle_inconsistent",
    `There is no such vehicle: ${issues.map(({ pointer, message }) => `${pointer} ${message}`).join("; ")}.`,
    { issues },
  );
}

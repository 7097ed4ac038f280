import type { VehicleProfile } from "../costing/vehicle-profile.ts";

/** Sideways acceleration that drivers of trucks and vans accept, m/s^2 (freight model 3.4). */
const TRUCK_SIDEWAYS_MPS2 = 1.5;
const VAN_SIDEWAYS_MPS2 = 2.5;

/** Sideways acceleration that the driver of a vehicle accepts, m/s^2. */
export function sidewaysMps2({ accessKind }: VehicleProfile): number {
  return accessKind === "van" ? VAN_SIDEWAYS_MPS2 : TRUCK_SIDEWAYS_MPS2;
}

/** Speed in a curve, m/s; infinite on a straight road. */
export function curveSpeedMps(radiusM: number, sideways: number): number {
  return Math.sqrt(sideways * radiusM);
}

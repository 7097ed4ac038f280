import type { BatteryVehicle, DieselVehicle } from "../costing/vehicle-profile.ts";

type Fixed = "id" | "name" | "energy" | "accessKind";

/**
 * A vehicle of the region with other figures. What it costs to run, its tolls and the law that it is
 * under stay those of the vehicle that it is based on.
 */
export interface CustomVehicle
  extends
    Partial<Omit<DieselVehicle, Fixed>>,
    Partial<Omit<BatteryVehicle, Fixed | keyof DieselVehicle>> {
  /** Id of a vehicle of the region. */
  readonly basedOn: string;
  readonly name?: string;
  /**
   * Full mass that it may have, which is also what signs for plated mass count. Default: that of the vehicle
   * that it is based on; for signs, its own kerb mass and payload.
   */
  readonly platedKg?: number;
}

import { z } from "zod";

const number = z.number().exactOptional();

/**
 * The form of a vehicle that a request describes; see `CustomVehicle` of route-core. Whether there can be
 * such a vehicle is the planner's to say (`vehicle_inconsistent`).
 */
export const customVehicle = z.strictObject({
  /** Id of a vehicle of the region. */
  basedOn: z.string().min(1).max(100),
  name: z.string().min(1).max(100).exactOptional(),
  platedKg: z.number().positive().max(60_000).exactOptional(),
  limitsDownhill: z.boolean().exactOptional(),
  kerbKg: number,
  maxPayloadKg: number,
  dragAreaM2: number,
  crosswindFactor: number,
  rollingResistance: number,
  drivelineForceN: number,
  auxiliaryKw: number,
  maxSpeedKmh: number,
  heightM: number,
  widthM: number,
  lengthM: number,
  maxAxleLoadT: number,
  drivelineLoss: number,
  engineKw: number,
  willansBaseGPerH: number,
  willansSlopeGPerKwh: number,
  idleLPerH: number,
  lowSpeedInertiaKg: number,
  technologyFactor: number,
  fleetFactor: number,
  motorKw: number,
  driveEfficiency: number,
  regenerationEfficiency: number,
  regenerationKw: number,
  usableBatteryKwh: number,
});

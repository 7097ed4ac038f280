import { z } from "zod";

const positive = z.number().positive().finite();

/** A vehicle profile as stored in a region; see `VehicleProfile` of route-core for the meaning. */
export const vehicleProfile = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  name: z.string().min(1),
  accessKind: z.enum(["hgv", "van"]),
  kerbKg: positive,
  maxPayloadKg: positive,
  dragAreaM2: positive,
  crosswindFactor: z.number().min(0).max(1),
  rollingResistance: z.number().positive().max(0.1),
  drivelineForceN: z.number().min(0),
  drivelineLoss: z.number().min(0).max(0.5),
  engineKw: positive,
  willansBaseGPerH: positive,
  willansSlopeGPerKwh: positive,
  auxiliaryKw: z.number().min(0),
  idleLPerH: z.number().min(0),
  maxSpeedKmh: z.number().positive().max(130),
  limitsDownhill: z.boolean(),
  heightM: positive,
  widthM: positive,
  lengthM: positive,
  maxAxleLoadT: positive,
});

/** The vehicles of a region. */
export const vehicleProfiles = z.array(vehicleProfile).min(1);

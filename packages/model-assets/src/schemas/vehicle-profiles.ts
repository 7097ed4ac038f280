import { vehicleFaults } from "@gradeway/route-core";
import { z } from "zod";

import { checkOrigin, distinctIds, rowOrigin, rowTable } from "./dated-row.ts";
import type { DeepReadonly } from "./deep-readonly.ts";
import { plainText } from "./plain-text.ts";

const positive = z.number().positive().finite();

const { area: _area, ...origin } = rowOrigin;

/** Fields that every vehicle has, whatever it runs on. */
const common = {
  ...origin,
  name: plainText,
  accessKind: z.enum(["hgv", "van"]),
  /** Empty, with driver. */
  kerbKg: positive.max(40_000),
  maxPayloadKg: positive.max(60_000),
  /** Drag area before crosswind, m^2. */
  dragAreaM2: positive.min(0.5).max(12),
  crosswindFactor: z.number().min(0).max(1),
  /** Rolling resistance coefficient at half payload. */
  rollingResistance: z.number().min(0.003).max(0.02),
  /** Constant driveline force, N. */
  drivelineForceN: z.number().min(0).max(1000),
  auxiliaryKw: z.number().min(0).max(50),
  /** Speed limiter, or the speed the vehicle is driven at most; km/h. */
  maxSpeedKmh: z.number().min(20).max(130),
  /** Whether the vehicle must hold back its mass on steep descents. */
  limitsDownhill: z.boolean(),
  heightM: positive.max(5),
  widthM: positive.max(3),
  lengthM: positive.max(26),
  axles: z.int().min(2).max(9),
  maxAxleLoadT: positive.max(15),
  articulated: z.boolean(),
  /** Emission class (Euro VI = 6). */
  euroClass: z.int().min(0).max(7),
} as const;

const diesel = z.strictObject({
  ...common,
  energy: z.literal("diesel"),
  /** Proportional driveline loss. */
  drivelineLoss: z.number().min(0).max(0.5),
  engineKw: positive.max(800),
  /** Willans line: fuel at zero power, g/h. */
  willansBaseGPerH: positive.max(5000),
  /** Willans line: fuel per engine work, g/kWh. */
  willansSlopeGPerKwh: z.number().min(150).max(300),
  idleLPerH: z.number().min(0).max(10),
  /** Inertia of engine and gear shifts at low speed as a mass, kg. */
  lowSpeedInertiaKg: z.number().min(0).max(20_000),
  /** Multiplies all fuel; 1 for ranking routes. */
  technologyFactor: z.number().min(0.7).max(1.5).default(1),
  /** Multiplies all fuel; 1 for ranking routes. */
  fleetFactor: z.number().min(0.7).max(1.5).default(1),
});

const battery = z
  .strictObject({
    ...common,
    energy: z.literal("battery"),
    motorKw: positive.max(1500),
    /** From battery to wheel. */
    driveEfficiency: z.number().min(0.5).max(1),
    /** From wheel to battery. */
    regenerationEfficiency: z.number().min(0).max(1),
    /** Most power that the motor takes back. */
    regenerationKw: positive.max(1500),
    /** Energy that may be drawn from the full battery; no trip is planned without it. */
    usableBatteryKwh: positive.max(2000).exactOptional(),
  })
  .refine((vehicle) => vehicle.driveEfficiency * vehicle.regenerationEfficiency <= 1, {
    path: ["regenerationEfficiency"],
    message: "a vehicle cannot regain more than it spent",
  });

/** A vehicle as stored in a region, with its origin; see `VehicleProfile` of route-core. */
export const vehicleProfile = z.discriminatedUnion("energy", [diesel, battery]).check(checkOrigin);

/** A vehicle as stored in a region. */
export type VehicleRow = DeepReadonly<z.infer<typeof vehicleProfile>>;

/** A diesel vehicle as stored in a region. */
export type DieselVehicleRow = DeepReadonly<z.infer<typeof diesel>>;

/** A battery vehicle as stored in a region. */
export type BatteryVehicleRow = DeepReadonly<z.infer<typeof battery>>;

/**
 * The vehicles of a region. A request names one by its id and not by a day, so each is there once; and
 * each has to be one that can drive, as those that a request describes.
 */
export const vehicleProfiles = rowTable(vehicleProfile)
  .min(1)
  .check(distinctIds("vehicles"), ({ value: rows, issues }) => {
    for (const [index, row] of rows.entries()) {
      for (const { pointer, message } of vehicleFaults(row, Infinity)) {
        issues.push({ code: "custom", input: rows, path: [index, pointer.slice(1)], message });
      }
    }
  });

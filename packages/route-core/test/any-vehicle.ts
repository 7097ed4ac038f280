import fc from "fast-check";

import { loadVehicle } from "../src/costing/longitudinal.ts";
import type { BatteryVehicle, DieselVehicle } from "../src/costing/vehicle-profile.ts";
import { ARTIC, BATTERY_ARTIC, VAN } from "./vehicles.ts";

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/**
 * Vehicles that nobody built, between vans and road trains. Each can climb: it has at least 5 kW per
 * tonne of its full mass.
 */
export const anyVehicle: fc.Arbitrary<DieselVehicle> = fc
  .record({
    limitsDownhill: fc.boolean(),
    kerbKg: between(1500, 20_000),
    maxPayloadKg: between(500, 40_000),
    dragAreaM2: between(1, 10),
    crosswindFactor: between(0, 0.4),
    rollingResistance: between(0.004, 0.012),
    drivelineForceN: between(0, 400),
    drivelineLoss: between(0.02, 0.15),
    kwPerT: between(5, 30),
    willansBaseGPerH: between(300, 2000),
    willansSlopeGPerKwh: between(170, 230),
    auxiliaryShare: between(0, 0.1),
    idleLPerH: between(0.3, 5),
    lowSpeedInertiaKg: between(0, 12_000),
  })
  .map(({ kwPerT, auxiliaryShare, ...drawn }) => {
    const engineKw = (kwPerT * (drawn.kerbKg + drawn.maxPayloadKg)) / 1000;
    const alike = drawn.limitsDownhill ? ARTIC : VAN;
    return { ...alike, ...drawn, engineKw, auxiliaryKw: auxiliaryShare * engineKw };
  });

/** Such a vehicle with some load. */
export const anyLoaded = fc
  .tuple(anyVehicle, between(0, 1))
  .map(([vehicle, share]) => loadVehicle(vehicle, share * vehicle.maxPayloadKg));

/** Battery vehicles that nobody built. Each can climb, and none gets more back than it spent. */
export const anyBatteryVehicle: fc.Arbitrary<BatteryVehicle> = fc
  .record({
    limitsDownhill: fc.boolean(),
    kerbKg: between(1500, 20_000),
    maxPayloadKg: between(500, 40_000),
    dragAreaM2: between(1, 10),
    crosswindFactor: between(0, 0.4),
    rollingResistance: between(0.004, 0.012),
    drivelineForceN: between(0, 400),
    kwPerT: between(5, 30),
    driveEfficiency: between(0.6, 1),
    regenerationEfficiency: between(0, 1),
    regenerationShare: between(0.1, 1),
    auxiliaryShare: between(0, 0.1),
  })
  .map(({ kwPerT, auxiliaryShare, regenerationShare, ...drawn }) => {
    const motorKw = (kwPerT * (drawn.kerbKg + drawn.maxPayloadKg)) / 1000;
    const auxiliaryKw = auxiliaryShare * motorKw;
    const regenerationKw = regenerationShare * motorKw;
    return { ...BATTERY_ARTIC, ...drawn, motorKw, auxiliaryKw, regenerationKw };
  });

/** Such a vehicle with some load. */
export const anyLoadedBattery = fc
  .tuple(anyBatteryVehicle, between(0, 1))
  .map(([vehicle, share]) => loadVehicle(vehicle, share * vehicle.maxPayloadKg));

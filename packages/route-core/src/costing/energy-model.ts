import { type BatteryVehicle, DIESEL_G_PER_L, type VehicleProfile } from "./vehicle-profile.ts";

/**
 * What a vehicle draws from its tank or battery, as numbers of one shape for every kind of vehicle, so
 * that the functions below serve all of them without looking at the profile. Energy counts in the
 * carrier's own unit: energy of diesel, or watt-hours at the battery's terminals.
 */
export interface EnergyModel {
  /** Whether power at the wheels flows back while the vehicle is held. */
  readonly regenerates: boolean;
  /** kW drawn per kW at the wheels. */
  readonly tractionFactor: number;
  /** kW that come back per kW at the wheels while the vehicle is held or coasts. */
  readonly overrunFactor: number;
  /** Constant driveline force, N. */
  readonly drivelineForceN: number;
  readonly auxiliaryKw: number;
  /** Most that is drawn with engine or motor at full power, kW. */
  readonly peakKw: number;
  /** Most that the motor takes back, kW; brakes do the rest. */
  readonly regenerationKw: number;
  /** Below this much room in the battery that power falls with the room, to nothing when it is full; Wh. */
  readonly taperWh: number;
  /** Energy per hour without any power. */
  readonly basePerH: number;
  /** Energy per kWh drawn. */
  readonly slopePerKwh: number;
  /** Least flow per hour: an engine in overrun burns nothing, a battery is charged. */
  readonly floorPerH: number;
  /** Flow at standstill, per second. */
  readonly idlePerS: number;
  /** Inertia of engine and gear shifts at low speed as a mass, kg. */
  readonly lowSpeedInertiaKg: number;
}

/**
 * Share of a battery, at its full end, where it takes back less and less power: above 95 % (freight model
 * 3.3). Nothing is said of how it falls there: in a straight line.
 */
const TAPER_SHARE = 0.05;

/** Watt-hours in a kilowatt-hour. */
export const WH_PER_KWH = 1000;

/** The energy model of a vehicle. */
export function energyModelOf(vehicle: VehicleProfile): EnergyModel {
  if (vehicle.energy === "battery") return batteryModel(vehicle);
  const { drivelineLoss, technologyFactor = 1, fleetFactor = 1 } = vehicle;
  const fuelFactor = technologyFactor * fleetFactor;
  return {
    regenerates: false,
    tractionFactor: 1 + drivelineLoss,
    overrunFactor: 1 - drivelineLoss,
    drivelineForceN: vehicle.drivelineForceN,
    auxiliaryKw: vehicle.auxiliaryKw,
    peakKw: vehicle.engineKw,
    regenerationKw: 0,
    taperWh: 0,
    basePerH: fuelFactor * vehicle.willansBaseGPerH,
    slopePerKwh: fuelFactor * vehicle.willansSlopeGPerKwh,
    floorPerH: 0,
    idlePerS: (fuelFactor * vehicle.idleLPerH * DIESEL_G_PER_L) / 3600,
    lowSpeedInertiaKg: vehicle.lowSpeedInertiaKg,
  };
}

function batteryModel(vehicle: BatteryVehicle): EnergyModel {
  const { driveEfficiency, regenerationEfficiency, auxiliaryKw } = vehicle;
  return {
    regenerates: true,
    tractionFactor: 1 / driveEfficiency,
    overrunFactor: regenerationEfficiency,
    drivelineForceN: vehicle.drivelineForceN,
    auxiliaryKw,
    // Auxiliaries are fed by the battery and not by the motor.
    peakKw: vehicle.motorKw + auxiliaryKw,
    regenerationKw: vehicle.regenerationKw,
    taperWh: TAPER_SHARE * (vehicle.usableBatteryKwh ?? 0) * WH_PER_KWH,
    basePerH: 0,
    slopePerKwh: WH_PER_KWH,
    floorPerH: -Infinity,
    idlePerS: (auxiliaryKw * WH_PER_KWH) / 3600,
    lowSpeedInertiaKg: 0,
  };
}

/**
 * Power drawn in kW for a force in N at the wheels: driveline losses and auxiliaries on top. It rises
 * with the force. Held wheels that turn slower than the driveline's own drag still take power.
 *
 * @param share - of the power that the motor takes back, see {@link regenerationShare}; default all
 */
export function powerForForceKw(
  model: EnergyModel,
  forceN: number,
  speedMps: number,
  share = 1,
): number {
  const wheelKw = (forceN * speedMps) / 1000;
  const dragKw = (model.drivelineForceN * speedMps) / 1000;
  if (wheelKw >= 0) return wheelKw * model.tractionFactor + dragKw + model.auxiliaryKw;
  if (!model.regenerates) return wheelKw * model.overrunFactor + dragKw + model.auxiliaryKw;
  const heldKw = -wheelKw - dragKw;
  if (heldKw <= 0) return model.auxiliaryKw - heldKw;
  return model.auxiliaryKw - Math.min(heldKw, share * model.regenerationKw) * model.overrunFactor;
}

/** Share of its power that a motor takes back when there is so much room in the battery, Wh. */
export function regenerationShare({ taperWh }: EnergyModel, roomWh: number): number {
  return roomWh < taperWh ? Math.max(0, roomWh / taperWh) : 1;
}

/** Energy flow per second while moving, at a power drawn: a Willans line, or the battery's own. */
export function energyForPowerPerS(model: EnergyModel, powerKw: number): number {
  return Math.max(model.floorPerH, model.basePerH + model.slopePerKwh * powerKw) / 3600;
}

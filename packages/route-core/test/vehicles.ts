import type { ElectricityRates, Rates } from "../src/costing/rates.ts";
import type { SpeedRules } from "../src/costing/speed-rules.ts";
import type { BatteryVehicle, DieselVehicle } from "../src/costing/vehicle-profile.ts";

/* Freight model, section 3.6; the same parameters as the profiles of a real region. */

export const VAN: DieselVehicle = {
  id: "van-3.5t",
  name: "Van 3.5 t",
  energy: "diesel",
  accessKind: "van",
  kerbKg: 2150,
  maxPayloadKg: 1350,
  dragAreaM2: 1.75,
  crosswindFactor: 0.08,
  rollingResistance: 0.0085,
  drivelineForceN: 60,
  drivelineLoss: 0.05,
  engineKw: 105,
  willansBaseGPerH: 480,
  willansSlopeGPerKwh: 203,
  auxiliaryKw: 0.8,
  idleLPerH: 0.6,
  lowSpeedInertiaKg: 900,
  maxSpeedKmh: 112,
  limitsDownhill: false,
  heightM: 2.8,
  widthM: 2.1,
  lengthM: 6,
  maxAxleLoadT: 2.2,
};

export const RIGID: DieselVehicle = {
  id: "rigid-18t",
  name: "Rigid truck 18 t",
  energy: "diesel",
  accessKind: "hgv",
  kerbKg: 9000,
  maxPayloadKg: 9000,
  dragAreaM2: 5.4,
  crosswindFactor: 0.17,
  rollingResistance: 0.006,
  drivelineForceN: 190,
  drivelineLoss: 0.06,
  engineKw: 185,
  willansBaseGPerH: 820,
  willansSlopeGPerKwh: 189,
  auxiliaryKw: 3.5,
  idleLPerH: 1.9,
  lowSpeedInertiaKg: 4500,
  maxSpeedKmh: 90,
  limitsDownhill: true,
  heightM: 3.8,
  widthM: 2.55,
  lengthM: 10.5,
  maxAxleLoadT: 11.5,
};

export const ARTIC: DieselVehicle = {
  id: "artic-40t",
  name: "Articulated truck 40 t",
  energy: "diesel",
  accessKind: "hgv",
  kerbKg: 14700,
  maxPayloadKg: 25300,
  dragAreaM2: 5.6,
  crosswindFactor: 0.27,
  rollingResistance: 0.0057,
  drivelineForceN: 205,
  drivelineLoss: 0.07,
  engineKw: 330,
  willansBaseGPerH: 1100,
  willansSlopeGPerKwh: 180,
  auxiliaryKw: 4.5,
  idleLPerH: 2.5,
  lowSpeedInertiaKg: 9000,
  maxSpeedKmh: 90,
  limitsDownhill: true,
  heightM: 4,
  widthM: 2.55,
  lengthM: 16.5,
  maxAxleLoadT: 11.5,
};

export const BATTERY_ARTIC: BatteryVehicle = {
  id: "bev-artic-42t",
  name: "Battery articulated truck 42 t",
  energy: "battery",
  accessKind: "hgv",
  kerbKg: 18300,
  maxPayloadKg: 23700,
  dragAreaM2: 5,
  crosswindFactor: 0.27,
  rollingResistance: 0.0052,
  drivelineForceN: 100,
  motorKw: 400,
  driveEfficiency: 0.88,
  regenerationEfficiency: 0.78,
  regenerationKw: 350,
  usableBatteryKwh: 480,
  auxiliaryKw: 3.5,
  maxSpeedKmh: 90,
  limitsDownhill: true,
  heightM: 4.2,
  widthM: 2.55,
  lengthM: 16.5,
  maxAxleLoadT: 11.5,
};

export const VEHICLES: readonly DieselVehicle[] = [VAN, RIGID, ARTIC];

export const SPEED_RULES: SpeedRules = {
  classes: {
    motorway: { defaultKmh: 110, truckLimitKmh: 90, practicalShare: 1 },
    motorway_link: { defaultKmh: 60, truckLimitKmh: 80, practicalShare: 0.8 },
    trunk: { defaultKmh: 90, truckLimitKmh: 80, practicalShare: 0.95 },
    trunk_link: { defaultKmh: 50, truckLimitKmh: 60, practicalShare: 0.8 },
    primary: { defaultKmh: 70, truckLimitKmh: 70, practicalShare: 0.9 },
    primary_link: { defaultKmh: 50, truckLimitKmh: 60, practicalShare: 0.8 },
    secondary: { defaultKmh: 60, truckLimitKmh: 60, practicalShare: 0.85 },
    secondary_link: { defaultKmh: 45, truckLimitKmh: 60, practicalShare: 0.8 },
    tertiary: { defaultKmh: 50, truckLimitKmh: 60, practicalShare: 0.8 },
    tertiary_link: { defaultKmh: 40, truckLimitKmh: 60, practicalShare: 0.8 },
    unclassified: { defaultKmh: 40, truckLimitKmh: 60, practicalShare: 0.7 },
    residential: { defaultKmh: 30, truckLimitKmh: 50, practicalShare: 0.7 },
    living_street: { defaultKmh: 10, truckLimitKmh: 20, practicalShare: 1 },
    road: { defaultKmh: 30, truckLimitKmh: 50, practicalShare: 0.7 },
    service: { defaultKmh: 15, truckLimitKmh: 30, practicalShare: 0.6 },
  },
};

export const RATES: Rates = {
  currency: "EUR",
  driverPerH: 23,
  standingPerH: 15,
  runningPerKm: 0.16,
  dieselPerL: 1.2,
  dieselTtwKgPerL: 2.58354,
  dieselWttKgPerL: 0.61101,
  tollByFacility: {},
};

/** A depot's price, and a grid as dirty as Germany's. */
export const ELECTRICITY: ElectricityRates = { perKwh: 0.2, wttKgPerKwh: 0.363 };

import { energyForPowerPerS, powerForForceKw, regenerationShare } from "../costing/energy-model.ts";
import { groundForceN, inertiaKg, type LoadedVehicle } from "../costing/longitudinal.ts";
import type { CourseSteps } from "./course-steps.ts";
import { sidewaysMps2 } from "./curve-speed.ts";
import { driverAccelerationMps2 } from "./driver-curves.ts";
import { airForceN, type DriveTables, speedOnGrade } from "./drive-tables.ts";
import { fillSpeedEnvelope } from "./speed-envelope.ts";

/** A step is never driven slower than this on average, m/s; also where power over speed is cut. */
const CREEP_MPS = 0.3;

/** Columns that a drive works in; one more row than the course has steps. */
export interface DriveScratch {
  /** 1 for each step at whose end the drive stops. */
  readonly isStop: Uint8Array;
  readonly envelopeMps: Float64Array;
  /** Speed at every border between steps, m/s; 0 where the drive stops. */
  readonly speedMps: Float64Array;
}

/** What a drive takes. */
export interface Driven {
  readonly seconds: number;
  /**
   * On balance, in the unit of the vehicle's carrier: grams of diesel, or watt-hours. What a battery
   * that is nearly full could not take is lost.
   */
  readonly energy: number;
  /** The most that was drawn on balance at any place, in the same unit. */
  readonly deepest: number;
}

/** Room for driving a course. */
export function createDriveScratch(steps: CourseSteps): DriveScratch {
  const rows = steps.lengthM.length + 1;
  return {
    isStop: new Uint8Array(rows - 1),
    envelopeMps: new Float64Array(rows),
    speedMps: new Float64Array(rows),
  };
}

/**
 * Drives a course once with its speed carried from step to step: the backward pass says where to
 * brake, the forward pass what full power and the driver make of it. Within a step the acceleration
 * is constant.
 *
 * @param tablesOf - of the vehicle, by class of the wind
 * @param headroom - what a battery takes back before it is full, in the unit of energy
 * @param scratch - rows for the steps, its stops marked; holds the speeds afterwards
 */
export function driveSteps(
  loaded: LoadedVehicle,
  tablesOf: readonly DriveTables[],
  steps: CourseSteps,
  headroom: number,
  scratch: DriveScratch,
): Driven {
  const { lengthM, gradeRatio, windClass, stopWaitS } = steps;
  const { isStop, envelopeMps, speedMps } = scratch;
  fillSpeedEnvelope(steps, tablesOf[0]!, sidewaysMps2(loaded.vehicle), isStop, envelopeMps);
  const { model } = loaded;
  let seconds = 0;
  let energy = 0;
  let deepest = 0;
  let fromMps = 0;
  speedMps[0] = 0;
  for (let step = 0; step < lengthM.length; step++) {
    const metres = lengthM[step]!;
    const tables = tablesOf[windClass[step]!]!;
    const groundN = groundForceN(loaded, gradeRatio[step]!);
    const powerMps = speedOnGrade(tables.powerMps, gradeRatio[step]!);
    const mostMps = envelopeMps[step + 1]!;
    // Power that suffices for the speed it comes with suffices for what is no faster.
    const isHeld = fromMps <= powerMps && mostMps <= fromMps;
    const toMps = isHeld
      ? mostMps
      : Math.min(mostMps, fullPowerSpeed(loaded, tables, fromMps, groundN, powerMps, metres));
    const stepS = metres / Math.max(CREEP_MPS, (fromMps + toMps) / 2);
    const forceN = forceOver(loaded, tables, fromMps, toMps, groundN, metres);
    seconds += stepS;
    const share = regenerationShare(model, headroom + energy);
    const powerKw = powerForForceKw(model, forceN, metres / stepS, share);
    energy += stepS * energyForPowerPerS(model, powerKw);
    if (isStop[step] === 1) {
      seconds += stopWaitS[step]!;
      energy += stopWaitS[step]! * model.idlePerS;
    }
    if (energy < -headroom) energy = -headroom;
    else if (energy > deepest) deepest = energy;
    speedMps[step + 1] = toMps;
    fromMps = toMps;
  }
  return { seconds, energy, deepest };
}

/**
 * Speed after some metres at full power, m/s, by the midpoint rule in v^2. It approaches the speed at
 * which power and resistance are equal, and never passes it: near that speed a slow truck would
 * otherwise swing.
 */
function fullPowerSpeed(
  loaded: LoadedVehicle,
  tables: DriveTables,
  fromMps: number,
  groundN: number,
  powerMps: number,
  metres: number,
): number {
  const from2 = fromMps * fromMps;
  const half2 = from2 + accelerationMps2(loaded, tables, fromMps, groundN) * metres;
  const halfMps = Math.sqrt(Math.max(0, half2));
  const to2 = from2 + 2 * accelerationMps2(loaded, tables, halfMps, groundN) * metres;
  const toMps = Math.sqrt(Math.max(0, to2));
  if (fromMps <= powerMps) return Math.min(powerMps, Math.max(fromMps, toMps));
  return Math.max(powerMps, Math.min(fromMps, toMps));
}

/** Acceleration at full power, as far as the driver asks for it, m/s^2. */
function accelerationMps2(
  loaded: LoadedVehicle,
  tables: DriveTables,
  speedMps: number,
  groundN: number,
): number {
  const { peakKw, auxiliaryKw, drivelineForceN, tractionFactor } = loaded.model;
  const engineW = 1000 * (peakKw - auxiliaryKw) - drivelineForceN * speedMps;
  const tractionN = engineW / tractionFactor / Math.max(CREEP_MPS, speedMps);
  const netN = tractionN - groundN - airForceN(tables, speedMps);
  return Math.min(driverAccelerationMps2(speedMps), netN / inertiaKg(loaded, speedMps, netN > 0));
}

/** Force at the wheels over a step, N: its work changes the speed from one end to the other. */
function forceOver(
  loaded: LoadedVehicle,
  tables: DriveTables,
  fromMps: number,
  toMps: number,
  groundN: number,
  metres: number,
): number {
  // v^2 is linear in distance, and so is the force of the air.
  const change2 = toMps * toMps - fromMps * fromMps;
  const squareMps = Math.sqrt(fromMps * fromMps + change2 / 2);
  const inertia = inertiaKg(loaded, (fromMps + toMps) / 2, change2 > 0);
  return groundN + airForceN(tables, squareMps) + (inertia * change2) / (2 * metres);
}

import type { LoadedVehicle } from "../../src/costing/longitudinal.ts";
import type { DieselVehicle } from "../../src/costing/vehicle-profile.ts";
import type { CoursePiece } from "../../src/evaluation/course-steps.ts";

const GRAVITY = 9.81;
const STEP_S = 0.02;
const STEP_M = 0.1;

/**
 * Drives pieces without stops from rest to rest by small steps of time instead of distance, with the
 * equations written out again.
 */
export function driveByTime(
  { vehicle, massKg, rollingResistance }: LoadedVehicle<DieselVehicle>,
  pieces: readonly CoursePiece[],
): { readonly seconds: number; readonly energy: number } {
  const brakes = brakingCurve(pieces);
  const ends = pieces.map((_, index) =>
    pieces.slice(0, index + 1).reduce((sum, { lengthM }) => sum + lengthM, 0),
  );
  let [atM, speedMps, seconds, energy, index] = [0, 0, 0, 0, 0];
  // Steps of time do not end on the very spot: the last decimetre is braked in one go, without fuel.
  while (atM < ends.at(-1)! - STEP_M) {
    while (atM >= ends[index]!) index++;
    const { gradeRatio } = pieces[index]!;
    const angle = Math.atan(gradeRatio);
    const kmh = Math.max(1, speedMps * 3.6);
    const crosswind = vehicle.crosswindFactor * Math.min(1, (60 / kmh) ** 1.45);
    const airN = 0.5 * 1.225 * vehicle.dragAreaM2 * (1 + crosswind) * speedMps ** 2;
    const resistN =
      massKg * GRAVITY * (rollingResistance * Math.cos(angle) + Math.sin(angle)) + airN;
    const engineW =
      1000 * (vehicle.engineKw - vehicle.auxiliaryKw) - vehicle.drivelineForceN * speedMps;
    const tractionN = engineW / (1 + vehicle.drivelineLoss) / Math.max(0.3, speedMps);
    const shifting = vehicle.lowSpeedInertiaKg * Math.max(0, 1 - speedMps / 12);
    const gain = tractionN > resistN;
    const inertiaKg = massKg * 1.035 + (gain ? shifting : 0);
    const willingMps2 = kmh <= 25 ? 1 : kmh >= 60 ? 0.5 : 1 - (0.5 * (kmh - 25)) / 35;
    const possibleMps2 = Math.min(willingMps2, (tractionN - resistN) / inertiaKg);
    const brakedMps = speedAt(brakes, atM + speedMps * STEP_S);
    const nextMps = Math.min(brakedMps, speedMps + possibleMps2 * STEP_S);
    const forceN = resistN + (inertiaKg * (nextMps - speedMps)) / STEP_S;
    const wheelKw = (forceN * (speedMps + nextMps)) / 2 / 1000;
    const loss = wheelKw >= 0 ? 1 + vehicle.drivelineLoss : 1 - vehicle.drivelineLoss;
    const powerKw =
      wheelKw * loss + (vehicle.drivelineForceN * speedMps) / 1000 + vehicle.auxiliaryKw;
    energy +=
      (Math.max(0, vehicle.willansBaseGPerH + vehicle.willansSlopeGPerKwh * powerKw) * STEP_S) /
      3600;
    seconds += STEP_S;
    atM += ((speedMps + nextMps) / 2) * STEP_S;
    speedMps = nextMps;
  }
  return { seconds: seconds + (2 * (ends.at(-1)! - atM)) / speedMps, energy };
}

/** Speed of a braking curve at a place; a staircase would make the driver press both pedals in turn. */
function speedAt(brakes: readonly number[], atM: number): number {
  const at = Math.floor(atM / STEP_M);
  const before = brakes[at] ?? 0;
  return before + ((brakes[at + 1] ?? 0) - before) * (atM / STEP_M - at);
}

/** Speed from which the driver can still brake, at every decimetre. */
function brakingCurve(pieces: readonly CoursePiece[]): number[] {
  const limits: number[] = [];
  let endM = 0;
  for (const { lengthM, limitMps } of pieces) {
    endM += lengthM;
    while (limits.length * STEP_M < endM) limits.push(limitMps);
  }
  const curve: number[] = [];
  let aheadMps = 0;
  for (const limitMps of limits.toReversed()) {
    const kmh = aheadMps * 3.6;
    const brakingMps2 = kmh <= 50 ? 1 : kmh >= 60 ? 0.5 : 1 - (kmh - 50) / 20;
    aheadMps = Math.min(limitMps, Math.sqrt(aheadMps ** 2 + 2 * brakingMps2 * STEP_M));
    curve.push(aheadMps);
  }
  return curve.toReversed();
}

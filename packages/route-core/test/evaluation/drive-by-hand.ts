import type { LoadedVehicle } from "../../src/costing/longitudinal.ts";
import type { DieselVehicle } from "../../src/costing/vehicle-profile.ts";
import type { CoursePiece } from "../../src/evaluation/course-steps.ts";
import type { CourseProfile, RouteCourse } from "../../src/evaluation/route-course.ts";
import {
  CONTROL_GIVE_WAY,
  CONTROL_KIND_MASK,
  CONTROL_SIGNALS,
  CONTROL_STOP,
} from "../../src/graph/routing-graph.ts";
import { driveByTime } from "./drive-oracle.ts";

/** A target speed in km/h as far as engine brake and retarder allow it. */
function heldByHand(vehicle: DieselVehicle, targetKmh: number, grade: number): number {
  const steps = [0.04, 0.06, 0.08, 0.1, 0.2];
  const speeds = [90, 64, 48, 32, 15];
  let kmh = targetKmh;
  for (let row = 1; row < steps.length && vehicle.limitsDownhill; row++) {
    const [from, to] = [steps[row - 1]!, steps[row]!];
    if (-grade <= from || -grade > to) continue;
    const share = (-grade - from) / (to - from);
    kmh = Math.min(kmh, speeds[row - 1]! + (speeds[row]! - speeds[row - 1]!) * share);
  }
  return kmh;
}

/** Steady driving as docs/costing.md writes it down, computed without the code under test. */
export function paceByHand(
  { vehicle, massKg }: LoadedVehicle<DieselVehicle>,
  targetKmh: number,
  gradeRatio: number,
): readonly [secondsPerM: number, energyPerM: number] {
  const halfLoadedKg = vehicle.kerbKg + vehicle.maxPayloadKg / 2;
  const crr = vehicle.rollingResistance * (massKg / halfLoadedKg) ** -0.1;
  const grade = Math.max(-0.2, Math.min(0.2, gradeRatio));
  const powerKw = (mps: number): number => {
    const angle = Math.atan(grade);
    const drag =
      vehicle.dragAreaM2 *
      (1 + vehicle.crosswindFactor * Math.min(1, (60 / Math.max(1, 3.6 * mps)) ** 1.45));
    const forceN =
      massKg * 9.81 * (crr * Math.cos(angle) + Math.sin(angle)) + (1.225 / 2) * drag * mps ** 2;
    const share = forceN >= 0 ? 1 + vehicle.drivelineLoss : 1 - vehicle.drivelineLoss;
    return (forceN * mps * share + vehicle.drivelineForceN * mps) / 1000 + vehicle.auxiliaryKw;
  };
  const kmh = heldByHand(vehicle, targetKmh, grade);
  let [slow, fast] = [1 / 3.6, kmh / 3.6];
  for (let round = 0; round < 60 && powerKw(kmh / 3.6) > vehicle.engineKw; round++) {
    const middle = (slow + fast) / 2;
    if (powerKw(middle) <= vehicle.engineKw) slow = middle;
    else fast = middle;
  }
  const gramsPerH = vehicle.willansBaseGPerH + vehicle.willansSlopeGPerKwh * powerKw(fast);
  return [1 / fast, Math.max(0, gramsPerH) / 3600 / fast];
}

/** Where each curve ends along a course, and the speed it allows. */
export type CurveSpeeds = readonly { readonly endM: number; readonly mps: number }[];

/** A course from one cut to the next, each looked up by its middle. */
function piecesByHand(
  course: RouteCourse,
  profile: CourseProfile,
  curves: CurveSpeeds,
): CoursePiece[] {
  const { distanceM, gradeRatio } = profile;
  const changesM = [...course.stretchEndM, ...course.stopAtM, ...curves.map(({ endM }) => endM)];
  const cuts = [...distanceM, ...changesM, course.lengthM]
    .filter((atM) => atM <= course.lengthM)
    .sort((a, b) => a - b);
  return cuts.slice(1).flatMap((endM, at) => {
    const lengthM = endM - cuts[at]!;
    const middleM = endM - lengthM / 2;
    const stretch = course.stretchEndM.findIndex((end) => end >= middleM);
    const segment = distanceM.findLastIndex((fromM) => fromM <= middleM);
    const grade = gradeRatio[Math.min(segment, gradeRatio.length - 1)]!;
    const curve = curves.find((one) => one.endM >= middleM);
    const limitMps = Math.min(course.stretchKmh[stretch]! / 3.6, curve?.mps ?? Infinity);
    const gradeRatioAt = Number.isNaN(grade) ? 0 : Math.max(-0.2, Math.min(0.2, grade));
    return lengthM < 1e-6 ? [] : [{ lengthM, limitMps, gradeRatio: gradeRatioAt }];
  });
}

const CHANCES: Readonly<Record<number, readonly [chance: number, waitS: number]>> = {
  [CONTROL_SIGNALS]: [0.5, 17],
  [CONTROL_STOP]: [1, 3],
  [CONTROL_GIVE_WAY]: [0.5, 3],
};

/** What standing at controls takes when each stops with its chance. */
function waitsByHand(
  course: RouteCourse,
  { vehicle }: LoadedVehicle<DieselVehicle>,
): [number, number] {
  const seconds = course.stopKind.reduce((sum, kind) => {
    const [chance, waitS] = CHANCES[kind & CONTROL_KIND_MASK]!;
    return sum + chance * waitS;
  }, 0);
  return [seconds, (seconds * vehicle.idleLPerH * 836) / 3600];
}

/** Drives a course piece by piece at its steady speed, as the search does; changes of speed are free. */
export function driveSteadily(
  course: RouteCourse,
  loaded: LoadedVehicle<DieselVehicle>,
  profile: CourseProfile,
  curves: CurveSpeeds,
) {
  let [seconds, energy] = waitsByHand(course, loaded);
  for (const { lengthM, limitMps, gradeRatio } of piecesByHand(course, profile, curves)) {
    const [secondsPerM, energyPerM] = paceByHand(loaded, limitMps * 3.6, gradeRatio);
    seconds += lengthM * secondsPerM;
    energy += lengthM * energyPerM;
  }
  return { seconds, energy };
}

/** Places of a course that stop for sure, and those that stop every other time, in driving order. */
function stopsByHand({ stopKind, stopAtM }: RouteCourse) {
  const certainM: number[] = [];
  const evenM: number[] = [];
  const chanceAt = (atM: number): number =>
    Math.max(
      ...Array.from(stopKind, (kind, at) =>
        Math.abs(stopAtM[at]! - atM) < 1e-6 ? CHANCES[kind & CONTROL_KIND_MASK]![0] : 0,
      ),
    );
  for (const [at, atM] of stopAtM.entries()) {
    if (at > 0 && atM - stopAtM[at - 1]! < 1e-6) continue;
    (chanceAt(atM) === 1 ? certainM : evenM).push(atM);
  }
  return { certainM, evenM };
}

/** Drives a course by small steps of time, twice: each time with every other stop that is not certain. */
export function driveCarried(
  course: RouteCourse,
  loaded: LoadedVehicle<DieselVehicle>,
  profile: CourseProfile,
  curves: CurveSpeeds,
) {
  const { vehicle } = loaded;
  const { certainM, evenM } = stopsByHand(course);
  const pieces = piecesByHand(course, profile, curves).map((piece) => {
    const kmh = heldByHand(vehicle, piece.limitMps * 3.6, piece.gradeRatio);
    return { ...piece, limitMps: kmh / 3.6 };
  });
  let [seconds, energy] = waitsByHand(course, loaded);
  for (const parity of [0, 1]) {
    const stopsM = [...certainM, ...evenM.filter((_, at) => at % 2 === parity)];
    let leg: CoursePiece[] = [];
    let atM = 0;
    const finish = (): void => {
      const driven = driveByTime(loaded, leg);
      seconds += driven.seconds / 2;
      energy += driven.energy / 2;
      leg = [];
    };
    for (const piece of pieces) {
      leg.push(piece);
      atM += piece.lengthM;
      const here = stopsM.some((stopM) => Math.abs(stopM - atM) < 1e-6);
      if (here && atM < course.lengthM - 1e-6) finish();
    }
    finish();
  }
  return { seconds, energy };
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { energyModelOf } from "../../src/costing/energy-model.ts";
import { loadVehicle, type LoadedVehicle } from "../../src/costing/longitudinal.ts";
import { powerLimitedSpeedKmh } from "../../src/costing/speed-on-grade.ts";
import type { DieselVehicle } from "../../src/costing/vehicle-profile.ts";
import { createCourseDriver } from "../../src/evaluation/course-driver.ts";
import { type CoursePiece, layCourseSteps } from "../../src/evaluation/course-steps.ts";
import { createDriveScratch, type Driven, driveSteps } from "../../src/evaluation/drive-steps.ts";
import { buildDriveTables } from "../../src/evaluation/drive-tables.ts";
import { anyLoaded, anyVehicle } from "../any-vehicle.ts";
import { ARTIC, RIGID, VAN } from "../vehicles.ts";
import { driveByTime } from "./drive-oracle.ts";

const drive = (loaded: LoadedVehicle, pieces: readonly CoursePiece[]): Driven =>
  createCourseDriver(loaded)(layCourseSteps(pieces));

/** Speeds at the borders of steps with every stop made. */
function speedsOf(loaded: LoadedVehicle, pieces: readonly CoursePiece[]): Float64Array {
  const steps = layCourseSteps(pieces);
  const scratch = createDriveScratch(steps);
  scratch.isStop.set(steps.stopChance.map((chance) => Math.ceil(chance)));
  driveSteps(loaded, buildDriveTables(loaded), steps, 0, scratch);
  return scratch.speedMps;
}

const road = (lengthM: number, limitKmh: number, gradePercent: number): CoursePiece => ({
  lengthM,
  limitMps: limitKmh / 3.6,
  gradeRatio: gradePercent / 100,
});
const stop = (chance: number): NonNullable<CoursePiece["stop"]> => ({ chance, waitS: 20 });

const piece = fc
  .record({
    lengthM: fc.double({ min: 1, max: 600, noNaN: true }),
    limitKmh: fc.double({ min: 10, max: 90, noNaN: true }),
    gradePercent: fc.double({ min: -8, max: 8, noNaN: true }),
    radiusM: fc.option(fc.double({ min: 15, max: 400, noNaN: true }), { nil: undefined }),
    stops: fc.boolean(),
  })
  .map(({ lengthM, limitKmh, gradePercent, radiusM, stops }): CoursePiece => ({
    ...road(lengthM, limitKmh, gradePercent),
    ...(radiusM === undefined ? {} : { radiusM }),
    ...(stops ? { stop: stop(0.5) } : {}),
  }));
const courses = fc.array(piece, { minLength: 1, maxLength: 12 });

describe("a drive with its speed carried along", () => {
  it.each<readonly [string, DieselVehicle, readonly CoursePiece[]]>([
    ["drives on the level", ARTIC, [road(4000, 85, 0)]],
    ["takes a ramp with momentum", ARTIC, [road(2000, 85, 0), road(1500, 85, 4)]],
    ["picks up again behind it", RIGID, [road(1000, 80, 0), road(900, 80, 6), road(1500, 80, 0)]],
    ["starts uphill", RIGID, [road(1500, 50, 8)]],
    ["rolls down without fuel", VAN, [road(500, 70, 0), road(1000, 70, -3)]],
    ["brakes for a village", ARTIC, [road(1500, 80, 1), road(600, 30, 0), road(1500, 70, -1)]],
  ])("agrees with small steps of time when it %s", (_name, vehicle, pieces) => {
    const truck = loadVehicle(vehicle, vehicle.maxPayloadKg);
    const driven = drive(truck, pieces);
    const byTime = driveByTime(truck, pieces);
    expect(Math.abs(driven.seconds / byTime.seconds - 1)).toBeLessThan(0.01);
    expect(Math.abs(driven.energy / byTime.energy - 1)).toBeLessThan(0.01);
  });

  it("loses no energy: all work goes into slope, rolling and air", () => {
    fc.assert(
      fc.property(anyLoaded, courses, (given, pieces) => {
        // A lossless driveline and a fuel flow that is never cut off make fuel count all work.
        const base = 1e6;
        const vehicle = {
          ...given.vehicle,
          drivelineLoss: 0,
          drivelineForceN: 0,
          auxiliaryKw: 0,
          idleLPerH: 0,
          lowSpeedInertiaKg: 0,
          crosswindFactor: 0,
          willansBaseGPerH: base,
          willansSlopeGPerKwh: 1000,
        };
        const truck = { ...given, vehicle, model: energyModelOf(vehicle) };
        const driving = pieces.map(({ stop: _, ...rest }) => rest);
        const { seconds, energy } = drive(truck, driving);
        const workJ = (energy - (base * seconds) / 3600) * 3600;
        const speeds = speedsOf(truck, driving);
        const { lengthM, gradeRatio } = layCourseSteps(driving);
        let resistedJ = 0;
        let scaleJ = 0;
        for (const [step, metres] of lengthM.entries()) {
          const angle = Math.atan(gradeRatio[step]!);
          const square = (speeds[step]! ** 2 + speeds[step + 1]! ** 2) / 2;
          const rollN = truck.massKg * 9.81 * truck.rollingResistance * Math.cos(angle);
          const slopeN = truck.massKg * 9.81 * Math.sin(angle);
          const airN = 0.5 * 1.225 * vehicle.dragAreaM2 * square;
          resistedJ += metres * (rollN + slopeN + airN);
          scaleJ += metres * (rollN + Math.abs(slopeN) + airN) + 0.5 * truck.massKg * square;
        }
        // The base is taken off again, and leaves its rounding.
        const roundingJ = 1e-12 * base * seconds;
        expect(Math.abs(workJ - resistedJ)).toBeLessThan(1e-9 * scaleJ + roundingJ);
      }),
    );
  });

  it("never breaks a limit, of law or curve, nor brakes harder than its driver does", () => {
    fc.assert(
      fc.property(anyLoaded, courses, (truck, pieces) => {
        const speeds = speedsOf(truck, pieces);
        const steps = layCourseSteps(pieces);
        const sideways = truck.vehicle.accessKind === "van" ? 2.5 : 1.5;
        for (const [step, metres] of steps.lengthM.entries()) {
          const limit = Math.min(steps.limitMps[step]!, Math.sqrt(sideways * steps.radiusM[step]!));
          expect(Math.max(speeds[step]!, speeds[step + 1]!)).toBeLessThanOrEqual(limit + 1e-9);
          const slowdown = (speeds[step]! ** 2 - speeds[step + 1]! ** 2) / (2 * metres);
          const steepMps2 = 9.81 * Math.max(0, steps.gradeRatio[step]!) + 0.1;
          expect(slowdown).toBeLessThanOrEqual(1 + steepMps2);
          if (steps.stopChance[step]! > 0) expect(speeds[step + 1]).toBe(0);
        }
        expect(speeds[0]).toBe(0);
        expect(speeds.at(-1)).toBe(0);
      }),
    );
  });

  it("takes no less than the limits allow, and never makes fuel", () => {
    fc.assert(
      fc.property(anyLoaded, courses, (truck, pieces) => {
        const { seconds, energy } = drive(truck, pieces);
        const least = pieces.reduce((sum, { lengthM, limitMps }) => sum + lengthM / limitMps, 0);
        expect(seconds).toBeGreaterThanOrEqual(least);
        expect(energy).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("is never cheaper with more load there and back", () => {
    const shares = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(anyVehicle, shares, shares, courses, (vehicle, a, b, there) => {
        const back = there.toReversed().map((part) => ({ ...part, gradeRatio: -part.gradeRatio }));
        const [light, heavy] = [Math.min(a, b), Math.max(a, b)].map((share) =>
          drive(loadVehicle(vehicle, share * vehicle.maxPayloadKg), [...there, ...back]),
        );
        expect(heavy!.energy).toBeGreaterThanOrEqual(light!.energy * (1 - 1e-9));
        expect(heavy!.seconds).toBeGreaterThanOrEqual(light!.seconds * (1 - 1e-9));
      }),
    );
  });

  it("costs a hill at least as much as the level where power holds the speed", () => {
    const climbs = fc.double({ min: 0, max: 0.03, noNaN: true });
    fc.assert(
      fc.property(anyLoaded, climbs, fc.integer({ min: 30, max: 80 }), (truck, grade, kmh) => {
        fc.pre(powerLimitedSpeedKmh(truck, grade) > kmh + 1);
        const [there, back] = [road(3000, kmh, 100 * grade), road(3000, kmh, -100 * grade)];
        const ends = road(1500, kmh, 0);
        const hill = drive(truck, [ends, there, back, ends]);
        const level = drive(truck, [road(9000, kmh, 0)]);
        expect(hill.energy).toBeGreaterThanOrEqual(level.energy * 0.999);
      }),
    );
  });

  it("hardly minds where a course is cut into pieces", () => {
    const cuts = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    const climbs = fc.double({ min: 0, max: 4, noNaN: true });
    fc.assert(
      fc.property(anyLoaded, cuts, climbs, (truck, cut, grade) => {
        const lengthM = 20_000;
        const whole = drive(truck, [road(lengthM, 70, grade)]);
        const parts = drive(truck, [
          road(lengthM * cut, 70, grade),
          road(lengthM * (1 - cut), 70, grade),
        ]);
        expect(Math.abs(parts.seconds / whole.seconds - 1)).toBeLessThan(0.001);
        expect(Math.abs(parts.energy / whole.energy - 1)).toBeLessThan(0.001);
      }),
    );
  });
});

describe("stops that may be", () => {
  const truck = loadVehicle(ARTIC, 12_000);
  const course = (first: number, second: number): CoursePiece[] => [
    { ...road(800, 60, 1), ...(first > 0 ? { stop: stop(first) } : {}) },
    { ...road(700, 50, -1), ...(second > 0 ? { stop: stop(second) } : {}) },
    road(900, 60, 0),
  ];

  it("count with their chance", () => {
    const [none, both] = [drive(truck, course(0, 0)), drive(truck, course(1, 1))];
    const half = drive(truck, course(0.5, 0.5));
    expect(half.seconds).toBeCloseTo((none.seconds + both.seconds) / 2, 9);
    expect(half.energy).toBeCloseTo((none.energy + both.energy) / 2, 9);
    expect(both.seconds).toBeGreaterThan(none.seconds + 40);
  });

  it("count each with its own chance", () => {
    const [none, second, both] = [
      drive(truck, course(0, 0)),
      drive(truck, course(0, 1)),
      drive(truck, course(1, 1)),
    ];
    const mixed = drive(truck, course(0.2, 0.7));
    expect(mixed.seconds).toBeCloseTo(
      0.3 * none.seconds + 0.5 * second.seconds + 0.2 * both.seconds,
      9,
    );
    expect(mixed.energy).toBeCloseTo(
      0.3 * none.energy + 0.5 * second.energy + 0.2 * both.energy,
      9,
    );
  });
});

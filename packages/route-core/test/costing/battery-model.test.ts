import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { buildCostTable } from "../../src/costing/cost-table.ts";
import { powerForForceKw } from "../../src/costing/energy-model.ts";
import { drawnPowerKw, energyFlowPerS, loadVehicle } from "../../src/costing/longitudinal.ts";
import { buildSpeedChanges } from "../../src/costing/speed-change.ts";
import { createCourseDriver } from "../../src/evaluation/course-driver.ts";
import { layCourseSteps } from "../../src/evaluation/course-steps.ts";
import { LEVEL_GRADE } from "../../src/graph/grade-bins.ts";
import { anyBatteryVehicle, anyLoadedBattery } from "../any-vehicle.ts";
import { BATTERY_ARTIC } from "../vehicles.ts";

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const speeds = between(1, 31);
const forces = between(-60_000, 60_000);

/** Power at the battery as the freight model writes it (3.3), for forces that the motor can hold. */
function batteryKw(
  [driveEfficiency, regenerationEfficiency, dragN, auxiliaryKw, mostKw]: readonly number[],
  forceN: number,
  speedMps: number,
): number {
  const wheelKw = (forceN * speedMps) / 1000;
  const dragKw = (dragN! * speedMps) / 1000;
  if (wheelKw >= 0) return wheelKw / driveEfficiency! + dragKw + auxiliaryKw!;
  return -Math.min(-wheelKw - dragKw, mostKw!) * regenerationEfficiency! + auxiliaryKw!;
}

describe("a battery's power", () => {
  it("is that of the freight model", () => {
    fc.assert(
      fc.property(anyLoadedBattery, forces, speeds, ({ vehicle, model }, forceN, speed) => {
        const { driveEfficiency, regenerationEfficiency, regenerationKw } = vehicle;
        const { drivelineForceN, auxiliaryKw } = vehicle;
        // Between no force and the driveline's own drag the power is told by the test below.
        fc.pre(forceN >= 0 || forceN < -drivelineForceN);
        const numbers = [
          driveEfficiency,
          regenerationEfficiency,
          drivelineForceN,
          auxiliaryKw,
          regenerationKw,
        ];
        const written = batteryKw(numbers, forceN, speed);
        expect(Math.abs(powerForForceKw(model, forceN, speed) - written)).toBeLessThan(1e-9);
      }),
    );
  });

  it("rises with the force without a step: a headwind or a slope is never cheaper", () => {
    fc.assert(
      fc.property(
        anyLoadedBattery,
        forces,
        between(0, 500),
        speeds,
        ({ model }, low, more, speed) => {
          const rise =
            powerForForceKw(model, low + more, speed) - powerForForceKw(model, low, speed);
          expect(rise).toBeGreaterThanOrEqual(-1e-9);
          const steepest = Math.max(model.tractionFactor, 1);
          expect(rise).toBeLessThanOrEqual((more * speed * steepest) / 1000 + 1e-9);
        },
      ),
    );
  });

  it("is convex in the force", () => {
    fc.assert(
      fc.property(anyLoadedBattery, forces, forces, speeds, ({ model }, a, b, speed) => {
        const power = (forceN: number): number => powerForForceKw(model, forceN, speed);
        expect(power((a + b) / 2)).toBeLessThanOrEqual((power(a) + power(b)) / 2 + 1e-9);
      }),
    );
  });

  it("is never less with more load uphill or on the level", () => {
    const loads = between(0, 1);
    fc.assert(
      fc.property(
        anyBatteryVehicle,
        loads,
        loads,
        speeds,
        between(0, 0.2),
        (vehicle, a, b, speed, grade) => {
          const power = (share: number): number =>
            drawnPowerKw(loadVehicle(vehicle, share * vehicle.maxPayloadKg), speed, grade);
          expect(power(Math.max(a, b))).toBeGreaterThanOrEqual(power(Math.min(a, b)) - 1e-9);
        },
      ),
    );
  });
});

describe("a hill there and back", () => {
  it("loses what motor and battery do not return, and nothing else", () => {
    fc.assert(
      fc.property(anyLoadedBattery, between(1, 20), between(0.05, 0.12), (given, speed, grade) => {
        const model = { ...given.model, regenerationKw: Infinity };
        const truck = { ...given, model };
        const { driveEfficiency, regenerationEfficiency, drivelineForceN } = given.vehicle;
        const cosine = 1 / Math.hypot(1, grade);
        const weightN = given.massKg * 9.81 * cosine * grade;
        const levelN =
          (drawnPowerKw({ ...truck, model: LOSSLESS }, speed, grade) * 1000) / speed - weightN;
        // Down there the motor has to hold the truck.
        fc.pre(weightN > levelN + drivelineForceN);
        const perM = (slope: number): number => energyFlowPerS(truck, speed, slope) / speed;
        const wh = perM(grade) + perM(-grade);
        const lostN =
          (weightN + levelN) / driveEfficiency -
          (weightN - levelN) * regenerationEfficiency +
          drivelineForceN * (1 + regenerationEfficiency) +
          (2 * 1000 * model.auxiliaryKw) / speed;
        expect(Math.abs((wh * 3600) / lostN - 1)).toBeLessThan(1e-9);
        expect(wh).toBeGreaterThan(0);
      }),
    );
  });
});

/** All power at the wheels and nothing else. */
const LOSSLESS = {
  ...loadVehicle(BATTERY_ARTIC, 0).model,
  tractionFactor: 1,
  overrunFactor: 1,
  drivelineForceN: 0,
  auxiliaryKw: 0,
  regenerationKw: Infinity,
  idlePerS: 0,
};

describe("a stop", () => {
  it("costs what accelerating takes less what braking brings back", () => {
    fc.assert(
      fc.property(anyLoadedBattery, fc.integer({ min: 5, max: 100 }), (given, kmh) => {
        const { driveEfficiency, regenerationEfficiency } = given.vehicle;
        // Nothing but mass and its two efficiencies.
        const free = { drivelineForceN: 0, auxiliaryKw: 0, regenerationKw: Infinity };
        const model = { ...given.model, ...free };
        const truck = { ...given, model, rollingResistance: 0, airDensity: 0 };
        const table = buildCostTable(truck);
        const spent = { seconds: 0, energy: 0 };
        const row = table.row(kmh);
        buildSpeedChanges(truck, table).add(LEVEL_GRADE, row, 0, row, 1, spent);
        const kwh = (0.5 * truck.massKg * 1.035 * (kmh / 3.6) ** 2) / 3.6e6;
        const expected = 1000 * kwh * (1 / driveEfficiency - regenerationEfficiency);
        // Relative to what moves to and fro: hardly anything may be left of it.
        expect(Math.abs(spent.energy - expected) / (1000 * kwh)).toBeLessThan(1e-9);
      }),
    );
  });
});

describe("a battery truck that is driven", () => {
  const loaded = loadVehicle(BATTERY_ARTIC, 10_000);
  const down = { lengthM: 6000, limitMps: 20, gradeRatio: -0.05 };
  const up = { lengthM: 6000, limitMps: 20, gradeRatio: 0.05 };

  it("loses no energy: lossless, all of it goes into slope, rolling and air", () => {
    const vehicle = { ...BATTERY_ARTIC, crosswindFactor: 0, limitsDownhill: false };
    const truck = { ...loadVehicle(vehicle, 10_000), model: LOSSLESS };
    const pieces = [down, up, { ...up, gradeRatio: 0.01, stop: { chance: 1, waitS: 9 } }, down];
    const { energy } = createCourseDriver(truck)(layCourseSteps(pieces));
    const lossy = createCourseDriver({ ...truck, rollingResistance: 0, airDensity: 0 });
    const { energy: slope } = lossy(layCourseSteps(pieces));
    // From rest to rest: without rolling and air only the height is left.
    const cosine = (grade: number): number => 1 / Math.hypot(1, grade);
    const heightJ = pieces.reduce(
      (sum, { lengthM, gradeRatio }) =>
        sum + truck.massKg * 9.81 * lengthM * gradeRatio * cosine(gradeRatio),
      0,
    );
    expect(Math.abs((slope * 3600) / heightJ - 1)).toBeLessThan(1e-9);
    const rolling = truck.massKg * 9.81 * truck.rollingResistance * 24_000;
    expect((energy - slope) * 3600).toBeGreaterThan(0.99 * rolling);
  });

  it("tells the most that was drawn on the way, not only at the end", () => {
    const drive = createCourseDriver(loaded);
    const climb = drive(layCourseSteps([up]));
    const both = drive(layCourseSteps([up, down]));
    expect(both.energy).toBeLessThan(climb.energy * 0.7);
    expect(both.deepest).toBeGreaterThan(climb.energy * 0.95);
    // First down: a battery with room stores it, a full one does not.
    const room = drive(layCourseSteps([down, up]));
    const full = drive(layCourseSteps([down, up]), 0);
    // What it could not take is lost: it pays for the climb alone, which it begins at speed.
    expect(full.energy).toBeGreaterThan(room.energy + 11_000);
    const setOffWh = (0.5 * loaded.massKg * 1.035 * 20 ** 2) / 3600 / BATTERY_ARTIC.driveEfficiency;
    // It is not quite full at the bottom: just so far that it takes back what auxiliaries use.
    const { auxiliaryKw, regenerationKw, regenerationEfficiency } = BATTERY_ARTIC;
    const taperWh = 0.05 * 1000 * BATTERY_ARTIC.usableBatteryKwh!;
    const restWh = (auxiliaryKw * taperWh) / (regenerationKw * regenerationEfficiency);
    expect(Math.abs(full.energy / (climb.energy - setOffWh + restWh) - 1)).toBeLessThan(0.01);
    expect(room.deepest).toBeCloseTo(Math.max(room.energy, 0), -3);
    expect(full.deepest).toBeGreaterThan(room.deepest + 11_000);
  });
});

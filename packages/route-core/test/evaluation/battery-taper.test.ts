import { describe, expect, it } from "vitest";

import { loadVehicle } from "../../src/costing/longitudinal.ts";
import { createCourseDriver } from "../../src/evaluation/course-driver.ts";
import { layCourseSteps } from "../../src/evaluation/course-steps.ts";
import { createDriveScratch, driveSteps } from "../../src/evaluation/drive-steps.ts";
import { buildDriveTables } from "../../src/evaluation/drive-tables.ts";
import { BATTERY_ARTIC } from "../vehicles.ts";

const PAYLOAD_KG = 12_000;
const loaded = loadVehicle(BATTERY_ARTIC, PAYLOAD_KG);
const { usableBatteryKwh, regenerationKw, regenerationEfficiency, auxiliaryKw } = BATTERY_ARTIC;
const TAPER_KWH = 0.05 * usableBatteryKwh!;

/** A descent of 5 % between two level roads. */
const descent = (lengthM: number) =>
  layCourseSteps([
    { lengthM: 1000, limitMps: 60 / 3.6, gradeRatio: 0 },
    { lengthM, limitMps: 50 / 3.6, gradeRatio: -0.05 },
    { lengthM: 1000, limitMps: 60 / 3.6, gradeRatio: 0 },
  ]);
const steps = descent(12_000);
const drawnKwh = (roomKwh: number, over = steps): number =>
  createCourseDriver(loaded)(over, roomKwh * 1000).energy / 1000;

/**
 * What the same speeds take, by the formulas written out again and in pieces of a metre, with the power
 * that is taken back falling in a straight line from 95 % on.
 */
function drawnByHand(roomKwh: number): number {
  const { massKg, vehicle, rollingResistance } = loaded;
  const scratch = createDriveScratch(steps);
  driveSteps(loaded, buildDriveTables(loaded), steps, Infinity, scratch);
  let drawn = 0;
  for (const [step, lengthM] of steps.lengthM.entries()) {
    const [from, to] = [scratch.speedMps[step]!, scratch.speedMps[step + 1]!];
    const angle = Math.atan(steps.gradeRatio[step]!);
    const meanMps = Math.max(0.3, (from + to) / 2);
    const square = from ** 2 + (to ** 2 - from ** 2) / 2;
    const kmh = Math.max(1, 3.6 * Math.sqrt(square));
    const wind = vehicle.crosswindFactor * Math.min(1, (60 / kmh) ** 1.45);
    const airN = 0.5 * loaded.airDensity * vehicle.dragAreaM2 * (1 + wind) * square;
    const groundN = massKg * 9.81 * (rollingResistance * Math.cos(angle) + Math.sin(angle));
    const inertiaN = (massKg * 1.035 * (to ** 2 - from ** 2)) / (2 * lengthM);
    const wheelKw = ((groundN + airN + inertiaN) * meanMps) / 1000;
    const dragKw = (vehicle.drivelineForceN * meanMps) / 1000;
    const pieces = Math.ceil(lengthM);
    for (let piece = 0; piece < pieces; piece++) {
      const room = Math.max(0, roomKwh + drawn);
      const mostKw = regenerationKw * Math.min(1, room / TAPER_KWH);
      const heldKw = -wheelKw - dragKw;
      let powerKw = wheelKw / 0.88 + dragKw + auxiliaryKw;
      if (wheelKw < 0 && heldKw <= 0) powerKw = auxiliaryKw - heldKw;
      else if (wheelKw < 0) {
        powerKw = auxiliaryKw - Math.min(heldKw, mostKw) * regenerationEfficiency;
      }
      drawn += (powerKw * (lengthM / meanMps / pieces)) / 3600;
      drawn = Math.max(drawn, -roomKwh);
    }
  }
  return drawn;
}

describe("a battery that is nearly full", () => {
  it("takes back less and less power, as driving the same speeds by hand says", () => {
    for (const roomKwh of [0, 3, 8, 15, 24, 60, Infinity]) {
      expect(Math.abs(drawnKwh(roomKwh) - drawnByHand(roomKwh)), `${roomKwh}`).toBeLessThan(0.05);
    }
    expect(drawnKwh(0)).toBeGreaterThan(drawnKwh(8) + 3);
    expect(drawnKwh(8)).toBeGreaterThan(drawnKwh(Infinity) + 3);
  });

  it("takes back all of it while there is more room than a twentieth", () => {
    const least = drawnKwh(Infinity);
    expect(least).toBeLessThan(-8);
    expect(drawnKwh(TAPER_KWH - least + 1)).toBe(least);
    expect(drawnKwh(TAPER_KWH - least - 1)).toBeGreaterThan(least);
  });

  it("fills up no further than to where it takes back what auxiliaries use", () => {
    // Where taper x regeneration = auxiliaries the charge stands still, however long the descent is.
    const restKwh = (auxiliaryKw * TAPER_KWH) / (regenerationKw * regenerationEfficiency);
    const level = layCourseSteps([{ lengthM: 1000, limitMps: 60 / 3.6, gradeRatio: 0 }]);
    const before = drawnKwh(Infinity, level);
    for (const lengthM of [60_000, 90_000]) {
      const over = layCourseSteps([
        { lengthM: 1000, limitMps: 60 / 3.6, gradeRatio: 0 },
        { lengthM, limitMps: 50 / 3.6, gradeRatio: -0.05 },
      ]);
      expect(before).toBeGreaterThan(restKwh);
      expect(drawnKwh(0, over)).toBeCloseTo(restKwh, 2);
    }
  });
});

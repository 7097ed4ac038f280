import { createSeededRandom } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { createConsumption } from "../../src/costing/arc-consumption.ts";
import { drawnPowerKw, loadVehicle } from "../../src/costing/longitudinal.ts";
import { powerLimitedSpeedKmh } from "../../src/costing/speed-on-grade.ts";
import { createCourseDriver } from "../../src/evaluation/course-driver.ts";
import { layCourseSteps } from "../../src/evaluation/course-steps.ts";
import { evaluateCourse } from "../../src/evaluation/evaluate-course.ts";
import type { RouteCourse } from "../../src/evaluation/route-course.ts";
import { costingOf } from "../networks.ts";
import { randomNetwork } from "../snap/random-network.ts";
import { ARTIC, VEHICLES } from "../vehicles.ts";
import { curvesAlong, curvesByHand, sharpCurves } from "../planner/curve-oracle.ts";
import { bakedProfile, courseOf, profileOf, wander } from "./courses.ts";
import { driveCarried, driveSteadily, paceByHand } from "./drive-by-hand.ts";

/** A straight course without stops. */
function straight(lengthM: number, kmh: number): RouteCourse {
  return {
    lonLat: Float64Array.of(7, 47, 7.01, 47),
    lengthM,
    legEndM: Float64Array.of(lengthM),
    stretchEndM: Float64Array.of(lengthM),
    stretchWind: new Uint8Array(1),
    stretchKmh: Float64Array.of(kmh),
    curveEndM: Float64Array.of(lengthM),
    curveRadiusM: Float64Array.of(Infinity),
    structures: [],
    stopAtM: new Float64Array(0),
    stopKind: new Uint8Array(0),
    searched: { ...createConsumption(), metres: lengthM, toll: 7, facilities: [2] },
  };
}

describe("a course on the heights of the graph", () => {
  it("is the one that was searched, and is driven as small steps of time say", async () => {
    let [trips, voids, stops, bends] = [0, 0, 0, 0];
    const worst = { seconds: 0, energy: 0 };
    let gramsOff = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const { graph, random } = await randomNetwork(seed);
      for (const vehicle of VEHICLES) {
        const costing = costingOf(graph, vehicle, { tollByFacility: { t: 3 } });
        const loaded = loadVehicle(vehicle, costing.payloadKg);
        const parts = wander(graph, random, 8);
        const course = courseOf(costing, parts);
        const free = { add: () => undefined, riseEnergy: () => 0 };
        const smooth = courseOf({ ...costing, speedChanges: free }, parts);
        const profile = bakedProfile(graph, parts);
        const { searched } = course;
        const wide = curvesAlong(costing, parts, curvesByHand);
        const steady = driveSteadily(course, loaded, profile, wide);
        // Speeds in steps of 0.5 km/h, and costs interpolated between the nodes of the grades.
        const offS = Math.abs(steady.seconds - smooth.searched.seconds);
        expect(offS / searched.seconds).toBeLessThan(0.01);
        const offE = Math.abs(steady.energy - smooth.searched.energy);
        expect(offE / searched.energy).toBeLessThan(0.0075);
        const evaluated = evaluateCourse(course, createCourseDriver(costing.loaded), profile);
        const { consumption } = evaluated;
        expect(consumption.metres).toBeCloseTo(searched.metres, 6);
        // Tunnels that lead nowhere have no second portal.
        expect(consumption.voidMetres).toBeCloseTo(searched.voidMetres, 2);
        expect(consumption.toll).toBe(searched.toll);
        expect(consumption.facilities).toEqual(searched.facilities);
        const sharp = curvesAlong(costing, parts, sharpCurves);
        if (sharp.some(({ mps }) => mps < 10)) bends++;
        const carried = driveCarried(course, loaded, profile, sharp);
        worst.seconds = Math.max(
          worst.seconds,
          Math.abs(consumption.seconds / carried.seconds - 1),
        );
        gramsOff += consumption.energy / carried.energy - 1;
        worst.energy = Math.max(worst.energy, Math.abs(consumption.energy / carried.energy - 1));
        if (consumption.voidMetres > 0) voids++;
        else {
          const [startM, endM] = [profile.elevationM[0]!, profile.elevationM.at(-1)!];
          expect(evaluated.ascentM - evaluated.descentM).toBeCloseTo(endM - startM, 6);
        }
        stops += course.stopKind.length;
        trips++;
      }
    }
    expect(trips).toBe(120);
    expect(worst.seconds).toBeLessThan(0.01);
    // A step of 25 m in which the driver changes from one pedal to the other has only its mean power.
    expect(worst.energy).toBeLessThan(0.025);
    expect(Math.abs(gramsOff / trips)).toBeLessThan(0.005);
    expect(voids).toBeLessThan(60);
    expect(stops).toBeGreaterThan(70);
    expect(bends).toBeGreaterThan(20);
  });

  it("keeps its stops and its structures in driving order", async () => {
    const { graph, random } = await randomNetwork(11);
    const costing = costingOf(graph);
    for (let round = 0; round < 50; round++) {
      const course = courseOf(costing, wander(graph, random, 6));
      const inside = (atM: number): boolean => atM >= 0 && atM <= course.lengthM + 1e-9;
      for (const column of [
        course.stopAtM,
        course.stretchEndM,
        course.curveEndM,
        course.structures.flat(),
      ]) {
        const list = Array.from(column);
        expect(list).toEqual(list.toSorted((a, b) => a - b));
        expect(list.every(inside)).toBe(true);
      }
      expect(course.stretchEndM.at(-1)).toBeCloseTo(course.lengthM, 9);
      expect(course.curveEndM.at(-1)).toBeCloseTo(course.lengthM, 9);
    }
  });
});

describe("a course on a ramp", () => {
  const ramp = (lengthM: number, gradeRatio: number) =>
    profileOf(
      [0, lengthM / 3, lengthM],
      [0, 1 / 3, 1].map((share) => share * lengthM * gradeRatio),
    );

  it.each([-0.09, -0.05, -0.01, 0, 0.01, 0.03, 0.06, 0.12])(
    "of %d takes its length at the steady speed, but for start and end",
    (gradeRatio) => {
      for (const vehicle of VEHICLES) {
        const loaded = loadVehicle(vehicle, vehicle.maxPayloadKg);
        const drive = createCourseDriver(loaded);
        const [near, far] = [30_000, 31_500].map((lengthM) =>
          evaluateCourse(straight(lengthM, 72), drive, ramp(lengthM, gradeRatio)),
        );
        const [secondsPerM, energyPerM] = paceByHand(loaded, 72, gradeRatio);
        const seconds = far!.consumption.seconds - near!.consumption.seconds;
        const energy = far!.consumption.energy - near!.consumption.energy;
        expect(seconds / (1500 * secondsPerM)).toBeCloseTo(1, 4);
        if (energyPerM === 0) expect(energy).toBeCloseTo(0, 6);
        else expect(energy / (1500 * energyPerM)).toBeCloseTo(1, 4);
        expect(near!.ascentM).toBeCloseTo(Math.max(0, 30_000 * gradeRatio), 6);
        expect(near!.descentM).toBeCloseTo(Math.max(0, -30_000 * gradeRatio), 6);
      }
    },
  );

  it("steeper than 20 % counts as 20 %", () => {
    const loaded = loadVehicle(ARTIC, 5000);
    const [steep, steepest] = [0.2, 0.5].map((gradeRatio) =>
      evaluateCourse(straight(1500, 50), createCourseDriver(loaded), ramp(1500, gradeRatio)),
    );
    expect(steepest!.consumption.seconds).toBeCloseTo(steep!.consumption.seconds, 9);
    expect(steepest!.consumption.energy).toBeCloseTo(steep!.consumption.energy, 9);
  });
});

describe("a course with unknown heights", () => {
  const drive = createCourseDriver(loadVehicle(ARTIC, 10_000));

  it("is level there, and says how long", () => {
    const known = evaluateCourse(
      straight(300, 60),
      drive,
      profileOf([0, 100, 200, 300], [50, 50, 50, 50]),
    );
    const { NaN: VOID } = Number;
    const unknown = evaluateCourse(
      straight(300, 60),
      drive,
      profileOf([0, 100, 200, 300], [50, 50, VOID, 50]),
    );
    expect(unknown.consumption).toEqual({ ...known.consumption, voidMetres: 200 });
    expect([unknown.ascentM, unknown.descentM]).toEqual([0, 0]);
  });

  it("has the length of the course, whatever rounding did to the profile", () => {
    for (const endM of [299.99, 300.01]) {
      const profile = profileOf([0, 150, endM], [50, 53, 53]);
      const { consumption } = evaluateCourse(straight(300, 60), drive, profile);
      const expected = drive(
        layCourseSteps([
          { lengthM: 150, limitMps: 60 / 3.6, gradeRatio: 0.02 },
          { lengthM: 150, limitMps: 60 / 3.6, gradeRatio: 0 },
        ]),
      );
      expect(consumption.metres).toBe(300);
      expect(consumption.seconds).toBeCloseTo(expected.seconds, 9);
      expect(consumption.energy).toBeCloseTo(expected.energy, 9);
    }
  });

  it("of no length takes nothing", () => {
    const { consumption } = evaluateCourse(straight(0, 60), drive, profileOf([0, 0], [9, 9]));
    expect(consumption).toMatchObject({ seconds: 0, energy: 0, metres: 0, voidMetres: 0, toll: 7 });
  });
});

describe("the speed that power allows", () => {
  it("is where the engine gives all it has", () => {
    const random = createSeededRandom(7);
    let limited = 0;
    for (let round = 0; round < 2000; round++) {
      const vehicle = random.pick(VEHICLES);
      const loaded = loadVehicle(vehicle, random.next() * vehicle.maxPayloadKg);
      const gradeRatio = random.between(-0.2, 0.2);
      const fastestKmh = random.between(5, 130);
      const kmh = powerLimitedSpeedKmh(loaded, gradeRatio, fastestKmh);
      const neededKw = drawnPowerKw(loaded, kmh / 3.6, gradeRatio);
      if (kmh === fastestKmh) {
        expect(neededKw).toBeLessThanOrEqual(vehicle.engineKw);
        continue;
      }
      limited++;
      expect(kmh).toBeLessThan(fastestKmh);
      // No vehicle of the model fails to climb 20 % at a walking pace.
      expect(neededKw / vehicle.engineKw).toBeCloseTo(1, 9);
      // The whole range is searched by default, and gives the same where the end did not bind.
      expect(powerLimitedSpeedKmh(loaded, gradeRatio)).toBeCloseTo(kmh, 8);
    }
    expect(limited).toBeGreaterThan(400);
  });
});

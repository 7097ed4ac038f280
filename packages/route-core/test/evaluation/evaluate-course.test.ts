import { createSeededRandom } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { createConsumption } from "../../src/costing/arc-consumption.ts";
import { controlCost } from "../../src/costing/junction-control.ts";
import { enginePowerKw, loadVehicle, type LoadedVehicle } from "../../src/costing/longitudinal.ts";
import { powerLimitedSpeedKmh } from "../../src/costing/speed-on-grade.ts";
import { evaluateCourse } from "../../src/evaluation/evaluate-course.ts";
import type { CourseProfile, RouteCourse } from "../../src/evaluation/route-course.ts";
import { costingOf } from "../networks.ts";
import { randomNetwork } from "../snap/random-network.ts";
import { ARTIC, VEHICLES } from "../vehicles.ts";
import { bakedProfile, courseOf, profileOf, wander } from "./courses.ts";

/** Steady driving as docs/costing.md writes it down, computed without the code under test. */
function paceByHand(
  { vehicle, massKg }: LoadedVehicle,
  targetKmh: number,
  gradeRatio: number,
): readonly [secondsPerM: number, gramsPerM: number] {
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
  const steps = [0.04, 0.06, 0.08, 0.1, 0.2];
  const speeds = [90, 64, 48, 32, 15];
  let kmh = targetKmh;
  for (let row = 1; row < steps.length && vehicle.limitsDownhill; row++) {
    const [from, to] = [steps[row - 1]!, steps[row]!];
    if (-grade <= from || -grade > to) continue;
    const share = (-grade - from) / (to - from);
    kmh = Math.min(kmh, speeds[row - 1]! + (speeds[row]! - speeds[row - 1]!) * share);
  }
  let [slow, fast] = [1 / 3.6, kmh / 3.6];
  for (let round = 0; round < 60 && powerKw(kmh / 3.6) > vehicle.engineKw; round++) {
    const middle = (slow + fast) / 2;
    if (powerKw(middle) <= vehicle.engineKw) slow = middle;
    else fast = middle;
  }
  const gramsPerH = vehicle.willansBaseGPerH + vehicle.willansSlopeGPerKwh * powerKw(fast);
  return [1 / fast, Math.max(0, gramsPerH) / 3600 / fast];
}

/** Drives a course from one cut to the next, each looked up by its middle. */
function driveByHand(course: RouteCourse, loaded: LoadedVehicle, profile: CourseProfile) {
  const { distanceM, gradeRatio } = profile;
  const cuts = [...distanceM, ...course.stretchEndM, course.lengthM]
    .filter((atM) => atM <= course.lengthM)
    .sort((a, b) => a - b);
  let [seconds, grams] = [0, 0];
  for (let at = 1; at < cuts.length; at++) {
    const middleM = (cuts[at]! + cuts[at - 1]!) / 2;
    const stretch = course.stretchEndM.findIndex((endM) => endM >= middleM);
    const segment = distanceM.findLastIndex((fromM) => fromM <= middleM);
    const grade = gradeRatio[Math.min(segment, gradeRatio.length - 1)]!;
    const pace = paceByHand(loaded, course.stretchKmh[stretch]!, Number.isNaN(grade) ? 0 : grade);
    seconds += (cuts[at]! - cuts[at - 1]!) * pace[0];
    grams += (cuts[at]! - cuts[at - 1]!) * pace[1];
  }
  for (const [stop, kind] of course.stopKind.entries()) {
    const cost = controlCost(loaded, kind, course.stopKmh[stop]!);
    seconds += cost.seconds;
    grams += cost.grams;
  }
  return { seconds, grams };
}

/** A straight course without stops. */
function straight(lengthM: number, kmh: number): RouteCourse {
  return {
    lonLat: Float64Array.of(7, 47, 7.01, 47),
    lengthM,
    stretchEndM: Float64Array.of(lengthM),
    stretchKmh: Float64Array.of(kmh),
    structures: [],
    stopAtM: new Float64Array(0),
    stopKind: new Uint8Array(0),
    stopKmh: new Float64Array(0),
    searched: { ...createConsumption(), metres: lengthM, toll: 7, facilities: [2] },
  };
}

describe("a course on the heights of the graph", () => {
  it("takes what the search tier says, as far as its tables are exact", async () => {
    let [trips, voids, stops] = [0, 0, 0];
    for (let seed = 1; seed <= 60; seed++) {
      const { graph, random } = await randomNetwork(seed);
      for (const vehicle of VEHICLES) {
        const costing = costingOf(graph, vehicle, { tollByFacility: { t: 3 } });
        const parts = wander(graph, random, 8);
        const course = courseOf(costing, parts);
        const profile = bakedProfile(graph, parts);
        const { searched } = course;
        const evaluated = evaluateCourse(course, costing.loaded, profile);
        const { consumption } = evaluated;
        // Speeds in steps of 0.5 km/h, and costs interpolated between the nodes of the grades.
        expect(Math.abs(consumption.seconds / searched.seconds - 1)).toBeLessThan(0.01);
        expect(Math.abs(consumption.grams / searched.grams - 1)).toBeLessThan(0.0075);
        expect(consumption.metres).toBeCloseTo(searched.metres, 6);
        // Tunnels that lead nowhere have no second portal.
        expect(consumption.voidMetres).toBeCloseTo(searched.voidMetres, 2);
        expect(consumption.toll).toBe(searched.toll);
        expect(consumption.facilities).toEqual(searched.facilities);
        const byHand = driveByHand(course, costing.loaded, profile);
        expect(consumption.seconds / byHand.seconds).toBeCloseTo(1, 9);
        expect(consumption.grams / byHand.grams).toBeCloseTo(1, 9);
        if (consumption.voidMetres > 0) voids++;
        else {
          const [startM, endM] = [profile.elevationM[0]!, profile.elevationM.at(-1)!];
          expect(evaluated.ascentM - evaluated.descentM).toBeCloseTo(endM - startM, 6);
        }
        stops += course.stopKind.length;
        trips++;
      }
    }
    expect(trips).toBe(180);
    expect(voids).toBeLessThan(90);
    expect(stops).toBeGreaterThan(100);
  });

  it("keeps its stops and its structures in driving order", async () => {
    const { graph, random } = await randomNetwork(11);
    const costing = costingOf(graph);
    for (let round = 0; round < 50; round++) {
      const course = courseOf(costing, wander(graph, random, 6));
      const inside = (atM: number): boolean => atM >= 0 && atM <= course.lengthM + 1e-9;
      for (const column of [course.stopAtM, course.stretchEndM, course.structures.flat()]) {
        const list = Array.from(column);
        expect(list).toEqual(list.toSorted((a, b) => a - b));
        expect(list.every(inside)).toBe(true);
      }
      expect(course.stretchEndM.at(-1)).toBeCloseTo(course.lengthM, 9);
    }
  });
});

describe("a course on a ramp", () => {
  const ramp = (gradeRatio: number) =>
    profileOf(
      [0, 400, 1000],
      [0, 400, 1000].map((m) => 100 + m * gradeRatio),
    );

  it.each([-0.09, -0.05, -0.01, 0, 0.01, 0.03, 0.06, 0.12])(
    "of %d takes its length at the steady speed",
    (gradeRatio) => {
      for (const vehicle of VEHICLES) {
        const loaded = loadVehicle(vehicle, vehicle.maxPayloadKg);
        const evaluated = evaluateCourse(straight(1000, 72), loaded, ramp(gradeRatio));
        const [secondsPerM, gramsPerM] = paceByHand(loaded, 72, gradeRatio);
        expect(evaluated.consumption.seconds).toBeCloseTo(1000 * secondsPerM, 6);
        expect(evaluated.consumption.grams).toBeCloseTo(1000 * gramsPerM, 6);
        expect(evaluated.ascentM).toBeCloseTo(Math.max(0, 1000 * gradeRatio), 9);
        expect(evaluated.descentM).toBeCloseTo(Math.max(0, -1000 * gradeRatio), 9);
      }
    },
  );

  it("steeper than 20 % counts as 20 %", () => {
    const loaded = loadVehicle(ARTIC, 5000);
    const [steep, steepest] = [0.2, 0.5].map((gradeRatio) =>
      evaluateCourse(straight(1000, 50), loaded, ramp(gradeRatio)),
    );
    expect(steepest!.consumption).toEqual(steep!.consumption);
  });
});

describe("a course with unknown heights", () => {
  const loaded = loadVehicle(ARTIC, 10_000);

  it("is level there, and says how long", () => {
    const known = evaluateCourse(
      straight(300, 60),
      loaded,
      profileOf([0, 100, 200, 300], [50, 50, 50, 50]),
    );
    const { NaN: VOID } = Number;
    const unknown = evaluateCourse(
      straight(300, 60),
      loaded,
      profileOf([0, 100, 200, 300], [50, 50, VOID, 50]),
    );
    expect(unknown.consumption).toEqual({ ...known.consumption, voidMetres: 200 });
    expect([unknown.ascentM, unknown.descentM]).toEqual([0, 0]);
  });

  it("has the length of the course, whatever rounding did to the profile", () => {
    for (const endM of [299.99, 300.01]) {
      const profile = profileOf([0, 150, endM], [50, 53, 53]);
      const { consumption } = evaluateCourse(straight(300, 60), loaded, profile);
      const byHand = paceByHand(loaded, 60, 0);
      const uphill = paceByHand(loaded, 60, 0.02);
      expect(consumption.metres).toBe(300);
      expect(consumption.seconds).toBeCloseTo(150 * byHand[0] + 150 * uphill[0], 6);
    }
  });

  it("of no length takes nothing", () => {
    const { consumption } = evaluateCourse(straight(0, 60), loaded, profileOf([0, 0], [9, 9]));
    expect(consumption).toMatchObject({ seconds: 0, grams: 0, metres: 0, voidMetres: 0, toll: 7 });
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
      const neededKw = enginePowerKw(loaded, kmh / 3.6, gradeRatio);
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

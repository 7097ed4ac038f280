import type { SeededRandom } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { createCourseDriver } from "../../src/evaluation/course-driver.ts";
import { evaluateCourse } from "../../src/evaluation/evaluate-course.ts";
import type { ArcPart } from "../../src/planner/arc-part.ts";
import { costingOf } from "../networks.ts";
import { randomNetwork } from "../snap/random-network.ts";
import { BATTERY_ARTIC, ELECTRICITY, VAN } from "../vehicles.ts";
import { bakedProfile, courseOf, wander } from "./courses.ts";

/** Cuts a way into legs, at junctions and within roads; one in eight goes nowhere. */
function cutIntoLegs(parts: readonly ArcPart[], random: SeededRandom): ArcPart[][] {
  const legs: ArcPart[][] = [[]];
  for (const part of parts) {
    const { arc, fromM, toM } = part;
    const cutM = fromM + random.between(0.05, 0.95) * (toM - fromM);
    const isWithin = random.chance(0.25);
    const [before, after] =
      (arc & 1) === 1
        ? [
            { ...part, fromM: cutM },
            { ...part, toM: cutM },
          ]
        : [
            { ...part, toM: cutM },
            { ...part, fromM: cutM },
          ];
    if (!isWithin) legs.at(-1)!.push(part);
    else {
      legs.at(-1)!.push(before);
      if (random.chance(0.5)) legs.push([{ arc, fromM: cutM, toM: cutM }]);
      legs.push([after]);
    }
    if (random.chance(0.25)) legs.push([]);
  }
  return legs.filter((leg) => leg.length > 0);
}

describe("a course with legs", () => {
  it("takes what its legs take one after the other, each a course of its own", async () => {
    let [trips, legsSeen, voids, nowhere, lost] = [0, 0, 0, 0, 0];
    for (let seed = 1; seed <= 60; seed++) {
      const { graph, random } = await randomNetwork(seed);
      for (const vehicle of [VAN, BATTERY_ARTIC]) {
        const rates = vehicle === BATTERY_ARTIC ? { electricity: ELECTRICITY } : {};
        const costing = costingOf(graph, vehicle, rates);
        const parts = wander(graph, random, 9);
        const legs = cutIntoLegs(parts, random);
        const drive = createCourseDriver(costing.loaded);
        // What a descent brings does not all fit into a battery that is nearly full.
        const headroom = vehicle === BATTERY_ARTIC ? 300 : Infinity;
        const course = courseOf(costing, ...legs);
        const whole = evaluateCourse(course, drive, bakedProfile(graph, parts), headroom);
        let [energy, deepest, ascentM, descentM] = [0, 0, 0, 0];
        expect(whole.legs).toHaveLength(legs.length);
        for (const [index, leg] of legs.entries()) {
          const profile = bakedProfile(graph, leg);
          const alone = evaluateCourse(courseOf(costing, leg), drive, profile, headroom + energy);
          const { seconds, metres, voidMetres } = alone.consumption;
          expect(whole.legs[index]!.seconds).toBeCloseTo(seconds, 5);
          expect(whole.legs[index]!.metres).toBeCloseTo(metres, 6);
          expect(whole.legs[index]!.voidMetres).toBeCloseTo(voidMetres, 6);
          deepest = Math.max(deepest, energy + alone.deepest);
          energy += alone.consumption.energy;
          ascentM += alone.ascentM;
          descentM += alone.descentM;
          if (voidMetres > 0) voids++;
          if (metres === 0) nowhere++;
          legsSeen++;
        }
        expect(whole.consumption.energy).toBeCloseTo(energy, 4);
        expect(whole.deepest).toBeCloseTo(deepest, 4);
        // A piece that a void cuts short has a height at one end only.
        if (whole.consumption.voidMetres === 0) {
          expect(whole.ascentM).toBeCloseTo(ascentM, 6);
          expect(whole.descentM).toBeCloseTo(descentM, 6);
        }
        const sum = (field: "seconds" | "metres" | "voidMetres"): number =>
          whole.legs.reduce((total, leg) => total + leg[field], 0);
        expect(whole.consumption.seconds).toBeCloseTo(sum("seconds"), 6);
        expect(whole.consumption.metres).toBeCloseTo(sum("metres"), 6);
        expect(whole.consumption.voidMetres).toBeCloseTo(sum("voidMetres"), 6);
        const unlimited = evaluateCourse(course, drive, bakedProfile(graph, parts));
        if (unlimited.consumption.energy < whole.consumption.energy) lost++;
        if (legs.length > 1) trips++;
      }
    }
    expect(trips).toBeGreaterThan(90);
    expect(legsSeen / trips).toBeGreaterThan(4);
    expect(voids).toBeGreaterThan(5);
    expect(nowhere).toBeGreaterThan(20);
    expect(lost).toBeGreaterThan(3);
  });
});

import { createSeededRandom } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { createConsumption } from "../../src/costing/arc-consumption.ts";
import { createCourseDriver } from "../../src/evaluation/course-driver.ts";
import { evaluateCourse } from "../../src/evaluation/evaluate-course.ts";
import { CURVE_CLASSES, STRAIGHT } from "../../src/graph/curve-classes.ts";
import type { RoutingGraph } from "../../src/graph/routing-graph.ts";
import type { ArcPart } from "../../src/planner/arc-part.ts";
import { drivePart } from "../../src/planner/route-parts.ts";
import { buildFromDataset, costingOf, lonLatAt } from "../networks.ts";
import { ARTIC, VEHICLES } from "../vehicles.ts";
import { bakedProfile, courseOf } from "./courses.ts";

/** A level road of two legs of one length, with an arc of a radius between them that turns by an angle. */
async function bentRoad(legM: number, radiusM: number, degrees: number) {
  const angle = (degrees / 180) * Math.PI;
  const steps = Math.max(2, Math.ceil(degrees / 10));
  const places: [number, number][] = [[0, 0]];
  for (let step = 0; step <= steps; step++) {
    const turned = (angle * step) / steps;
    places.push([legM + radiusM * Math.sin(turned), radiusM * (1 - Math.cos(turned))]);
  }
  const [eastM, northM] = places.at(-1)!;
  places.push([eastM + legM * Math.cos(angle), northM + legM * Math.sin(angle)]);
  const { graph } = await buildFromDataset({
    nodes: places.map((place, at) => {
      const [lon, lat] = lonLatAt(...place);
      return { id: at + 1, lon, lat };
    }),
    ways: [{ id: 1, nodes: places.map((_, at) => at + 1), tags: { highway: "primary" } }],
    relations: [],
  });
  return graph;
}

/** Seconds and energy of the whole road in the search tier and in the evaluation tier. */
async function bothTiers(legM: number, radiusM: number, degrees: number, vehicle = ARTIC) {
  const graph = await bentRoad(legM, radiusM, degrees);
  const costing = costingOf(graph, vehicle);
  const parts: ArcPart[] = [{ arc: 0, fromM: 0, toM: graph.edgeLengthM[0]! }];
  const course = courseOf(costing, parts);
  const evaluated = evaluateCourse(
    course,
    createCourseDriver(costing.loaded),
    bakedProfile(graph, parts),
  );
  return { searched: course.searched, evaluated: evaluated.consumption, lengthM: course.lengthM };
}

describe("a bend", () => {
  it.each([
    [15, 180],
    [15, 90],
    [30, 120],
    [60, 90],
    [120, 60],
  ])("of %d m through %d degrees takes about the same in both tiers", async (radiusM, degrees) => {
    for (const vehicle of VEHICLES) {
      const bent = await bothTiers(1500, radiusM, degrees, vehicle);
      const straight = await bothTiers(bent.lengthM / 2, 1e6, 1e-5, vehicle);
      const more = (figure: "seconds" | "energy"): [number, number] => [
        bent.searched[figure] - straight.searched[figure],
        bent.evaluated[figure] - straight.evaluated[figure],
      ];
      const [searchedS, evaluatedS] = more("seconds");
      const [searchedE, evaluatedE] = more("energy");
      expect(Math.abs(searchedE - evaluatedE)).toBeLessThan(0.03 * evaluatedE + 0.5);
      // Around curves the search lets a van gain and lose speed faster than its driver does.
      const least = vehicle.accessKind === "van" ? 0.65 : 0.9;
      expect(searchedS).toBeGreaterThan(least * evaluatedS - 0.1);
      expect(searchedS).toBeLessThan(1.1 * evaluatedS + 0.1);
      const isSlow = vehicle.accessKind === "hgv" || radiusM < 100;
      if (isSlow) expect(evaluatedS).toBeGreaterThan(2);
    }
  });
});

describe("more curvature", () => {
  it("never makes a road faster, in the search tier nor driven again", async () => {
    const graph = await bentRoad(400, 60, 120);
    const random = createSeededRandom(66);
    const runs = graph.curveClass.length;
    expect(runs).toBeGreaterThan(10);
    const part: ArcPart = { arc: 0, fromM: 0, toM: graph.edgeLengthM[0]! };
    for (let round = 0; round < 60; round++) {
      const vehicle = random.pick(VEHICLES);
      const tighter = Array.from({ length: CURVE_CLASSES }, (_, inClass) => {
        const widest = inClass === STRAIGHT ? CURVE_CLASSES - 1 : inClass;
        return random.chance(0.3) ? Math.max(1, widest - random.integer(0, 12)) : inClass;
      });
      const bent = {
        ...graph,
        curveClass: graph.curveClass.map((inClass) => tighter[inClass]!),
        binCurve: graph.binCurve.map((inClass) => tighter[inClass]!),
      };
      const secondsOn = (roads: RoutingGraph): number => {
        const sum = createConsumption();
        drivePart(costingOf(roads, vehicle), part, sum);
        return sum.seconds;
      };
      expect(secondsOn(bent)).toBeGreaterThanOrEqual(secondsOn(graph) - 1e-9);

      const costing = costingOf(graph, vehicle);
      const course = courseOf(costing, [part]);
      const curveRadiusM = course.curveRadiusM.map((radiusM) =>
        random.chance(0.3) ? Math.min(radiusM, random.between(8, 400)) : radiusM,
      );
      const drive = createCourseDriver(costing.loaded);
      const profile = bakedProfile(graph, [part]);
      const [before, after] = [course, { ...course, curveRadiusM }].map(
        (one) => evaluateCourse(one, drive, profile).consumption.seconds,
      );
      expect(after).toBeGreaterThanOrEqual(before! - 1e-9);
    }
  });
});

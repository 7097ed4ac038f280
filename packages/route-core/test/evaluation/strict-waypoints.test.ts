import { isReasonError } from "@gradeway/reason-codes";
import { describe, expect, it } from "vitest";

import {
  evaluateBest,
  evaluateFront,
  type PlanHeights,
} from "../../src/evaluation/evaluate-plan.ts";
import type { CourseProfile, RouteCourse } from "../../src/evaluation/route-course.ts";
import { bakedProfile } from "../../src/planner/baked-profile.ts";
import type { Finalist, PlannedRoute, PlanRequest } from "../../src/planner/plan-types.ts";
import { gridMetres, plannerOf } from "../networks.ts";
import { profileOf } from "./courses.ts";
import { buildTown, heightsOf, hill } from "./rough-town.ts";

const RATES = { tollByFacility: { t: 0.4 } };
const town = await buildTown(5, hill(25));
const planner = plannerOf(town.graph, RATES, undefined, true);
const at = (name: string) => town.drawing.position(name);
const request: PlanRequest = {
  origin: at("A"),
  destination: at("Y"),
  waypoints: [at("M"), at("O")],
  annotations: ["elevation"],
};

const withProfiles = (profiles: readonly CourseProfile[]): PlanHeights => ({
  ...heightsOf([], () => 0),
  profiles,
});

/** The heights of the region along each leg, put one behind the other. */
function bakedHeights({ courses, parts }: Finalist): PlanHeights {
  const [course] = courses as [RouteCourse];
  const distanceM: number[] = [];
  const elevationM: number[] = [];
  const gradeRatio: number[] = [];
  let next = 0;
  let doneM = 0;
  for (const endM of course.legEndM) {
    const first = next;
    const beginsM = doneM;
    while (next < parts.length && doneM < endM - 1e-6) {
      doneM += parts[next]!.toM - parts[next]!.fromM;
      next++;
    }
    const profile = bakedProfile(town.graph, parts.slice(first, next));
    const skipped = distanceM.length > 0 ? 1 : 0;
    distanceM.push(...profile.distanceM.subarray(skipped).map((atM) => beginsM + atM));
    elevationM.push(...profile.elevationM.subarray(skipped));
    gradeRatio.push(...profile.gradeRatio);
  }
  return withProfiles([
    {
      distanceM: Float64Array.from(distanceM),
      elevationM: Float64Array.from(elevationM),
      gradeRatio: Float64Array.from(gradeRatio),
    },
  ]);
}

function expectAlike(strict: PlannedRoute, baked: PlannedRoute): void {
  expect(strict.id).toBe(baked.id);
  expect(strict.durationS).toBeCloseTo(baked.durationS, 1);
  expect(strict.cost.amount).toBeCloseTo(baked.cost.amount, 3);
  expect(strict.co2eKg.total).toBeCloseTo(baked.co2eKg.total, 3);
  expect(strict.distanceM).toBeCloseTo(baked.distanceM, 1);
  expect(strict.geometry).toEqual(baked.geometry);
  expect(strict.legs).toHaveLength(baked.legs.length);
  for (const [leg, { durationS, distanceM }] of strict.legs.entries()) {
    expect(durationS).toBeCloseTo(baked.legs[leg]!.durationS, 1);
    expect(distanceM).toBeCloseTo(baked.legs[leg]!.distanceM, 0);
  }
}

describe("a trip with waypoints on other heights", () => {
  it("is what it is without strict where the heights are the same", () => {
    for (const weights of [{ time: 1 }, { money: 1 }, { time: 1, co2e: 3 }]) {
      const trip = { ...request, weights };
      const plan = planner.planFinalist(trip);
      expect(plan.courses[0]!.legEndM).toHaveLength(3);
      const { route, snapped } = evaluateBest(plan, trip, bakedHeights(plan));
      const baked = planner.planRoute(trip);
      expectAlike(route, baked.route);
      expect(snapped).toEqual(baked.snapped);
      expect(route.legs).toHaveLength(3);
    }
  });

  it("takes the driver's break at the waypoint where it is taken without strict", () => {
    // Due in the middle of the last leg.
    const [first, second, last] = planner.planRoute(request).route.legs.map((leg) => leg.durationS);
    const dueS = first! + second! + last! / 2;
    const driverHours = { drivenSinceBreakS: 4.5 * 3600 - dueS };
    const trip: PlanRequest = { ...request, driverHours };
    const plan = planner.planFinalist(trip);
    const { route } = evaluateBest(plan, trip, bakedHeights(plan));
    const { driverHours: baked } = planner.planRoute(trip).route;
    expect(baked.stops[0]!.waypoint).toBe(1);
    expect(route.driverHours.stops).toHaveLength(baked.stops.length);
    expect(route.driverHours.stops[0]!.waypoint).toBe(baked.stops[0]!.waypoint);
  });

  it("takes what its legs take as trips of their own where a truck may turn at each", () => {
    const places = [at("A"), at("M"), at("O"), at("Y")];
    const trip: PlanRequest = { ...request, uTurnsAtWaypoints: true };
    const plan = planner.planFinalist(trip);
    const { route } = evaluateBest(plan, trip, bakedHeights(plan));
    let durationS = 0;
    let amount = 0;
    for (const [leg, origin] of places.slice(0, -1).entries()) {
      const alone: PlanRequest = { origin, destination: places[leg + 1]! };
      const one = planner.planFinalist(alone);
      const own = evaluateBest(one, alone, bakedHeights(one)).route;
      expect(route.legs[leg]!.durationS).toBeCloseTo(own.durationS, 1);
      durationS += own.durationS;
      amount += own.cost.amount;
    }
    expect(route.durationS).toBeCloseTo(durationS, 1);
    expect(route.cost.amount).toBeCloseTo(amount, 2);
  });

  it("has the front that it has without strict where the ground is level", async () => {
    const level = await buildTown(5, () => 100);
    const flat = plannerOf(level.graph, RATES, undefined, true);
    const plan = flat.planFinalists(request);
    // Points where the heights of a region are read: at equal steps of each leg.
    const profiles = plan.courses.map(({ legEndM }) => {
      const distanceM = [0];
      for (const [leg, endM] of legEndM.entries()) {
        const startM = leg === 0 ? 0 : legEndM[leg - 1]!;
        const steps = Math.ceil((endM - startM) / 25);
        for (let step = 1; step <= steps; step++) {
          distanceM.push(startM + ((endM - startM) * step) / steps);
        }
      }
      return profileOf(
        distanceM,
        distanceM.map(() => 100),
      );
    });
    const strict = evaluateFront(plan, request, withProfiles(profiles));
    const baked = flat.planPareto(request);
    expect(baked.routes.length).toBeGreaterThan(3);
    expect(strict.routes.map(({ id }) => id)).toEqual(baked.routes.map(({ id }) => id));
    for (const [index, route] of strict.routes.entries()) expectAlike(route, baked.routes[index]!);
    expect(strict.recommended).toBe(baked.recommended);
    expect(strict.evaluation).toEqual(baked.evaluation);
    expect(strict.snapped.waypoints).toHaveLength(2);
  });

  it("is refused when too little is known of one leg, although enough is of the whole", () => {
    const trip: PlanRequest = { ...request, origin: at("O"), waypoints: [at("A"), at("X")] };
    const [lastE, lastN] = gridMetres(...(trip.destination as [number, number]));
    const voidAtEnd = (lon: number, lat: number): number => {
      const [eastM, northM] = gridMetres(lon, lat);
      return Math.hypot(eastM - lastE, northM - lastN) < 150 ? Number.NaN : 500;
    };
    const plan = planner.planFinalist(trip);
    const heights = heightsOf(plan.courses, voidAtEnd);
    let failure: unknown;
    try {
      evaluateBest(plan, trip, heights);
    } catch (error) {
      failure = error;
    }
    if (!isReasonError(failure, "terrain_dem_coverage_insufficient")) throw failure;
    const { leg, observedRatio } = failure.details;
    expect(leg).toBe(3);
    expect(observedRatio).toBeLessThan(0.85);
    expect(failure.message).toContain("of leg 3 of a route");
    // The same course without its waypoints is known well enough.
    const [course] = plan.courses as [RouteCourse];
    const through = { ...course, legEndM: Float64Array.of(course.lengthM) };
    const { route } = evaluateBest({ ...plan, courses: [through] }, trip, heights);
    expect(route.terrain.coverageRatio).toBeGreaterThan(0.96);
  });
});

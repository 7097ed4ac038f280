import { streetGrid } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { loadVehicle } from "../../src/costing/longitudinal.ts";
import type { ParetoAnswer, PlannedRoute, PlanRequest } from "../../src/planner/plan-types.ts";
import { bakedProfile } from "../../src/planner/baked-profile.ts";
import { driveCarried } from "../evaluation/drive-by-hand.ts";
import { courseOf, wander } from "../evaluation/courses.ts";
import { buildTown, hill } from "../evaluation/rough-town.ts";
import { buildFromDataset, costingOf, plannerOf } from "../networks.ts";
import { randomNetwork } from "../snap/random-network.ts";
import { ARTIC } from "../vehicles.ts";

const RATES = { tollByFacility: { t: 0.4 } };
const town = await buildTown(5, hill(25));
const searching = plannerOf(town.graph, RATES);
const planner = plannerOf(town.graph, RATES, undefined, true);
const request: PlanRequest = {
  origin: town.drawing.position("A"),
  destination: town.drawing.position("Y"),
};
const searched = searching.planPareto(request);
const answer = planner.planPareto(request);

const figuresOf = ({ durationS, cost, co2eKg }: PlannedRoute) =>
  [durationS, cost.amount, co2eKg.total] as const;
const codesOf = ({ warnings }: Pick<ParetoAnswer, "warnings">) => warnings.map(({ code }) => code);
const searchedRoute = ({ id }: PlannedRoute): PlannedRoute =>
  searched.routes.find((route) => route.id === id)!;

describe("the heights of the graph along a course", () => {
  it("are those of its edges at equal steps, and void where these are", async () => {
    let voids = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const { graph, random } = await randomNetwork(seed);
      const parts = wander(graph, random, 8);
      const course = courseOf(costingOf(graph, ARTIC), parts);
      const { distanceM, elevationM, gradeRatio } = bakedProfile(graph, parts);
      expect(distanceM.at(-1)).toBeCloseTo(course.lengthM, 6);
      const steps = gradeRatio.map((_, at) => distanceM[at + 1]! - distanceM[at]!);
      expect(Math.max(...steps)).toBeLessThanOrEqual(25 + 1e-9);
      expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(1e-6);
      for (const [at, grade] of gradeRatio.entries()) {
        const riseM = elevationM[at + 1]! - elevationM[at]!;
        if (!Number.isNaN(riseM)) expect(grade * steps[at]!).toBeCloseTo(riseM, 6);
        else {
          expect(grade).toBeNaN();
          voids++;
        }
      }
    }
    expect(voids).toBeGreaterThan(0);
  });
});

describe("a front that is evaluated on the heights of the graph", () => {
  it("holds routes of the search, as small steps of time drive them", async () => {
    const plan = searching.planFinalists(request);
    const loaded = loadVehicle(ARTIC, ARTIC.maxPayloadKg / 2);
    for (const route of answer.routes) {
      const index = plan.answer.routes.findIndex(({ id }) => id === route.id);
      const course = plan.courses[index]!;
      // The profile that the answer shows is that of the graph.
      const shown = planner
        .planPareto({ ...request, annotations: ["elevation"] })
        .routes.find(({ id }) => id === route.id)!.annotations!.elevation!;
      const distanceM = Float64Array.from(shown.distanceM);
      const elevationM = Float64Array.from(shown.elevationM, Number);
      const gradeRatio = Float64Array.from(
        { length: distanceM.length - 1 },
        (_, at) => (elevationM[at + 1]! - elevationM[at]!) / (distanceM[at + 1]! - distanceM[at]!),
      );
      const curves = Array.from(course.curveEndM, (endM, at) => ({
        endM,
        mps: Math.sqrt(1.5 * course.curveRadiusM[at]!),
      }));
      const byTime = driveCarried(course, loaded, { distanceM, elevationM, gradeRatio }, curves);
      expect(Math.abs(route.durationS / byTime.seconds - 1)).toBeLessThan(0.02);
      expect(Math.abs((route.fuelL! * 836) / byTime.energy - 1)).toBeLessThan(0.04);
      expect(route.searchCosts).toEqual(searchedRoute(route).searchCosts);
    }
  });

  it("drops what another route matches or beats now, and counts it", () => {
    const { finalists, dominated, notEvaluated } = answer.evaluation!;
    expect(finalists).toBe(searched.front.size);
    expect(notEvaluated).toBe(0);
    expect(dominated).toBeGreaterThan(0);
    expect(answer.routes).toHaveLength(finalists - dominated);
    expect(new Set(answer.front.tiers)).toEqual(new Set(["evaluated"]));
    const figures = answer.routes.map(figuresOf);
    expect(answer.front.points).toEqual(figures);
    for (const [a, one] of figures.entries()) {
      const isBeaten = figures.some(
        (other, b) => a !== b && other.every((value, k) => value <= one[k]!),
      );
      expect(isBeaten).toBe(false);
    }
  });

  it("tags and recommends by evaluated figures", () => {
    for (const [k, tag] of (["fastest", "cheapest", "cleanest"] as const).entries()) {
      const best = answer.routes.find(({ tags }) => tags.includes(tag));
      expect(figuresOf(best!)[k]).toBe(Math.min(...answer.routes.map((one) => figuresOf(one)[k]!)));
    }
    const knee = answer.routes.find(({ tags }) => tags.includes("knee"));
    expect(answer.recommended).toBe(knee!.id);
  });

  it("certifies the search costs and tells how far each route is off them", () => {
    const { tierDeviation, ...certificate } = answer.certificate;
    const { tierDeviation: none, ...before } = searched.certificate;
    expect(certificate).toEqual(before);
    expect(none).toBeNull();
    for (const route of answer.routes) {
      const { time, money, co2e } = route.tierDeviation!;
      const old = figuresOf(searchedRoute(route));
      for (const [k, deviation] of [time, money, co2e].entries()) {
        expect(deviation).toBeCloseTo(figuresOf(route)[k]! / old[k]! - 1, 5);
      }
      expect(tierDeviation!.time.lowest).toBeLessThanOrEqual(time);
      expect(tierDeviation!.co2e.highest).toBeGreaterThanOrEqual(co2e);
    }
    expect(answer.warnings).toEqual(searched.warnings);
  });

  it("has the figures of the search and a warning where the time is up", () => {
    // A clock that jumps past the deadline at a look; before it the search is done.
    const planWhenLateAt = (late: number): { answer: ParetoAnswer; looks: number } => {
      let looks = 0;
      const clock = () => (++looks > late ? 2000 : 0);
      const hurried = plannerOf(town.graph, RATES, clock, true);
      return { answer: hurried.planPareto({ ...request, deadlineMs: 1000 }), looks };
    };
    const whole = planWhenLateAt(Infinity);
    expect(codesOf(whole.answer)).not.toContain("evaluation_skipped");
    expect(whole.answer.routes).toEqual(answer.routes);
    const { finalists } = answer.evaluation!;
    for (const late of [whole.looks - finalists, whole.looks - 3]) {
      const cut = planWhenLateAt(late).answer;
      expect(codesOf(cut)).toContain("evaluation_skipped");
      expect(cut.routes).toEqual(searched.routes);
      expect(cut.certificate.tierDeviation).toBeNull();
      expect(cut.evaluation).toBeUndefined();
    }
  });

  it("shows no more routes than were asked for, and all points", () => {
    const few = planner.planPareto({ ...request, maxRoutes: 4 });
    expect(few.routes).toHaveLength(4);
    expect(few.front.points).toEqual(answer.front.points);
    expect(few.front.routeIds.filter((id) => id !== null)).toEqual(few.routes.map(({ id }) => id));
  });

  it("warns where a limit holds in the search only", () => {
    let exceeded = 0;
    for (const { durationS } of searched.routes) {
      const maxDurationS = durationS + 0.01;
      const kept = planner.planPareto({ ...request, constraints: { maxDurationS } });
      const isAbove = kept.routes.some((route) => route.durationS > maxDurationS);
      if (!isAbove) continue;
      const warning = kept.warnings.find(({ code }) => code === "limit_exceeded_evaluated");
      expect(warning!.details).toEqual({ objectives: ["time"] });
      exceeded++;
    }
    expect(exceeded).toBeGreaterThan(0);
    const easy = planner.planPareto({ ...request, constraints: { maxDurationS: 9e4 } });
    expect(codesOf(easy)).not.toContain("limit_exceeded_evaluated");
  });

  it("warns where the break of a driver leads beyond a limit that driving keeps", () => {
    const drivenSinceBreakS = 4.5 * 3600;
    const { durationS, drivingS } = planner.planRoute(request).route;
    const constraints = { maxDurationS: durationS + 600 };
    expect(codesOf(planner.planRoute({ ...request, constraints }))).not.toContain(
      "limit_exceeded_evaluated",
    );
    const tired = planner.planRoute({
      ...request,
      constraints,
      driverHours: { drivenSinceBreakS },
    });
    expect(tired.route.durationS).toBeCloseTo(drivingS + 2700, 6);
    expect(tired.warnings[0]).toMatchObject({
      code: "limit_exceeded_evaluated",
      details: { objectives: ["time"] },
    });
  });

  it("does not warn of routes that it does not show", () => {
    let cut = 0;
    for (const { durationS } of searched.routes) {
      const constraints = { maxDurationS: durationS + 0.01 };
      const kept = planner.planPareto({ ...request, constraints, maxRoutes: 1 });
      const isAbove = kept.routes.some((route) => route.durationS > constraints.maxDurationS);
      expect(codesOf(kept).includes("limit_exceeded_evaluated")).toBe(isAbove);
      if (!isAbove) cut++;
    }
    expect(cut).toBeGreaterThan(0);
  });
});

describe("the best route", () => {
  it("is evaluated as well, and keeps its id", () => {
    const [best, before] = [planner, searching].map((one) => one.planRoute(request));
    expect(best!.route.id).toBe(before!.route.id);
    expect(best!.route.durationS).not.toBe(before!.route.durationS);
    expect(best!.route.tierDeviation!.time).toBeCloseTo(
      best!.route.durationS / before!.route.durationS - 1,
      5,
    );
    expect(before!.route.tierDeviation).toBeUndefined();
  });

  it("comes to rest at each waypoint, and its legs add up", () => {
    const via = { ...request, waypoints: [town.drawing.position("M"), town.drawing.position("O")] };
    const { route } = planner.planRoute(via);
    expect(route.legs).toHaveLength(3);
    const sum = route.legs.reduce((seconds, { durationS }) => seconds + durationS, 0);
    expect(sum).toBeCloseTo(route.durationS, 1);
    expect(route.durationS).not.toBe(searching.planRoute(via).route.durationS);
  });
});

describe("a front of more than 32 routes", () => {
  it("marks those that were not evaluated", async () => {
    const grid = streetGrid(14);
    const { graph } = await buildFromDataset(grid);
    const across = { origin: grid.at(0, 0), destination: grid.at(13, 13) };
    const plain = plannerOf(graph).planPareto(across);
    const large = plannerOf(graph, {}, undefined, true).planPareto(across);
    const { finalists, dominated, notEvaluated } = large.evaluation!;
    expect(plain.front.size).toBeGreaterThan(40);
    expect([finalists, notEvaluated]).toEqual([32, plain.front.size - 32]);
    expect(large.front.size).toBe(plain.front.size - dominated);
    expect(large.front.tiers!.filter((tier) => tier === "search")).toHaveLength(notEvaluated);
    expect(large.routes).toHaveLength(large.front.size);
    for (const [at, route] of large.routes.entries()) {
      expect(large.front.routeIds[at]).toBe(route.id);
      expect(large.front.tiers![at] === "evaluated").toBe(route.tierDeviation !== undefined);
    }
  });
});

describe("a plan that is cancelled", () => {
  it("stops while its routes are evaluated and written, too", () => {
    const cancelSlot = new Int32Array(new SharedArrayBuffer(4));
    let [looks, cancelsAt] = [0, Infinity];
    const now = (): number => {
      if (++looks === cancelsAt) Atomics.store(cancelSlot, 0, 1);
      return 0;
    };
    const patient = plannerOf(town.graph, RATES, now, true);
    const plan = (): ParetoAnswer => patient.planPareto(request, { cancelSlot });
    expect(plan().routes.length).toBeGreaterThan(3);
    looks = 0;
    expect(plan()).toMatchObject({ routes: answer.routes });
    const all = looks;
    // The last two looks tell how long the search and the whole plan took.
    for (cancelsAt = 1; cancelsAt < all; cancelsAt++) {
      [looks, cancelSlot[0]] = [0, 0];
      expect(plan, `${cancelsAt} of ${all}`).toThrow(
        expect.objectContaining({ reasonCode: "planner_stopped" }),
      );
    }
    [looks, cancelSlot[0]] = [0, 0];
    expect(plan().routes).toEqual(answer.routes);
  });
});

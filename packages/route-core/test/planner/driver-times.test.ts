import { describe, expect, it } from "vitest";

import { evaluateFront } from "../../src/evaluation/evaluate-plan.ts";
import type { PlannedRoute, PlanRequest } from "../../src/planner/plan-types.ts";
import { buildFromAscii, plannerOf } from "../networks.ts";
import { RATES } from "../vehicles.ts";

const H = 3600;
const BREAK_S = 45 * 60;

/* A fast road with a toll, and a slow one without. */
const { graph, drawing } = await buildFromAscii(
  `
  A---B----------C---D
      |          |
      E----------F
  `,
  {
    gridM: 200,
    ways: {
      AB: { maxspeed: "70" },
      BC: { tunnel: "yes", toll: "yes", maxspeed: "70" },
      CD: { maxspeed: "70" },
      BE: { maxspeed: "60" },
      EF: { maxspeed: "60" },
      FC: { maxspeed: "60" },
    },
  },
  {
    tollFacilities: [{ id: "t", name: "Tunnel", near: [7, 47], radiusM: 9000, charged: "tunnel" }],
  },
);
const planner = plannerOf(graph, { tollByFacility: { t: 3 } });
const trip: PlanRequest = {
  origin: drawing.position("A"),
  destination: drawing.position("D"),
  epsilon: 0,
};
const planWith = (driverHours: PlanRequest["driverHours"], extra: Partial<PlanRequest> = {}) =>
  planner.planPareto({ ...trip, ...extra, ...(driverHours === undefined ? {} : { driverHours }) });
const lineOf = ({ cost }: PlannedRoute, item: string): number =>
  cost.lines.find((line) => line.item === item)!.amount;

const plain = planWith({ rule: "none" });
const [fast, slow] = plain.routes;

describe("a trip", () => {
  it("has two routes here", () => {
    expect(
      plain.routes.map((route) => route.cost.lines.some(({ item }) => item === "toll")),
    ).toEqual([true, false]);
  });

  it("keeps the rule of its vehicle without being asked, and names it", () => {
    const [truck] = planWith(undefined).routes;
    expect(truck).toMatchObject({ breakS: 0, restS: 0, driverHours: { rule: "eu", stops: [] } });
    expect(truck!.durationS).toBe(truck!.drivingS);
    const [van] = planWith(undefined, { vehicle: "van-3.5t" }).routes;
    expect(van!.driverHours.rule).toBe("none");
  });

  it("tells that a van keeps no rule where a truck's driver would have to stop", () => {
    const van = { vehicle: "van-3.5t" };
    const codesOf = (driverHours?: PlanRequest["driverHours"]) =>
      planWith(driverHours, van).warnings.map(({ code }) => code);
    const due = { drivenSinceBreakS: 4.5 * H - 60 };
    expect(codesOf()).toEqual([]);
    expect(codesOf(due)).toEqual(["driver_hours_not_kept"]);
    expect(planWith(due, van).routes[0]!.breakS).toBe(0);
    for (const rule of ["none", "eu", "gb-domestic"] as const) {
      expect(codesOf({ ...due, rule })).toEqual([]);
    }
  });

  it("holds a break that falls due on it, in time and in paid hours", () => {
    const answer = planWith({ drivenSinceBreakS: 4.5 * H - 60 });
    const [route] = answer.routes;
    expect(route!.driverHours).toEqual({
      rule: "eu",
      stops: [{ kind: "break", afterDrivingS: 60, durationS: BREAK_S }],
    });
    expect(route!.drivingS).toBe(fast!.drivingS);
    expect(route!.durationS).toBeCloseTo(fast!.durationS + BREAK_S, 6);
    const paidH = (route!.drivingS + BREAK_S) / H;
    expect(lineOf(route!, "driver")).toBeCloseTo(paidH * RATES.driverPerH, 3);
    expect(lineOf(route!, "standing")).toBeCloseTo(paidH * RATES.standingPerH, 3);
    expect(lineOf(route!, "fuel")).toBe(lineOf(fast!, "fuel"));
    const sum = route!.cost.lines.reduce((total, { amount }) => total + amount, 0);
    expect(sum).toBeCloseTo(route!.cost.amount, 3);
    expect(answer.front.points[0]).toEqual([
      route!.durationS,
      route!.cost.amount,
      route!.co2eKg.total,
    ]);
    // The certificate speaks of the search, which knows no breaks.
    expect(route!.searchCosts).toEqual(fast!.searchCosts);
    expect(answer.warnings).toEqual([]);
  });

  it("holds a daily rest that is not paid, with a warning", () => {
    const answer = planWith({ drivenTodayS: 9 * H - 60, drivenSinceBreakS: 4 * H });
    const [route] = answer.routes;
    expect(route!.restS).toBe(11 * H);
    expect(route!.durationS).toBeCloseTo(fast!.durationS + 11 * H, 6);
    expect(route!.cost.amount).toBe(fast!.cost.amount);
    expect(answer.warnings).toEqual([
      expect.objectContaining({ code: "driver_rest_included", details: { longestRestS: 11 * H } }),
    ]);
  });

  it("takes its break at a waypoint where that serves", () => {
    const waypoints = [drawing.position("B"), drawing.position("C")];
    const unbound = planner.planRoute({ ...trip, waypoints, driverHours: { rule: "none" } }).route;
    // A break is due half a minute before the end, on the last leg.
    const driverHours = { drivenSinceBreakS: 4.5 * H - unbound.drivingS + 30 };
    expect(unbound.legs[2]!.durationS).toBeGreaterThan(30);
    const { route } = planner.planRoute({ ...trip, waypoints, driverHours });
    const [stop] = route.driverHours.stops;
    expect(stop).toMatchObject({ kind: "break", waypoint: 1, durationS: BREAK_S });
    const beforeC = route.legs[0]!.durationS + route.legs[1]!.durationS;
    expect(stop!.afterDrivingS).toBeCloseTo(beforeC, 1);
    const drivingS = route.legs.reduce((sum, leg) => sum + leg.durationS, 0);
    expect(route.drivingS).toBeCloseTo(drivingS, 1);
    expect(route.durationS).toBeCloseTo(drivingS + BREAK_S, 1);
  });
});

describe("the evaluated front", () => {
  it("drops a route that a break makes worse in everything, and counts it", () => {
    const betweenS = (fast!.drivingS + slow!.drivingS) / 2;
    const request: PlanRequest = {
      ...trip,
      objectives: ["time", "money"],
      driverHours: { drivenSinceBreakS: 4.5 * H - betweenS },
    };
    const plan = planner.planFinalists(request);
    const profiles = plan.courses.map(({ lengthM }) => ({
      distanceM: Float64Array.of(0, lengthM),
      elevationM: Float64Array.of(100, 100),
      gradeRatio: Float64Array.of(0),
    }));
    const heights = {
      source: "level",
      attribution: "nobody",
      tilesSha256: "",
      missingTiles: [],
      warnings: [],
      profiles,
    };
    const without = evaluateFront(plan, { ...request, driverHours: { rule: "none" } }, heights);
    expect(without.routes.map(({ id }) => id)).toEqual([fast!.id, slow!.id]);
    const answer = evaluateFront(plan, request, heights);
    // Only the slow route needs a break, which costs more than the toll.
    expect(answer.routes.map(({ id }) => id)).toEqual([fast!.id]);
    expect(answer.evaluation).toMatchObject({ finalists: 2, dominated: 1 });
    expect(answer.certificate.tierDeviation).toEqual(without.certificate.tierDeviation);
  });
});

import { describe, expect, it } from "vitest";

import type { ParetoAnswer, PlannedRoute } from "../../src/planner/plan-types.ts";
import { buildFromAscii, formulaSampler, gridMetres, plannerOf } from "../networks.ts";

/* A tolled tunnel straight through a ridge, and a longer pass road over it. */
const { graph, drawing } = await buildFromAscii(
  `
  A---B----------C---D
      |          |
      |          |
      |          |
      E----------F
  `,
  {
    gridM: 200,
    ways: {
      AB: {},
      BC: { tunnel: "yes", toll: "yes", maxspeed: "70" },
      CD: {},
      BE: { highway: "secondary" },
      EF: { highway: "secondary" },
      FC: { highway: "secondary" },
    },
  },
  {
    elevation: formulaSampler((lon, lat) => {
      const northM = gridMetres(lon, lat)[1];
      return 600 + (northM < -50 ? Math.min(30, -northM / 20) : 0);
    }),
    tollFacilities: [{ id: "t", name: "Tunnel", near: [7, 47], radiusM: 9000, charged: "tunnel" }],
  },
);

const request = { origin: drawing.position("A"), destination: drawing.position("D") };
const plan = (toll: number): ParetoAnswer =>
  plannerOf(graph, { tollByFacility: { t: toll } }).planPareto(request);
const isTunnel = (route: PlannedRoute): boolean =>
  route.cost.lines.some(({ item }) => item === "toll");
const roads = (answer: ParetoAnswer): string =>
  answer.routes.map((route) => (isTunnel(route) ? "tunnel" : "pass")).join(" ");

describe("a tolled tunnel and a free pass", () => {
  const dear = plan(100);
  const [tunnel, pass] = dear.routes;
  // The toll at which both cost the same.
  const breakEven = pass!.cost.amount - (tunnel!.cost.amount - 100);

  it("are both on the front when the toll is high", () => {
    expect(roads(dear)).toBe("tunnel pass");
    expect(tunnel!.durationS).toBeLessThan(pass!.durationS);
    expect(tunnel!.co2eKg.total).toBeLessThan(pass!.co2eKg.total);
    expect(tunnel!.tags).toEqual(expect.arrayContaining(["fastest", "cleanest"]));
    expect(pass!.tags).toContain("cheapest");
    expect(breakEven).toBeGreaterThan(0.5);
  });

  it("leave only the tunnel while the toll is below what the detour costs", () => {
    expect(roads(plan(0))).toBe("tunnel");
    expect(roads(plan(breakEven - 0.01))).toBe("tunnel");
    expect(roads(plan(breakEven + 0.01))).toBe("tunnel pass");
  });

  it("leave only the pass to who avoids tolls, or tunnels", () => {
    const planner = plannerOf(graph, { tollByFacility: { t: 0 } });
    for (const feature of ["toll", "tunnel"] as const) {
      const { routes } = planner.planPareto({ ...request, avoid: { features: [feature] } });
      expect(routes.map(({ distanceM }) => distanceM)).toEqual([pass!.distanceM]);
    }
  });

  it("show the toll as a line, and the lines add up to the amount", () => {
    for (const route of dear.routes) {
      const sum = route.cost.lines.reduce((total, { amount }) => total + amount, 0);
      expect(sum).toBeCloseTo(route.cost.amount, 3);
      expect(route.cost.currency).toBe("EUR");
    }
    expect(tunnel!.cost.lines.at(-1)).toMatchObject({ item: "toll", amount: 100 });
  });

  it("point the recommendation at a route that is shown", () => {
    const recommended = dear.routes.filter(({ id }) => id === dear.recommended);
    expect(recommended.length).toBe(1);
    expect(recommended[0]!.tags).toContain("knee");
  });

  it("fit together in the figures of each route", () => {
    for (const [index, route] of dear.routes.entries()) {
      expect(dear.front.points[index]).toEqual([
        expect.closeTo(route.durationS, 2),
        expect.closeTo(route.cost.amount, 4),
        expect.closeTo(route.co2eKg.total, 4),
      ]);
      expect(dear.front.routeIds[index]).toBe(route.id);
      const [time, money, co2e] = route.searchCosts;
      // Half a grain per piece of road.
      expect(Math.abs(time - route.durationS * 100)).toBeLessThan(6);
      expect(Math.abs(money - route.cost.amount * 1e4)).toBeLessThan(6);
      expect(Math.abs(co2e - route.co2eKg.total * 1e4)).toBeLessThan(6);
      expect(route.co2eKg.ttw / route.fuelL!).toBeCloseTo(2.58354, 3);
      expect(route.legs).toEqual([{ durationS: route.durationS, distanceM: route.distanceM }]);
    }
    expect(pass!.ascentM).toBeGreaterThan(25);
    expect(tunnel!.ascentM).toBeLessThan(5);
    expect(pass!.distanceM - tunnel!.distanceM).toBeCloseTo(1600, -1);
  });
});

describe("single routes and parts of the objectives", () => {
  const planner = plannerOf(graph, { tollByFacility: { t: 100 } });

  it("planRoute takes the fastest unless weights say otherwise", () => {
    expect(isTunnel(planner.planRoute(request).route)).toBe(true);
    expect(isTunnel(planner.planRoute({ ...request, weights: { money: 1 } }).route)).toBe(false);
    expect(isTunnel(planner.planRoute({ ...request, weights: { co2e: 1 } }).route)).toBe(true);
    const mixed = planner.planRoute({ ...request, weights: { time: 0.01, money: 1 } });
    expect(isTunnel(mixed.route)).toBe(false);
    expect(mixed.certificate).toMatchObject({ kind: "exact", epsilon: 0 });
  });

  it.each([
    [["time"], "tunnel"],
    [["money"], "pass"],
    [["co2e"], "tunnel"],
    [["time", "co2e"], "tunnel"],
    [["time", "money"], "tunnel pass"],
  ] as const)("objectives %j leave %s", (objectives, expected) => {
    const answer = planner.planPareto({ ...request, objectives });
    expect(roads(answer)).toBe(expected);
    expect(answer.front.objectives).toEqual(objectives);
    for (const route of answer.routes) {
      expect(route.searchCosts.filter((cost) => cost > 0).length).toBe(objectives.length);
      expect(route.durationS).toBeGreaterThan(0);
    }
  });

  it("planRoute goes by its weights whatever the objectives", () => {
    for (const objectives of [["time"], ["money"], ["co2e"]] as const) {
      const fastest = planner.planRoute({ ...request, objectives });
      expect(fastest).toEqual(planner.planRoute(request));
      const clean = planner.planRoute({ ...request, objectives, weights: { co2e: 1 } }).route;
      expect(isTunnel(clean)).toBe(true);
      const cheap = planner.planRoute({ ...request, objectives, weights: { money: 1 } }).route;
      expect(isTunnel(cheap)).toBe(false);
    }
  });

  it("a lighter truck burns less", () => {
    const empty = planner.planRoute({ ...request, payloadKg: 0 }).route;
    const full = planner.planRoute({ ...request, payloadKg: 25_300 }).route;
    expect(empty.fuelL).toBeLessThan(full.fuelL! * 0.8);
  });
});

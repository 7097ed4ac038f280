import { paretoFilter } from "@gradeway/pareto";
import { describe, expect, it } from "vitest";

import type { RouteLimits } from "../../src/planner/plan-constraints.ts";
import type { PlannedRoute, PlanRequest, RoutePlanner } from "../../src/planner/plan-types.ts";
import { createRoutePlanner } from "../../src/planner/route-planner.ts";
import { buildFromAscii, formulaSampler, gridMetres, lonLatAt, regionOf } from "../networks.ts";
import { randomNetwork } from "../snap/random-network.ts";
import { BATTERY_ARTIC, ELECTRICITY } from "../vehicles.ts";
import { refusalOf } from "./refusal-of.ts";

/*
 * Searches of battery vehicles are shifted by height. Every route of a trip by enumeration is the
 * oracle: fronts, tolerances and limits have to hold for what routes cost, also where it is less than
 * nothing.
 */

type Costs = readonly [number, number, number];
const costsOf = ({ searchCosts }: PlannedRoute): Costs => searchCosts;

interface Trip {
  readonly planner: RoutePlanner;
  readonly request: PlanRequest;
  readonly every: readonly PlannedRoute[];
  readonly front: readonly Costs[];
}

async function* trips(): AsyncGenerator<Trip> {
  for (let seed = 0; seed < 40; seed++) {
    const { graph, random } = await randomNetwork(seed, (tags) => tags["hgv"] === undefined);
    const rates = { tollByFacility: { t: 2.5 }, electricity: ELECTRICITY };
    const region = { ...regionOf(graph, rates), vehicles: [BATTERY_ARTIC] };
    const planner = createRoutePlanner(region, { now: () => 0 });
    for (let round = 0; round < 4; round++) {
      const request: PlanRequest = {
        origin: lonLatAt(random.between(0, 800), random.between(-800, 0)),
        destination: lonLatAt(random.between(0, 800), random.between(-800, 0)),
        vehicle: BATTERY_ARTIC.id,
        geometry: "none",
      };
      let every: readonly PlannedRoute[];
      try {
        every = planner.planEveryRoute(request, 20_000).routes;
      } catch {
        // No road between these two.
        continue;
      }
      const costs = every.map(costsOf);
      yield { planner, request, every, front: paretoFilter(costs).map((at) => costs[at]!) };
    }
  }
}

const sorted = (costs: readonly Costs[]): string[] => [...new Set(costs.map(String))].sort();

describe("the search of a battery vehicle", () => {
  it("finds the exact front of what routes cost, and a front within any tolerance of it", async () => {
    let [negative, downhill] = [0, 0];
    for await (const { planner, request, every, front } of trips()) {
      const exact = planner.planPareto(request);
      expect(exact.certificate).toMatchObject({ kind: "exact", epsilon: 0 });
      expect(sorted(exact.routes.map(costsOf))).toEqual(sorted(front));
      if (front.some(([, , co2e]) => co2e < 0)) negative++;
      expect(exact.certificate.raisedArcs).toBe(0);
      for (const { searchCosts, cost, co2eKg, durationS } of every) {
        // Search costs are figures in grains, rounded once per road.
        expect(Math.abs(searchCosts[0] - durationS * 100)).toBeLessThan(20);
        expect(Math.abs(searchCosts[1] - cost.amount * 1e4)).toBeLessThan(20);
        expect(Math.abs(searchCosts[2] - co2eKg.total * 1e4)).toBeLessThan(20);
      }
      for (const epsilon of [0.02, 0.3]) {
        const coarse = planner.planPareto({ ...request, epsilon });
        const proven = coarse.certificate.epsilon!;
        expect(proven).toBeLessThanOrEqual(epsilon);
        const found = coarse.routes.map(costsOf);
        for (const [time, money, co2e] of front) {
          const isCovered = found.some(
            (costs) =>
              costs[0] <= time + Math.abs(time) * proven &&
              costs[1] <= money + money * proven &&
              costs[2] <= co2e + co2e * proven,
          );
          expect(isCovered).toBe(true);
        }
        if (proven < epsilon) downhill++;
      }
    }
    // Trips that give energy back, for which no share is a tolerance, and others are both among them.
    expect(negative).toBeGreaterThan(5);
    expect(downhill).toBeGreaterThan(5);
  });

  it("proves something in every step of an anytime request", async () => {
    let steps = 0;
    for await (const { planner, request, front } of trips()) {
      const heard: [number | null, Costs[]][] = [];
      const answer = planner.planPareto(
        { ...request, anytime: true, epsilon: 0.01 },
        {
          onImprovement: ({ certificate, routes }) =>
            heard.push([certificate.epsilon, routes.map(costsOf)]),
        },
      );
      heard.push([answer.certificate.epsilon, answer.routes.map(costsOf)]);
      expect(answer.certificate.epsilon).toBeLessThanOrEqual(0.01);
      for (const [epsilon, found] of heard) {
        if (epsilon === null) continue;
        steps++;
        for (const real of front) {
          const within = (costs: Costs): boolean =>
            costs.every((cost, k) => cost <= real[k]! + real[k]! * epsilon);
          expect(found.some(within)).toBe(true);
        }
      }
    }
    expect(steps).toBeGreaterThan(50);
  });

  it("keeps limits on what routes cost, and finds the best for weights within them", async () => {
    let [forced, refused] = [0, 0];
    for await (const { planner, request, every, front } of trips()) {
      const [fastest] = front;
      const cleanest = Math.min(...front.map(([, , co2e]) => co2e));
      const choices: readonly RouteLimits[] = [
        { maxCo2eKg: (cleanest + 40) / 1e4 },
        { overBest: { co2e: 0.1 } },
        { maxDurationS: fastest![0] / 100, maxCo2eKg: fastest![2] / 1e4 },
        { maxCo2eKg: (cleanest - 1) / 1e4 },
      ];
      for (const constraints of choices) {
        const most = [
          (constraints.maxDurationS ?? Infinity) * 100,
          Infinity,
          constraints.overBest === undefined
            ? constraints.maxCo2eKg! * 1e4
            : cleanest + 0.1 * Math.abs(cleanest),
        ];
        const keeps = (costs: Costs): boolean => costs.every((cost, k) => cost <= most[k]! + 1e-6);
        const within = front.filter(keeps);
        const limited = { ...request, constraints };
        if (within.length === 0) {
          const { details } = refusalOf(planner, limited, "epsilon_infeasible");
          expect(details.best.co2e).toBeCloseTo(cleanest / 1e4, 9);
          refused++;
          continue;
        }
        if (within.length < front.length) forced++;
        const answer = planner.planPareto(limited);
        expect(sorted(answer.routes.map(costsOf))).toEqual(sorted(within));
        const best = planner.planRoute({ ...limited, weights: { time: 1 } }).route;
        const least = Math.min(
          ...every
            .map(costsOf)
            .filter(keeps)
            .map(([time]) => time),
        );
        expect(best.searchCosts[0]).toBe(least);
      }
    }
    expect(forced).toBeGreaterThan(10);
    expect(refused).toBeGreaterThan(10);
  });

  it("counts a trip over a waypoint as its legs", async () => {
    let counted = 0;
    for await (const { planner, request, front } of trips()) {
      if (front.length === 0) continue;
      const { origin, destination } = request;
      const back = { ...request, destination: origin, waypoints: [destination] };
      try {
        const answer = planner.planPareto({ ...back, uTurnsAtWaypoints: true });
        for (const { searchCosts, cost, co2eKg } of answer.routes) {
          expect(Math.abs(searchCosts[1] - cost.amount * 1e4)).toBeLessThan(40);
          expect(Math.abs(searchCosts[2] - co2eKg.total * 1e4)).toBeLessThan(40);
          // There and back is never free.
          expect(searchCosts[2]).toBeGreaterThan(0);
          counted++;
        }
      } catch {
        // There is no way back.
      }
    }
    expect(counted).toBeGreaterThan(10);
  });
});

describe("heights that do not fit together", () => {
  it("raise the cost of arcs to nothing, and are counted", async () => {
    // A cliff: the arc is costed with the steepest grade there is, and falls further than that.
    const { graph, drawing } = await buildFromAscii(
      "A---B---C",
      { gridM: 100, ways: { AB: {}, BC: {} } },
      {
        elevation: formulaSampler((lon, lat) => (gridMetres(lon, lat)[0] > 600 ? 100 : 900)),
        smoothingM: 0,
      },
    );
    const rates = { electricity: ELECTRICITY };
    const region = { ...regionOf(graph, rates), vehicles: [BATTERY_ARTIC] };
    const planner = createRoutePlanner(region, { now: () => 0 });
    const request = { origin: drawing.position("A"), destination: drawing.position("C") };
    const { certificate } = planner.planPareto({ ...request, vehicle: BATTERY_ARTIC.id });
    expect(certificate.raisedArcs).toBeGreaterThan(0);
    const diesel = createRoutePlanner(regionOf(graph), { now: () => 0 }).planPareto(request);
    expect(diesel.certificate.raisedArcs).toBeUndefined();
  });
});

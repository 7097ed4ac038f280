import { describe, expect, it } from "vitest";

import type { PlannedRoute, PlanRequest } from "../../src/planner/plan-types.ts";
import { createEdgeLocator } from "../../src/snap/edge-locator.ts";
import { isUsable } from "../../src/snap/snap-ends.ts";
import { buildFromAscii, costingOf, lonLatAt, plannerOf } from "../networks.ts";
import { randomNetwork } from "../snap/random-network.ts";
import { refusalOf } from "./refusal-of.ts";
import { viaFront } from "./via-oracle.ts";

const TOLLS = { tollByFacility: { t: 2.5 } };
/** Grains by which costs may differ: one for each piece of road that is rounded on its own. */
const ROUNDING = 4;

const costsOf = ({ searchCosts }: PlannedRoute): readonly number[] => searchCosts;

/** Random trips with one to three waypoints, some of them on junctions, and their true fronts. */
async function* viaTrips(seeds: number, uTurns = false) {
  for (let seed = 0; seed < seeds; seed++) {
    const { graph, random, drawing } = await randomNetwork(
      seed,
      (tags) => tags["hgv"] === undefined,
    );
    const costing = costingOf(graph, undefined, TOLLS);
    const planner = plannerOf(graph, TOLLS);
    const locator = createEdgeLocator(graph);
    const usable = (edge: number): boolean => isUsable(costing, edge);
    for (let round = 0; round < 4; round++) {
      const place = () =>
        random.chance(0.25)
          ? drawing.position(random.pick(["A", "B", "C", "D", "E", "F", "G", "H", "I"]))
          : lonLatAt(random.between(0, 800), random.between(-800, 0));
      const points = Array.from({ length: random.pick([3, 3, 4, 5]) }, place);
      if (random.chance(0.1)) points[1] = points[0]!;
      const places = points.map((point) => locator.nearest(point, 1000, usable)!);
      const request: PlanRequest = {
        origin: points[0]!,
        destination: points.at(-1)!,
        waypoints: points.slice(1, -1),
        geometry: "none",
        ...(uTurns ? { uTurnsAtWaypoints: true } : {}),
      };
      yield { planner, request, front: viaFront(costing, places, uTurns), random };
    }
  }
}

function within(a: readonly number[], b: readonly number[]): boolean {
  return a.every((cost, k) => cost <= b[k]! + ROUNDING);
}

describe("a trip with waypoints", () => {
  it("has the front of all legal ways past them, walked as a whole", async () => {
    let trips = 0;
    let alternatives = 0;
    let refused = 0;
    for await (const { planner, request, front } of viaTrips(80)) {
      if (front.length === 0) {
        refusalOf(planner, request, "routing_graph_disconnected_od");
        refused++;
        continue;
      }
      const answer = planner.planPareto(request);
      const found = answer.routes.map(costsOf);
      expect(front.filter((costs) => !found.some((route) => within(route, costs)))).toEqual([]);
      expect(found.filter((route) => !front.some((costs) => within(costs, route)))).toEqual([]);
      for (const route of answer.routes) {
        expect(route.legs.length).toBe(request.waypoints!.length + 1);
        const durationS = route.legs.reduce((sum, leg) => sum + leg.durationS, 0);
        expect(durationS).toBeCloseTo(route.durationS, 1);
      }
      expect(answer.snapped.waypoints?.length).toBe(request.waypoints!.length);
      const quick = planner.planRoute(request).route;
      expect(costsOf(quick)[0]).toBe(Math.min(...found.map((costs) => costs[0]!)));
      trips++;
      if (found.length > 1) alternatives++;
    }
    expect(trips).toBeGreaterThan(150);
    expect(alternatives).toBeGreaterThan(25);
    expect(refused).toBeGreaterThan(3);
  });

  it("has the front of all legal ways that may turn round at them, and keeps restrictions", async () => {
    let [trips, alternatives, turned] = [0, 0, 0];
    for await (const { planner, request, front } of viaTrips(100, true)) {
      if (front.length === 0) {
        refusalOf(planner, request, "routing_graph_disconnected_od");
        continue;
      }
      const { routes } = planner.planPareto(request);
      const found = routes.map(costsOf);
      expect(front.filter((costs) => !found.some((route) => within(route, costs)))).toEqual([]);
      expect(found.filter((route) => !front.some((costs) => within(costs, route)))).toEqual([]);
      // What is shown is what was searched, up to a grain (10 ms) for each piece of road.
      for (const { drivingS, searchCosts } of routes) {
        expect(Math.abs(100 * drivingS - searchCosts[0])).toBeLessThan(20);
      }
      const merged = planner.planPareto({ ...request, epsilon: 0.05 }).routes.map(costsOf);
      const isCovered = (costs: readonly number[]): boolean =>
        merged.some((route) => route.every((cost, k) => cost <= costs[k]! * 1.05));
      expect(found.filter((costs) => !isCovered(costs))).toEqual([]);
      const quick = planner.planRoute(request).route;
      expect(costsOf(quick)[0]).toBe(Math.min(...found.map((costs) => costs[0]!)));
      trips++;
      if (found.length > 1) alternatives++;
      const { uTurnsAtWaypoints: _, ...straight } = request;
      try {
        const [on] = planner.planPareto(straight).routes.map(costsOf);
        if (found[0]![0]! < on![0]! - ROUNDING) turned++;
      } catch {
        turned++;
      }
    }
    expect(trips).toBeGreaterThan(200);
    expect(alternatives).toBeGreaterThan(50);
    expect(turned).toBeGreaterThan(50);
  });

  it("is covered within epsilon as a whole, and keeps limits as a whole", async () => {
    let limited = 0;
    for await (const { planner, request, random } of viaTrips(40)) {
      let found: (readonly number[])[];
      try {
        found = planner.planPareto(request).routes.map(costsOf);
      } catch {
        continue;
      }
      const merged = planner.planPareto({ ...request, epsilon: 0.05 }).routes.map(costsOf);
      const isCovered = (costs: readonly number[]): boolean =>
        merged.some((route) => route.every((cost, k) => cost <= costs[k]! * 1.05));
      expect(found.filter((costs) => !isCovered(costs))).toEqual([]);
      const steps: number[] = [];
      const anytime = planner.planPareto(
        { ...request, anytime: true, deadlineMs: 60_000 },
        { onImprovement: ({ certificate }) => steps.push(certificate.epsilon!) },
      );
      expect(anytime.routes.map(costsOf)).toEqual(found);
      expect(anytime.certificate).toMatchObject({ kind: "exact", complete: true });
      expect(steps).toEqual([0.05, 0.01]);
      const [time] = random.pick(found) as [number];
      const constraints = { maxDurationS: time / 100, overBest: { money: 0.2 } };
      const least = Math.min(...found.map((costs) => costs[1]!));
      const kept = found.filter(([t, money]) => t! <= time && money! <= least * 1.2);
      if (kept.length === 0) {
        refusalOf(planner, { ...request, constraints }, "epsilon_infeasible");
        continue;
      }
      const front = planner.planPareto({ ...request, constraints });
      expect(front.routes.map(costsOf)).toEqual(kept);
      const rough = planner.planPareto({ ...request, constraints, epsilon: 0.05 });
      const roughly = rough.routes.map(costsOf);
      expect(roughly.every(([t, money]) => t! <= time && money! <= least * 1.2)).toBe(true);
      const safe = kept.filter(([t, money]) => t! * 1.05 <= time && money! * 1.05 <= least * 1.2);
      const missed = safe.filter(
        (costs) => !roughly.some((route) => route.every((cost, k) => cost <= costs[k]! * 1.05)),
      );
      expect(missed).toEqual([]);
      const cleanest = planner.planRoute({ ...request, constraints, weights: { co2e: 1 } });
      expect(costsOf(cleanest.route)[2]).toBe(Math.min(...kept.map((costs) => costs[2]!)));
      if (kept.length < found.length) limited++;
    }
    expect(limited).toBeGreaterThan(10);
  });

  it("answers an anytime request with the last front that was proven in time", async () => {
    const { graph, drawing } = await randomNetwork(3, (tags) => tags["hgv"] === undefined);
    const request: PlanRequest = {
      origin: drawing.position("A"),
      destination: drawing.position("I"),
      waypoints: [lonLatAt(300, -300)],
      anytime: true,
    };
    const exact = plannerOf(graph, TOLLS).planPareto(request).routes.map(costsOf);
    const seen = new Set<number | null>();
    for (let deadlineMs = 1; deadlineMs < 400; deadlineMs++) {
      let time = 0;
      const ticking = plannerOf(graph, TOLLS, () => (time += 1));
      try {
        const { routes, certificate } = ticking.planPareto({ ...request, deadlineMs });
        const { epsilon } = certificate;
        seen.add(epsilon);
        const found = routes.map(costsOf);
        const missed = exact.filter(
          (costs) =>
            !found.some((route) => route.every((cost, k) => cost <= costs[k]! * (1 + epsilon!))),
        );
        expect(missed).toEqual([]);
        expect(certificate.complete).toBe(epsilon === 0);
        if (epsilon === 0) break;
      } catch (error) {
        expect(error).toMatchObject({ reasonCode: "route_compute_timeout" });
        seen.add(null);
      }
    }
    expect([...seen]).toEqual([null, 0.05, 0.01, 0]);
  });

  it("does not turn round at a waypoint, except at the end of a road or where it is allowed", async () => {
    // Round the block from B, or into the dead end at D.
    const { graph, drawing } = await buildFromAscii(
      `
      A----B----C
           |    |
      D----E----F
      `,
      { gridM: 100, ways: { ABC: {}, BE: {}, CF: {}, DEF: {} } },
    );
    const planner = plannerOf(graph);
    const [lonB, latB] = drawing.position("B");
    const [lonC] = drawing.position("C");
    const half: [number, number] = [(lonB + lonC) / 2, latB];
    const metresOf = (waypoint: [number, number], uTurnsAtWaypoints?: boolean): number => {
      const request = {
        origin: drawing.position("A"),
        destination: drawing.position("A"),
        waypoints: [waypoint],
        ...(uTurnsAtWaypoints === undefined ? {} : { uTurnsAtWaypoints }),
      };
      return planner.planRoute(request).route.distanceM;
    };
    const ab = metresOf(drawing.position("B"), true) / 2;
    expect(metresOf(half, true)).toBeCloseTo(3 * ab, -1);
    // Round B C F E and back to B.
    const block = metresOf(half);
    expect(block).toBeCloseTo(2 * ab + 1400, -1);
    expect(metresOf(half, false)).toBe(block);
    expect(metresOf(drawing.position("C"))).toBeCloseTo(block, 0);
    const deadEnd = metresOf([drawing.position("D")[0], drawing.position("D")[1]]);
    expect(deadEnd).toBeCloseTo(
      metresOf([drawing.position("D")[0], drawing.position("D")[1]], true),
      0,
    );
  });

  it("names the waypoint that cannot be reached, or that is avoided", async () => {
    const { graph, drawing } = await buildFromAscii("A----B----C----D", { ways: { ABCD: {} } });
    const planner = plannerOf(graph);
    const [lon, lat] = drawing.position("C");
    const request = { origin: drawing.position("A"), destination: drawing.position("D") };
    const far = { ...request, waypoints: [drawing.position("B"), lonLatAt(0, -5000)] as const };
    const { details, message } = refusalOf(planner, far, "routing_graph_coverage_gap");
    expect(details.point).toBe("waypoint 2");
    expect(message).toContain("of the waypoint 2");
    const box = [lon - 0.0005, lat - 0.0005, lon + 0.0005, lat + 0.0005] as const;
    const closed = { ...request, waypoints: [drawing.position("C")], avoid: { boxes: [box] } };
    expect(refusalOf(planner, closed, "end_avoided").details.point).toBe("waypoint 1");
    expect(() =>
      planner.planEveryRoute({ ...request, waypoints: [drawing.position("B")] }, 99),
    ).toThrow(expect.objectContaining({ reasonCode: "request_feature_unavailable" }));
  });
});

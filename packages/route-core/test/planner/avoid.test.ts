import { booleanIntersects, lineSliceAlong, lineString, multiPolygon, polygon } from "@turf/turf";
import { describe, expect, it } from "vitest";

import type { RoutingGraph } from "../../src/graph/routing-graph.ts";
import { SPAN_TOLL, SPAN_TUNNEL } from "../../src/graph/routing-graph.ts";
import type { AreaGeometry, Avoidances } from "../../src/planner/plan-constraints.ts";
import { createEdgeLocator } from "../../src/snap/edge-locator.ts";
import { isUsable } from "../../src/snap/snap-ends.ts";
import { buildFromAscii, costingOf, lonLatAt, plannerOf, waysOfEdge } from "../networks.ts";
import { randomNetwork } from "../snap/random-network.ts";
import { refusalOf } from "./refusal-of.ts";
import { legalFront } from "./route-oracle.ts";

const TOLLS = { tollByFacility: { t: 2.5 } };

/** What is avoided, by other means: turf for areas, lists of spans for the rest. */
function avoiding(graph: RoutingGraph, avoid: Avoidances) {
  const rings = (geometry: AreaGeometry) =>
    geometry.type === "Polygon"
      ? polygon(geometry.coordinates.map((ring) => ring.map(([x, y]) => [x, y])))
      : multiPolygon(
          geometry.coordinates.map((one) => one.map((ring) => ring.map(([x, y]) => [x, y]))),
        );
  const areas = (avoid.polygons ?? []).map(rings);
  for (const [west, south, east, north] of avoid.boxes ?? []) {
    areas.push(
      polygon([
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
          [west, south],
        ],
      ]),
    );
  }
  return (arc: number, fromM: number, toM: number): boolean => {
    const edge = arc >> 1;
    if (waysOfEdge(graph, edge).some((way) => avoid.ways?.includes(way))) return true;
    for (let span = graph.firstSpan[edge]!; span < graph.firstSpan[edge + 1]!; span++) {
      const flags = graph.spanFlags[span]!;
      // Priced passages are known by their facility, others by a flag.
      const isToll = graph.spanFacility[span] !== 0 || (flags & SPAN_TOLL) !== 0;
      if (avoid.features?.includes("toll") && isToll) return true;
      if (avoid.features?.includes("tunnel") && (flags & SPAN_TUNNEL) !== 0) return true;
      if (avoid.features?.includes("motorway") && graph.spanClass[span]! < 2) return true;
    }
    const points = Array.from(
      graph.pointLonE7.subarray(graph.firstPoint[edge], graph.firstPoint[edge + 1]),
      (lon, k) => [lon / 1e7, graph.pointLatE7[graph.firstPoint[edge]! + k]! / 1e7],
    );
    const whole = lineString(points);
    const part = toM - fromM < 1e-6 ? whole : lineSliceAlong(whole, fromM / 1000, toM / 1000);
    return areas.some((area) => booleanIntersects(part, area));
  };
}

describe("what a request avoids", () => {
  it("is driven on by no route, and every other legal one is found", async () => {
    const seen = { changed: 0, refusedEnds: 0, nothingLeft: 0, planned: 0 };
    for (let seed = 0; seed < 70; seed++) {
      const { graph, random } = await randomNetwork(seed, (tags) => tags["hgv"] === undefined);
      const costing = costingOf(graph, undefined, TOLLS);
      const planner = plannerOf(graph, TOLLS);
      const locator = createEdgeLocator(graph);
      const ways = [...new Set(graph.spanWayId)];
      for (let round = 0; round < 8; round++) {
        const place = () => lonLatAt(random.between(-20, 820), random.between(-820, 20));
        const [origin, destination, [west, north], [lon, lat]] = [
          place(),
          place(),
          place(),
          place(),
        ];
        const size = random.between(0.0002, 0.002);
        const avoid: Avoidances = random.pick([
          {
            features: random.pick([
              ["toll"],
              ["tunnel"],
              ["motorway"],
              ["toll", "motorway"],
            ] as const),
          },
          { ways: [random.pick(ways), random.pick(ways)] },
          { boxes: [[west, north - size, west + size, north]] },
          {
            polygons: [
              {
                type: "Polygon",
                coordinates: [
                  [
                    [lon, lat],
                    [lon + size, lat],
                    [lon, lat + size],
                    [lon, lat],
                  ],
                ],
              },
            ],
            ways: [random.pick(ways)],
          },
        ]);
        const usable = (edge: number): boolean => isUsable(costing, edge);
        const from = locator.nearest(origin, 1000, usable)!;
        const to = locator.nearest(destination, 1000, usable)!;
        const isAvoided = avoiding(graph, avoid);
        const free = legalFront(costing, from, to);
        if (free.length === 0) continue;
        const expected = legalFront(costing, from, to, isAvoided);
        const request = { origin, destination, avoid, strict: true, geometry: "none" } as const;
        if (expected.length === 0) {
          try {
            planner.planPareto(request);
            expect.unreachable();
          } catch (error) {
            const { reasonCode } = error as { reasonCode: string };
            expect(["end_avoided", "no_route_candidates"]).toContain(reasonCode);
            if (reasonCode === "end_avoided") seen.refusedEnds++;
            else seen.nothingLeft++;
          }
          continue;
        }
        const found = planner.planPareto(request).routes.map(({ searchCosts }) => searchCosts);
        expect(found.length).toBe(expected.length);
        for (const [index, costs] of found.entries()) {
          for (let k = 0; k < 3; k++) {
            expect(Math.abs(costs[k]! - expected[index]![k]!)).toBeLessThanOrEqual(1);
          }
        }
        seen.planned++;
        if (JSON.stringify(expected) !== JSON.stringify(free)) seen.changed++;
      }
    }
    expect(seen.changed).toBeGreaterThan(10);
    expect(seen.refusedEnds).toBeGreaterThan(10);
    expect(seen.nothingLeft).toBeGreaterThan(5);
    expect(seen.planned).toBeGreaterThan(100);
  });

  it("is told where an end lies in it, and where nothing else is left", async () => {
    const { graph, drawing } = await buildFromAscii("A----B----C----D", { ways: { ABCD: {} } });
    const planner = plannerOf(graph);
    const around = (name: string): [number, number, number, number] => {
      const [lon, lat] = drawing.position(name);
      return [lon - 0.0005, lat - 0.0005, lon + 0.0005, lat + 0.0005];
    };
    const request = { origin: drawing.position("A"), destination: drawing.position("D") };
    const end = { ...request, avoid: { boxes: [around("D")] } };
    const { details } = refusalOf(planner, end, "end_avoided");
    expect(details).toMatchObject({ point: "destination", osmWayId: graph.spanWayId[0] });
    const start = { ...request, avoid: { boxes: [around("A"), around("C")] } };
    expect(refusalOf(planner, start, "end_avoided").details.point).toBe("origin");
    const through = { ...request, origin: lonLatAt(40, 0), avoid: { boxes: [around("C")] } };
    expect(refusalOf(planner, through, "no_route_candidates").details).toEqual({ field: "avoid" });
    // A trip that ends before it is none of its business.
    const before = { ...through, destination: lonLatAt(600, 0) };
    expect(planner.planRoute(before).route.distanceM).toBeCloseTo(560, 0);
    // Other requests are not concerned.
    expect(planner.planRoute(request).route.distanceM).toBeGreaterThan(1000);
    expect(planner.planRoute({ ...request, avoid: {} }).route.distanceM).toBeGreaterThan(1000);
  });
});

import { decode } from "@mapbox/polyline";
import { distance, length, lineString, point } from "@turf/turf";
import { describe, expect, it } from "vitest";

import type { LonLat } from "../../src/geo/lon-lat.ts";
import type { LineStringGeometry, PlannedRoute } from "../../src/planner/plan-types.ts";
import { buildFromAscii, lonLatAt, plannerOf } from "../networks.ts";
import { randomNetwork } from "../snap/random-network.ts";

const TOLLS = { tollByFacility: { t: 1 } };

const coordinatesOf = (route: PlannedRoute): readonly LonLat[] =>
  (route.geometry as LineStringGeometry).coordinates;

const metresBetween = (a: LonLat, b: LonLat): number =>
  distance(point([...a]), point([...b]), { units: "meters" });

/** Trips over random towns, in several geometry formats. */
async function* trips() {
  for (let seed = 300; seed < 340; seed++) {
    const { graph, random } = await randomNetwork(seed);
    const planner = plannerOf(graph, TOLLS);
    for (let round = 0; round < 4; round++) {
      const place = () => lonLatAt(random.between(-50, 850), random.between(-850, 50));
      const request = { origin: place(), destination: place() };
      try {
        yield { planner, request, answer: planner.planPareto(request) };
      } catch (error) {
        expect(String(error)).toContain("No road leads");
      }
    }
  }
}

describe("the geometry of a route", () => {
  it("begins and ends where the trip was put on the road", async () => {
    let seen = 0;
    for await (const { answer, request } of trips()) {
      for (const route of answer.routes) {
        const line = coordinatesOf(route);
        expect(metresBetween(line[0]!, answer.snapped.origin.lonLat)).toBeLessThan(0.02);
        expect(metresBetween(line.at(-1)!, answer.snapped.destination.lonLat)).toBeLessThan(0.02);
        seen++;
      }
      const { origin } = answer.snapped;
      expect(
        Math.abs(metresBetween(origin.lonLat, request.origin) - origin.distanceM),
      ).toBeLessThan(0.1);
    }
    expect(seen).toBeGreaterThan(60);
  });

  it("is as long as the route says, without gaps or repeated points", async () => {
    for await (const { answer } of trips()) {
      for (const route of answer.routes) {
        const line = coordinatesOf(route);
        expect(line.length).toBeGreaterThanOrEqual(2);
        const metres = length(lineString(line.map((place) => [...place])), { units: "meters" });
        expect(Math.abs(metres - route.distanceM)).toBeLessThan(0.1 + 0.02 * line.length);
        for (let i = 1; i < line.length; i++) {
          const isRepeated = line[i]![0] === line[i - 1]![0] && line[i]![1] === line[i - 1]![1];
          expect(isRepeated).toBe(route.distanceM === 0);
        }
      }
    }
  });

  it("as polyline6 decodes to the same line, and can be left out", async () => {
    for await (const { planner, request, answer } of trips()) {
      const encoded = planner.planPareto({ ...request, geometry: "polyline6" });
      const without = planner.planPareto({ ...request, geometry: "none" });
      for (const [index, route] of answer.routes.entries()) {
        const text = encoded.routes[index]!.geometry;
        if (typeof text !== "string") throw new Error("polyline6 is text");
        const decoded = decode(text, 6);
        const line = coordinatesOf(route);
        expect(decoded.length).toBe(line.length);
        for (const [i, [lat, lon]] of decoded.entries()) {
          expect(Math.abs(lon - line[i]![0])).toBeLessThan(6e-7);
          expect(Math.abs(lat - line[i]![1])).toBeLessThan(6e-7);
        }
        expect(without.routes[index]!.geometry).toBeNull();
        expect(without.routes[index]!.id).toBe(route.id);
      }
    }
  });

  it("of a trip to where it begins is a line of two equal points", async () => {
    const { graph, drawing } = await buildFromAscii("A----B", { ways: { AB: {} } });
    const here = drawing.position("A");
    const { routes, front } = plannerOf(graph).planPareto({ origin: here, destination: here });
    expect(front.size).toBe(1);
    expect(coordinatesOf(routes[0]!)).toEqual([here, here]);
    expect(routes[0]).toMatchObject({ durationS: 0, distanceM: 0, fuelL: 0, ascentM: 0 });
  });
});

describe("heights along a route", () => {
  it("run from 0 to its length at most 50 m apart, and climb what the route climbs", async () => {
    let compared = 0;
    for await (const { planner, request } of trips()) {
      const { route } = planner.planRoute({ ...request, annotations: ["elevation"] });
      const { distanceM, elevationM } = route.annotations!.elevation!;
      expect(distanceM.length).toBe(elevationM.length);
      expect(distanceM[0]).toBe(0);
      expect(distanceM.at(-1)).toBeCloseTo(route.distanceM, 0);
      for (let i = 1; i < distanceM.length; i++) {
        expect(distanceM[i]! - distanceM[i - 1]!).toBeLessThan(50.2);
        expect(distanceM[i]!).toBeGreaterThanOrEqual(distanceM[i - 1]!);
      }
      // A bridge that ends in nothing is void: there the climb is not that between the ends.
      if (elevationM.includes(null)) continue;
      compared++;
      const net = elevationM.at(-1)! - elevationM[0]!;
      expect(Math.abs(route.ascentM! - route.descentM! - net)).toBeLessThan(0.25);
    }
    expect(compared).toBeGreaterThan(20);
  });
});

import { describe, expect, it } from "vitest";

import { arcWeights } from "../../src/costing/arc-weights.ts";
import { ACCESS_NONE } from "../../src/osm/way-access.ts";
import { INF } from "../../src/search/search-graph.ts";
import { isUsable } from "../../src/snap/snap-ends.ts";
import { createEdgeLocator } from "../../src/snap/edge-locator.ts";
import { costingOf, lonLatAt, plannerOf } from "../networks.ts";
import { randomNetwork } from "../snap/random-network.ts";
import { ARTIC, VAN } from "../vehicles.ts";
import { legalFront, oracleCosts } from "./route-oracle.ts";

const TOLLS = { tollByFacility: { t: 2.5 } };
const withoutDestinationRoads = (tags: Readonly<Record<string, string>>): boolean =>
  tags["hgv"] === undefined;

describe("costs of arcs", () => {
  it("are those of the formulas, piece by piece", async () => {
    for (let seed = 500; seed < 515; seed++) {
      const { graph, random } = await randomNetwork(seed);
      const costing = costingOf(graph, random.pick([ARTIC, VAN]), TOLLS);
      const weights = arcWeights(costing);
      for (let arc = 0; arc < 2 * graph.edgeCount; arc++) {
        if (costing.access.arcLevel[arc] === ACCESS_NONE) {
          expect(weights[3 * arc]).toBe(INF);
          continue;
        }
        const expected = oracleCosts(costing, arc, 0, graph.edgeLengthM[arc >> 1]!);
        for (let k = 0; k < 3; k++) {
          expect(Math.abs(weights[3 * arc + k]! - expected[k]!)).toBeLessThanOrEqual(1);
        }
      }
    }
  });
});

describe("the front of a plan", () => {
  it("is that of all legal ways, walked one by one", async () => {
    let trips = 0;
    let alternatives = 0;
    for (let seed = 0; seed < 120; seed++) {
      const { graph, random } = await randomNetwork(seed, withoutDestinationRoads);
      const vehicle = random.pick([ARTIC, VAN]);
      const costing = costingOf(graph, vehicle, TOLLS);
      const planner = plannerOf(graph, TOLLS);
      const locator = createEdgeLocator(graph);
      for (let round = 0; round < 3; round++) {
        const origin = lonLatAt(random.between(-20, 820), random.between(-820, 20));
        const destination = random.chance(0.1)
          ? origin
          : lonLatAt(random.between(-20, 820), random.between(-820, 20));
        const usable = (edge: number): boolean => isUsable(costing, edge);
        const from = locator.nearest(origin, 1000, usable)!;
        const to = locator.nearest(destination, 1000, usable)!;
        const expected = legalFront(costing, from, to);
        const request = { origin, destination, vehicle: vehicle.id, strict: true };
        if (expected.length === 0) {
          expect(() => planner.planPareto(request)).toThrow(/No road leads/);
          continue;
        }
        const { routes, front } = planner.planPareto(request);
        const found = routes.map(({ searchCosts }) => [...searchCosts]);
        // The sums of floats may round to the other side of a grain on a few pieces.
        expect(found.length).toBe(expected.length);
        for (const [index, costs] of found.entries()) {
          for (let k = 0; k < 3; k++) {
            expect(Math.abs(costs[k]! - expected[index]![k]!)).toBeLessThanOrEqual(1);
          }
        }
        expect(front.size).toBe(expected.length);
        trips++;
        if (expected.length > 1) alternatives++;
      }
    }
    expect(trips).toBeGreaterThan(200);
    expect(alternatives).toBeGreaterThan(25);
  });

  it("is the same on repeat, on a used and on a new planner", async () => {
    for (let seed = 200; seed < 220; seed++) {
      const { graph, random } = await randomNetwork(seed);
      const place = () => lonLatAt(random.between(0, 800), random.between(-800, 0));
      const planner = plannerOf(graph, TOLLS);
      const requests = Array.from({ length: 4 }, () => ({ origin: place(), destination: place() }));
      const answer = (from: typeof planner, request: (typeof requests)[number]): string => {
        try {
          return JSON.stringify(from.planPareto({ ...request, annotations: ["elevation"] }));
        } catch (error) {
          return String(error);
        }
      };
      const first = requests.map((request) => answer(planner, request));
      expect(requests.map((request) => answer(planner, request))).toEqual(first);
      expect(requests.map((request) => answer(plannerOf(graph, TOLLS), request))).toEqual(first);
    }
  });
});

import { describe, expect, it } from "vitest";

import { addArc, addArcPart, createConsumption } from "../../src/costing/arc-consumption.ts";
import type { Costing } from "../../src/costing/costing.ts";
import { arcWeights, customizeSearchGraph } from "../../src/costing/arc-weights.ts";
import type { RoutingGraph } from "../../src/graph/routing-graph.ts";
import { ACCESS_NONE } from "../../src/osm/way-access.ts";
import { openNetwork } from "../../src/planner/access-pockets.ts";
import { partCosts } from "../../src/planner/arc-part.ts";
import { tripQuery } from "../../src/planner/trip-query.ts";
import { exactSearch } from "../../src/search/exact-search.ts";
import { createSearchSpace } from "../../src/search/search-space.ts";
import { costingOf } from "../networks.ts";
import { ARTIC, RIGID, VAN } from "../vehicles.ts";
import { longEdge, randomNetwork } from "./random-network.ts";
import { cutAtM, cutCount, splitEdge } from "./split-graph.ts";

const TOLLS = { tollByFacility: { t: 2.5 } };

interface Place {
  readonly edge: number;
  readonly atM: number;
}

type Costs = readonly [number, number, number];

/** The exact front between two places on edges, in grains. */
function frontBetween(costing: Costing, origin: Place, destination: Place): Costs[] {
  const searchGraph = customizeSearchGraph(costing, arcWeights(costing));
  const network = openNetwork(searchGraph);
  const at = ({ edge, atM }: Place) => ({ edge, atM, lonLat: [7, 47] as const, distanceM: 0 });
  const query = tripQuery(costing, searchGraph, network, at(origin), at(destination), 7);
  const budget = { now: () => 0, deadlineAtMs: Infinity, maxBytes: Infinity };
  const { status, costs } = exactSearch(createSearchSpace(searchGraph), query, budget);
  expect(status).toBe("complete");
  const front: Costs[] = [];
  for (let k = 0; k < costs.length; k += 3) front.push([costs[k]!, costs[k + 1]!, costs[k + 2]!]);
  return front;
}

/** Whether the speeds posted along an edge differ by direction. */
function hasTwoSpeeds(graph: RoutingGraph, edge: number): boolean {
  const spans = { from: graph.firstSpan[edge]!, to: graph.firstSpan[edge + 1]! };
  const forward = graph.spanSpeedForwardKmh.subarray(spans.from, spans.to);
  const backward = graph.spanSpeedBackwardKmh.subarray(spans.from, spans.to);
  return forward.some((kmh, at) => kmh !== backward[at]);
}

/** Every route of one front has a counterpart in the other that is no worse by more than that. */
function expectCovered(front: readonly Costs[], by: readonly Costs[], grains: number): void {
  for (const costs of front) {
    const covered = by.some((other) => other.every((cost, k) => cost <= costs[k]! + grains));
    if (!covered) expect({ by, grains }).toEqual({ costs });
  }
}

describe("part of an edge", () => {
  it("and the rest of it cost what the whole costs, in both directions", async () => {
    let compared = 0;
    for (let seed = 0; seed < 40; seed++) {
      const { graph, random } = await randomNetwork(seed);
      const costing = costingOf(graph, random.pick([ARTIC, RIGID, VAN]), TOLLS);
      for (let round = 0; round < 10; round++) {
        const edge = random.integer(0, graph.edgeCount - 1);
        const lengthM = graph.edgeLengthM[edge]!;
        const atM = random.next() * lengthM;
        for (const arc of [2 * edge, 2 * edge + 1]) {
          const whole = partCosts(costing, { arc, fromM: 0, toM: lengthM }, 7);
          const parts = [
            partCosts(costing, { arc, fromM: 0, toM: atM }, 7),
            partCosts(costing, { arc, fromM: atM, toM: lengthM }, 7),
          ];
          for (let k = 0; k < 3; k++) {
            const sum = parts[0]![k]! + parts[1]![k]!;
            expect(Math.abs(sum - whole[k]!)).toBeLessThanOrEqual(1);
            compared++;
          }
        }
      }
    }
    expect(compared).toBe(2400);
  });

  it("from end to end is the stored arc", async () => {
    for (let seed = 0; seed < 20; seed++) {
      const { graph } = await randomNetwork(seed);
      const costing = costingOf(graph, ARTIC, TOLLS);
      for (let arc = 0; arc < 2 * graph.edgeCount; arc++) {
        const [stored, computed] = [createConsumption(), createConsumption()];
        addArc(costing, arc, stored);
        addArcPart(costing, arc, 0, graph.edgeLengthM[arc >> 1]!, computed);
        expect(computed.seconds).toBeCloseTo(stored.seconds, 3);
        expect(computed.energy).toBeCloseTo(stored.energy, 3);
        expect(computed.metres).toBeCloseTo(stored.metres, 9);
        expect([computed.toll, ...computed.facilities]).toEqual([
          stored.toll,
          ...stored.facilities,
        ]);
      }
    }
  });

  it("of no length costs nothing", async () => {
    const { graph } = await randomNetwork(1);
    const costing = costingOf(graph, ARTIC, TOLLS);
    for (let edge = 0; edge < graph.edgeCount; edge++) {
      const lengthM = graph.edgeLengthM[edge]!;
      for (const share of [0, 0.37, 1]) {
        const part = { fromM: share * lengthM, toM: share * lengthM };
        expect(partCosts(costing, { arc: 2 * edge, ...part }, 7)).toEqual([0, 0, 0]);
        expect(partCosts(costing, { arc: 2 * edge + 1, ...part }, 7)).toEqual([0, 0, 0]);
      }
    }
  });
});

describe("a trip from a place on an edge", () => {
  it("is the trip on the graph that is cut there, at either end", async () => {
    let routes = 0;
    for (let seed = 0; seed < 290; seed++) {
      const { graph, random } = await randomNetwork(seed);
      const vehicle = random.pick([ARTIC, VAN]);
      const edge = longEdge(graph, random);
      const cut = random.integer(2, cutCount(graph, edge) - 1);
      const here: Place = { edge, atM: cutAtM(graph, edge, cut) };
      const onSameEdge = random.chance(0.3);
      const other = onSameEdge ? edge : longEdge(graph, random);
      const there: Place = { edge: other, atM: random.next() * graph.edgeLengthM[other]! };
      const costing = costingOf(graph, vehicle, TOLLS);
      const usable = ({ edge: on }: Place): boolean =>
        [2 * on, 2 * on + 1].some((arc) => costing.access.arcLevel[arc] !== ACCESS_NONE);
      if (!usable(here) || !usable(there)) continue;
      // Who sets off on a junction does so at its speed, whichever way; the cut makes one.
      if (hasTwoSpeeds(graph, edge)) continue;
      const split = splitEdge(graph, edge, cut);
      const splitCosting = costingOf(split.graph, vehicle, TOLLS);
      const place = ({ edge: on, atM }: Place): Place => split.place(on, atM);
      for (const [origin, destination] of [
        [here, there],
        [there, here],
      ] as const) {
        const front = frontBetween(costing, origin, destination);
        const cutFront = frontBetween(splitCosting, place(origin), place(destination));
        expect(cutFront.length > 0).toBe(front.length > 0);
        // Two pieces at the cut; a route may pass it once more when it comes back to the edge.
        expectCovered(front, cutFront, 3);
        expectCovered(cutFront, front, 3);
        routes += front.length;
      }
    }
    expect(routes).toBeGreaterThan(400);
  });
});

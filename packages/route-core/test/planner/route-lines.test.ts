import { createSeededRandom, type SeededRandom } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import type { LonLat } from "../../src/geo/lon-lat.ts";
import { heightAt } from "../../src/graph/edge-pieces.ts";
import type { RoutingGraph } from "../../src/graph/routing-graph.ts";
import { JsonBytes } from "../../src/json/json-bytes.ts";
import { CourseJson } from "../../src/planner/course-json.ts";
import { EdgeCourses } from "../../src/planner/edge-courses.ts";
import { coordinatesOf, elevationAlong, partShape } from "../../src/planner/route-parts.ts";
import type { ArcPart } from "../../src/planner/arc-part.ts";
import { costingOf } from "../networks.ts";
import { randomNetwork } from "../snap/random-network.ts";

/** Whole arcs and parts of arcs, forward and backward, some of them again and again. */
function anyParts(graph: RoutingGraph, random: SeededRandom): ArcPart[] {
  return Array.from({ length: random.integer(1, 12) }, () => {
    const arc = random.integer(0, 2 * graph.edgeCount - 1);
    const lengthM = graph.edgeLengthM[arc >> 1]!;
    if (random.chance(0.7)) return { arc, fromM: 0, toM: lengthM };
    const [a, b] = [random.between(0, lengthM), random.between(0, lengthM)];
    return { arc, fromM: Math.min(a, b), toM: Math.max(a, b) };
  });
}

function heightsByHand(graph: RoutingGraph, parts: readonly ArcPart[]) {
  const rows: (readonly [distanceM: number, elevationM: number | null])[] = [];
  let doneM = 0;
  for (const [index, { arc, fromM, toM }] of parts.entries()) {
    const steps = Math.max(1, Math.ceil((toM - fromM) / 50));
    for (let step = index === 0 ? 0 : 1; step <= steps; step++) {
      const alongM = ((toM - fromM) * step) / steps;
      const height = heightAt(graph, arc >> 1, arc % 2 === 1 ? toM - alongM : fromM + alongM);
      const rounded = Number.isNaN(height) ? null : Math.round(height * 10) / 10;
      rows.push([Math.round((doneM + alongM) * 10) / 10, rounded]);
    }
    doneM += toM - fromM;
  }
  return { distanceM: rows.map(([at]) => at), elevationM: rows.map(([, height]) => height) };
}

function lineByHand(graph: RoutingGraph, parts: readonly ArcPart[]): LonLat[] {
  const { firstPoint, pointLonE7, pointLatE7 } = graph;
  const line = parts.flatMap((part): LonLat[] => {
    const edge = part.arc >> 1;
    const isWhole = part.fromM === 0 && part.toM === graph.edgeLengthM[edge];
    const points = Array.from(
      { length: firstPoint[edge + 1]! - firstPoint[edge]! },
      (_, k) => firstPoint[edge]! + k,
    );
    const shape = isWhole
      ? points.map((k): LonLat => [pointLonE7[k]! / 1e7, pointLatE7[k]! / 1e7])
      : partShape(graph, part);
    return part.arc % 2 === 1 ? shape.toReversed() : shape;
  });
  return line.filter((at, k) => at[0] !== line[k - 1]?.[0] || at[1] !== line[k - 1]?.[1]);
}

describe("lines that share what is known of their edges", () => {
  it("are those of each line by itself", async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { graph } = await randomNetwork(seed);
      const costing = costingOf(graph);
      const random = createSeededRandom(seed);
      const courses = new EdgeCourses(graph);
      for (let route = 0; route < 20; route++) {
        const parts = anyParts(graph, random);
        expect(coordinatesOf(costing.graph, courses, parts)).toEqual(lineByHand(graph, parts));
        expect(elevationAlong(costing, courses, parts)).toEqual(heightsByHand(graph, parts));
      }
    }
  });

  it("are the same where they are written as JSON", async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = createSeededRandom(seed);
      const town = await randomNetwork(seed);
      const heightM = town.graph.heightM.map((height) => (random.chance(0.1) ? NaN : height - 705));
      const graph = { ...town.graph, heightM };
      const json = new JsonBytes();
      json.begin("[null");
      const courses = new CourseJson(graph, json);
      const expected: unknown[] = [null];
      for (let route = 0; route < 20; route++) {
        const parts = anyParts(graph, random);
        json.text(",");
        courses.positions(parts);
        json.text(",");
        courses.elevation(parts);
        expected.push(lineByHand(graph, parts), heightsByHand(graph, parts));
      }
      json.text("]");
      expect(new TextDecoder().decode(json.take())).toBe(JSON.stringify(expected));
    }
  });
});

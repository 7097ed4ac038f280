import { createSeededRandom, type OsmDataset } from "@gradeway/test-kit";
import { lineString, nearestPointOnLine, point, pointToLineDistance } from "@turf/turf";
import { describe, expect, it } from "vitest";

import type { LonLat } from "../../src/geo/lon-lat.ts";
import type { RoutingGraph } from "../../src/graph/routing-graph.ts";
import { createEdgeLocator, projectOnEdge } from "../../src/snap/edge-locator.ts";
import { buildFromAscii, buildFromDataset, lonLatAt } from "../networks.ts";

const random = createSeededRandom(21);

/** Crooked streets all over a square of 6 km. */
function scatteredStreets(count: number): OsmDataset {
  const nodes: OsmDataset["nodes"][number][] = [];
  const ways: OsmDataset["ways"][number][] = [];
  for (let way = 1; way <= count; way++) {
    let [east, north] = [random.between(0, 6000), random.between(-6000, 0)];
    const refs: number[] = [];
    for (let piece = random.integer(2, 6); piece > 0; piece--) {
      const [lon, lat] = lonLatAt(east, north);
      refs.push(nodes.length + 1);
      nodes.push({ id: nodes.length + 1, lon, lat });
      east += random.between(-300, 300);
      north += random.between(-300, 300);
    }
    ways.push({ id: way, nodes: refs, tags: { highway: "residential" } });
  }
  return { nodes, ways, relations: [] };
}

const { graph } = await buildFromDataset(scatteredStreets(300));
const locator = createEdgeLocator(graph);
const places = Array.from({ length: 400 }, (): LonLat =>
  lonLatAt(random.between(-500, 6500), random.between(-6500, 500)),
);

function lineOf(from: RoutingGraph, edge: number) {
  const coordinates: [number, number][] = [];
  for (let at = from.firstPoint[edge]!; at < from.firstPoint[edge + 1]!; at++) {
    coordinates.push([from.pointLonE7[at]! / 1e7, from.pointLatE7[at]! / 1e7]);
  }
  return lineString(coordinates);
}

/** Distance by turf to every accepted edge; the nearest one. */
function nearestByTurf(place: LonLat, accept: (edge: number) => boolean): number {
  let best = Infinity;
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (!accept(edge)) continue;
    const metres = pointToLineDistance(point([...place]), lineOf(graph, edge), {
      units: "meters",
      method: "geodesic",
    });
    if (metres < best) best = metres;
  }
  return best;
}

describe("the nearest position on an edge", () => {
  it("is as near as the nearest of all edges", () => {
    for (const place of places.slice(0, 120)) {
      const expected = nearestByTurf(place, () => true);
      const found = locator.nearest(place, 1000, () => true);
      if (expected > 1001) expect(found).toBeUndefined();
      else if (expected < 999) expect(found!.distanceM).toBeCloseTo(expected, 0);
    }
  });

  it("is the best of all projections, lower edge first", () => {
    const accept = (edge: number): boolean => edge % 3 !== 0;
    for (const place of places) {
      const [lon, lat] = place.map((degrees) => Math.round(degrees * 1e7));
      let best = projectOnEdge(graph, 1, lon!, lat!);
      for (let edge = 2; edge < graph.edgeCount; edge++) {
        if (!accept(edge)) continue;
        const position = projectOnEdge(graph, edge, lon!, lat!);
        if (position.distanceM < best.distanceM) best = position;
      }
      const found = locator.nearest(place, 1000, accept);
      expect(found).toEqual(best.distanceM <= 1000 ? best : undefined);
    }
  });

  it("lies where turf puts it, at turf's distance along the edge", () => {
    for (const place of places) {
      const found = locator.nearest(place, 500, () => true);
      if (found === undefined) continue;
      const line = lineOf(graph, found.edge);
      const turf = nearestPointOnLine(line, point([...place]), { units: "meters" });
      expect(Math.abs(found.distanceM - turf.properties.dist)).toBeLessThan(0.05);
      expect(Math.abs(found.atM - turf.properties.location)).toBeLessThan(0.5);
      const apart = nearestPointOnLine(line, point([...found.lonLat]), { units: "meters" });
      expect(apart.properties.dist).toBeLessThan(0.02);
    }
  });

  it("keeps to the radius", () => {
    for (const place of places) {
      const far = locator.nearest(place, 10_000, () => true)!;
      expect(locator.nearest(place, far.distanceM * 0.999, () => true)).toBeUndefined();
      expect(locator.nearest(place, far.distanceM * 1.001, () => true)).toEqual(far);
      expect(locator.nearest(place, 10_000, () => false)).toBeUndefined();
    }
  });

  it("of the same distance is on the edge with the lower number", async () => {
    const cross = await buildFromAscii("A--B--C\n   |\n   D", { ways: { AB: {}, BC: {}, BD: {} } });
    const found = createEdgeLocator(cross.graph).nearest(
      cross.drawing.position("B"),
      10,
      () => true,
    );
    expect(found).toMatchObject({ edge: 0, distanceM: 0 });
  });
});

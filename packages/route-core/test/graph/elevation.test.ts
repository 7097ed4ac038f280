import { networkFromAscii } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { climbBetween, heightAt } from "../../src/graph/edge-pieces.ts";
import type { RoutingGraph } from "../../src/graph/routing-graph.ts";
import {
  buildFromAscii,
  buildFromDataset,
  formulaSampler,
  gridMetres,
  lonLatAt,
} from "../networks.ts";

const STREET = "A---------B---------C";
const WAYS = { ABC: {} };

/** A straight street of 2 km from west to east; `profile` gives its height by metres from A. */
const street = (profile: (eastM: number) => number, smoothingM?: number) =>
  buildFromAscii(
    STREET,
    { ways: WAYS },
    {
      elevation: formulaSampler((lon, lat) => profile(gridMetres(lon, lat)[0])),
      ...(smoothingM !== undefined && { smoothingM }),
    },
  );

/** Heights of the only edge, from west to east. */
function profileOf(graph: RoutingGraph): number[] {
  expect(graph.edgeCount).toBe(1);
  const heights = Array.from(graph.heightM);
  const westFirst = graph.nodeLonE7[graph.edgeTail[0]!]! < graph.nodeLonE7[graph.edgeHead[0]!]!;
  return westFirst ? heights : heights.toReversed();
}

describe("heights sampled along edges", () => {
  it("a plane gives its exact grade on roads in every direction", async () => {
    const plane = (lon: number, lat: number): number => {
      const [eastM, northM] = gridMetres(lon, lat);
      return 800 + 0.04 * eastM - 0.03 * northM;
    };
    const { graph } = await buildFromAscii(
      `
      A----B----C
      |     \\
      D------E
      `,
      { ways: { ABC: {}, AD: {}, DE: {}, BE: {} } },
      { elevation: formulaSampler(plane), smoothingM: 0 },
    );
    for (let edge = 0; edge < graph.edgeCount; edge++) {
      const first = graph.firstPoint[edge]!;
      for (let at = first; at < graph.firstPoint[edge + 1]!; at++) {
        const here = plane(graph.pointLonE7[at]! / 1e7, graph.pointLatE7[at]! / 1e7);
        if (at === first) expect(heightAt(graph, edge, 0)).toBeCloseTo(here, 3);
      }
      const rise =
        plane(
          graph.nodeLonE7[graph.edgeHead[edge]!]! / 1e7,
          graph.nodeLatE7[graph.edgeHead[edge]!]! / 1e7,
        ) -
        plane(
          graph.nodeLonE7[graph.edgeTail[edge]!]! / 1e7,
          graph.nodeLatE7[graph.edgeTail[edge]!]! / 1e7,
        );
      const { ascentM, descentM } = climbBetween(graph, edge, 0, graph.edgeLengthM[edge]!);
      expect(ascentM - descentM).toBeCloseTo(rise, 2);
    }
  });

  it("stand at most 40 m apart, both ends included", async () => {
    const { graph } = await street((eastM) => eastM);
    const pieces = graph.heightM.length - 1;
    expect(graph.edgeLengthM[0]! / pieces).toBeLessThanOrEqual(40);
    expect(graph.edgeLengthM[0]! / pieces).toBeGreaterThan(38);
  });

  it("are level throughout on level ground, at sea level too", async () => {
    const { graph } = await street(() => 0);
    expect(Math.max(...graph.heightM.map(Math.abs))).toBe(0);
  });
});

describe("smoothing along the network", () => {
  const ramp = (eastM: number): number => 300 + Math.min(60, Math.max(0, (eastM - 500) * 0.06));

  it("keeps the net climb of a ramp within 1 %", async () => {
    const { graph } = await street(ramp);
    const heights = profileOf(graph);
    expect(heights.at(-1)! - heights[0]!).toBeGreaterThan(59.4);
    expect(heights.at(-1)! - heights[0]!).toBeLessThan(60.6);
    expect(heightAt(graph, 0, graph.edgeLengthM[0]! / 2)).toBeCloseTo(330, 1);
  });

  it("never makes a monotone road climb and fall", async () => {
    const { graph } = await street(ramp);
    const climb = climbBetween(graph, 0, 0, graph.edgeLengthM[0]!);
    expect(Math.min(climb.ascentM, climb.descentM)).toBeLessThan(1e-4);
  });

  it("damps a spike, keeps its area and leaves far places alone", async () => {
    const spike = (eastM: number): number => (Math.abs(eastM - 1000) < 20.1 ? 140 : 100);
    const raw = profileOf((await street(spike, 0)).graph);
    const smooth = profileOf((await street(spike)).graph);
    expect(Math.max(...raw)).toBeCloseTo(140, 3);
    expect(Math.max(...smooth)).toBeLessThan(125);
    expect(smooth[0]).toBeCloseTo(100, 3);
    const area = (heights: number[]): number => heights.reduce((sum, h) => sum + h - 100, 0);
    expect(area(smooth)).toBeCloseTo(area(raw), 3);
  });

  it("has the standard deviation that was asked for, as near as whole rounds come", async () => {
    // The variance of a kernel is what it adds to a parabola, away from the ends.
    const parabola = (eastM: number): number => ((eastM - 1000) / 10) ** 2;
    for (const [askedM, givenM] of [
      [undefined, 56.57],
      [57, 56.57],
      [0, 0],
      [13, 0],
      [50, 48.99],
      [80, 80],
      [113, 113.14],
    ] as const) {
      const { graph } = await street(parabola, askedM);
      const pieces = graph.heightM.length - 1;
      const spacingM = graph.edgeLengthM[0]! / pieces;
      const middle = Math.floor(pieces / 2);
      const addedM2 = 100 * (profileOf(graph)[middle]! - parabola(middle * spacingM));
      expect(graph.meta.elevation.smoothingStdDevM).toBeCloseTo(givenM, 2);
      // The pieces of a street are a little shorter than the 40 m that are counted with.
      expect(Math.sqrt(Math.max(0, addedM2)) * (40 / spacingM)).toBeCloseTo(givenM, 0);
    }
    for (const wrongM of [-1, Number.NaN, 1001]) {
      await expect(street(parabola, wrongM)).rejects.toThrow(RangeError);
    }
  });

  it("crosses junctions: both arms of a crossing share its height", async () => {
    const { graph } = await buildFromAscii(
      "A-----B-----C\n      |\n      |\n      D",
      { ways: { ABC: {}, BD: {} } },
      { elevation: formulaSampler((lon, lat) => Math.abs(gridMetres(lon, lat)[0]) / 10) },
    );
    const heightsAt = new Map<number, Set<number>>();
    for (let edge = 0; edge < graph.edgeCount; edge++) {
      for (const [node, at] of [
        [graph.edgeTail[edge]!, 0],
        [graph.edgeHead[edge]!, graph.edgeLengthM[edge]!],
      ] as const) {
        const heights = heightsAt.get(node) ?? new Set();
        heightsAt.set(node, heights.add(heightAt(graph, edge, at)));
      }
    }
    for (const heights of heightsAt.values()) expect(heights.size).toBe(1);
  });
});

describe("voids", () => {
  /** No height between 800 m and 1,200 m from A. */
  const holed = (eastM: number): number => (Math.abs(eastM - 1000) < 200 ? Number.NaN : 250);

  it("stay unknown, never zero, and take no part in smoothing", async () => {
    const built = await street(holed);
    const heights = profileOf(built.graph);
    const known = heights.filter((height) => !Number.isNaN(height));
    expect(new Set(known)).toEqual(new Set([250]));
    expect(heights.length - known.length).toBeGreaterThanOrEqual(9);
    expect(heights.length - known.length).toBeLessThanOrEqual(11);
    expect(built.elevation.voids).toBe(heights.length - known.length);
  });

  it("give the share of the road length that is known", async () => {
    const built = await street(holed);
    expect(built.elevation.coverageRatio).toBeCloseTo(0.8, 1);
    expect(built.graph.meta.elevation.coverageRatio).toBe(built.elevation.coverageRatio);
    expect(built.warnings.map(({ code }) => code)).toContain("terrain_void_on_route");
    expect((await street(() => 1)).elevation.coverageRatio).toBe(1);
  });

  it("count by length, not by number of points", async () => {
    const nodes = [0, 2000].map((eastM, i) => {
      const [lon, lat] = lonLatAt(eastM, 0);
      return { id: i + 1, lon, lat };
    });
    const ways = [{ id: 1, nodes: [1, 2], tags: { highway: "primary" } }];
    // Fifty streets of 10 m in a void: a fifth of the length, most of the points.
    for (let i = 0; i < 50; i++) {
      const id = nodes.length + 1;
      for (const [k, eastM] of [0, 10].entries()) {
        const [lon, lat] = lonLatAt(40 * i + eastM, -500);
        nodes.push({ id: id + k, lon, lat });
      }
      ways.push({ id: i + 2, nodes: [id, id + 1], tags: { highway: "residential" } });
    }
    const elevation = formulaSampler((_lon, lat) => (lat < 46.998 ? Number.NaN : 10));
    const built = await buildFromDataset({ nodes, ways, relations: [] }, { elevation });
    expect(built.elevation.coverageRatio).toBeCloseTo(2000 / 2500, 3);
  });

  it("are refused in strict mode with the missing tiles by name", async () => {
    const { dataset } = networkFromAscii(STREET, { ways: WAYS });
    const missingTiles = ["11/1063/719", "11/1064/719"];
    const elevation = formulaSampler((lon, lat) => holed(gridMetres(lon, lat)[0]), {
      missingTiles,
    });
    const failure = buildFromDataset(dataset, { elevation, strict: true });
    await expect(failure).rejects.toMatchObject({
      reasonCode: "terrain_dem_coverage_insufficient",
      details: { requiredRatio: 0.96, missingTiles },
    });
    const nearly = (eastM: number): number => (eastM > 1950 ? Number.NaN : 250);
    const almost = formulaSampler((lon, lat) => nearly(gridMetres(lon, lat)[0]));
    const built = await buildFromDataset(dataset, { elevation: almost, strict: true });
    expect(built.elevation.coverageRatio).toBeGreaterThan(0.96);
  });

  it("everywhere without a sampler, and the warning says so", async () => {
    const { dataset } = networkFromAscii(STREET, { ways: WAYS });
    const { graph, warnings, elevation } = await buildFromDataset(dataset, {
      elevation: undefined as never,
    });
    expect(graph.heightM.every((height) => Number.isNaN(height))).toBe(true);
    expect(graph.meta.elevation.source).toBe("none");
    expect(elevation.coverageRatio).toBe(0);
    expect(warnings.map(({ code }) => code)).toEqual(["terrain_not_available"]);
  });
});

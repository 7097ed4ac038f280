import { describe, expect, it } from "vitest";

import { GRADE_NODES } from "../../src/graph/grade-bins.ts";
import { heightAt } from "../../src/graph/edge-pieces.ts";
import type { RoutingGraph } from "../../src/graph/routing-graph.ts";
import {
  type AsciiGraph,
  buildFromAscii,
  buildFromDataset,
  formulaSampler,
  gridMetres,
  lonLatAt,
} from "../networks.ts";

/** Height of the network by metres from the west, of all edges on the drawing's top row. */
function heightsByEast({ graph }: AsciiGraph): (eastM: number) => number {
  const samples: [number, number][] = [];
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const ends = [graph.edgeTail[edge]!, graph.edgeHead[edge]!] as const;
    if (!ends.every((node) => graph.nodeLatE7[node] === 47e7)) continue;
    for (let step = 0; step <= 50; step++) {
      const at = (graph.edgeLengthM[edge]! * step) / 50;
      samples.push([eastOf(graph, ends, step / 50), heightAt(graph, edge, at)]);
    }
  }
  samples.sort((a, b) => a[0] - b[0]);
  return (eastM) => {
    const next = samples.findIndex(([east]) => east >= eastM);
    const [eastA, a] = samples[next - 1]!;
    const [eastB, b] = samples[next]!;
    return eastB > eastA ? a + ((b - a) * (eastM - eastA)) / (eastB - eastA) : b;
  };
}

function eastOf(graph: RoutingGraph, [tail, head]: readonly [number, number], share: number) {
  const [from] = gridMetres(graph.nodeLonE7[tail]! / 1e7, 47);
  const [to] = gridMetres(graph.nodeLonE7[head]! / 1e7, 47);
  return from + (to - from) * share;
}

const build = (
  map: string,
  ways: Record<string, Record<string, string>>,
  profile: (eastM: number, northM: number) => number,
  smoothingM = 0,
) =>
  buildFromAscii(
    map,
    { ways },
    { elevation: formulaSampler((lon, lat) => profile(...gridMetres(lon, lat))), smoothingM },
  );

describe("bridges and tunnels", () => {
  it("a bridge over a gorge runs straight from rim to rim", async () => {
    const gorge = (eastM: number): number =>
      Math.abs(eastM - 1000) < 390 ? 100 : 300 + eastM / 100;
    const built = await build(
      "A-----B-------C-----D",
      { AB: {}, BC: { bridge: "yes" }, CD: {} },
      gorge,
    );
    const at = heightsByEast(built);
    for (let eastM = 50; eastM < 2000; eastM += 50) {
      expect(Math.abs(at(eastM) - (300 + eastM / 100))).toBeLessThan(0.5);
    }
  });

  it("a road down into the same gorge does not", async () => {
    const gorge = (eastM: number): number => (Math.abs(eastM - 1000) < 390 ? 100 : 300);
    const at = heightsByEast(await build("A-----B-------C-----D", { ABCD: {} }, gorge));
    expect(at(1000)).toBeCloseTo(100, 3);
  });

  it("a tunnel over several ways with a junction inside runs straight", async () => {
    const mountain = (eastM: number, northM: number): number =>
      400 + eastM / 20 + (eastM > 510 && eastM < 1490 ? 600 : 0) - northM / 10;
    const map = `
      A----B----C----D----E
                |
                F
      `;
    const ways = {
      AB: {},
      BC: { tunnel: "yes" },
      CD: { tunnel: "yes", maxspeed: "60" },
      CF: { tunnel: "yes", highway: "service" },
      DE: {},
    };
    const built = await build(map, ways, mountain);
    const at = heightsByEast(built);
    for (let eastM = 50; eastM < 2000; eastM += 25) {
      expect(Math.abs(at(eastM) - (400 + eastM / 20))).toBeLessThan(0.1);
    }
    // The blind branch inside has no portal of its own: it stays level with its junction.
    expect(Math.max(...built.graph.heightM)).toBeLessThan(501);
    // A third arm at the junction pulls the ramp a little, as anywhere on the network.
    const smooth = heightsByEast(await build(map, ways, mountain, 57));
    for (let eastM = 50; eastM < 2000; eastM += 25) {
      expect(Math.abs(smooth(eastM) - (400 + eastM / 20))).toBeLessThan(1);
    }
  });

  it("a bridge of 1 m makes no cliff, also where it is an edge of its own", async () => {
    // A step of 3 m under the bridge, as coarse tiles have them.
    const elevation = formulaSampler((lon, lat) => (gridMetres(lon, lat)[0] < 500.5 ? 200 : 203));
    const place = ([eastM, northM]: readonly [number, number], index: number) => {
      const [lon, lat] = lonLatAt(eastM, northM);
      return { id: index + 1, lon, lat };
    };
    const places = [0, 500, 501, 1000].map((eastM) => [eastM, 0] as const);
    const road = { highway: "primary" };
    const ways = [
      { id: 1, nodes: [1, 2], tags: road },
      { id: 2, nodes: [2, 3], tags: { ...road, bridge: "yes" } },
      { id: 3, nodes: [3, 4], tags: road },
    ];
    const sideStreets = [
      { id: 4, nodes: [5, 2], tags: road },
      { id: 5, nodes: [6, 3], tags: road },
    ];
    const nodes = [...places, [500, 300] as const, [501, 300] as const].map(place);
    const alone = { nodes: nodes.slice(0, 4), ways, relations: [] };
    const between = { nodes, ways: [...ways, ...sideStreets], relations: [] };
    for (const dataset of [alone, between]) {
      const { graph } = await buildFromDataset(dataset, { elevation });
      const edges = Array.from(graph.edgeLengthM, (lengthM) => Math.round(lengthM));
      expect(edges.includes(1)).toBe(dataset === between);
      const steepest = Math.max(
        ...Array.from(graph.binGrade, (node) => Math.abs(GRADE_NODES[node]!)),
      );
      expect(steepest).toBeGreaterThan(0.005);
      expect(steepest).toBeLessThanOrEqual(0.03);
    }
  });

  it("a structure between voids stays unknown", async () => {
    const built = await build(
      "A----B----C----D",
      { AB: {}, BC: { bridge: "yes" }, CD: {} },
      (eastM) => (eastM > 400 && eastM < 1100 ? Number.NaN : 50),
    );
    const at = heightsByEast(built);
    expect(at(750)).toBeNaN();
    expect(at(100)).toBeCloseTo(50, 3);
    expect(built.graph.heightM.some((height) => height === 0)).toBe(false);
  });

  it("does not count towards coverage", async () => {
    const overVoid = (eastM: number): number => (Math.abs(eastM - 750) < 240 ? Number.NaN : 80);
    const ways = { AB: {}, BC: { bridge: "yes" }, CD: {} };
    const built = await build("A----B----C----D", ways, overVoid);
    expect(built.elevation.coverageRatio).toBe(1);
    expect(heightsByEast(built)(750)).toBeCloseTo(80, 3);
  });
});

import { networkFromAscii } from "@gradeway/test-kit";
import { distance as turfDistance, point } from "@turf/turf";
import { describe, expect, it } from "vitest";

import { ACCESS_NONE, ACCESS_OPEN, levelOf } from "../../src/osm/way-access.ts";
import type { RoutingGraph } from "../../src/graph/routing-graph.ts";
import { ROAD_CLASSES } from "../../src/osm/road-class.ts";
import {
  type AsciiGraph,
  buildFromAscii,
  buildFromDataset,
  edgeOfWay,
  waysOfEdge,
} from "../networks.ts";

/** Shape of an edge as degrees. */
function shapeOf(graph: RoutingGraph, edge: number): [number, number][] {
  const shape: [number, number][] = [];
  for (let at = graph.firstPoint[edge]!; at < graph.firstPoint[edge + 1]!; at++) {
    shape.push([graph.pointLonE7[at]! / 1e7, graph.pointLatE7[at]! / 1e7]);
  }
  return shape;
}

/** Names of the drawing's nodes along an edge, in the alphabetically lower direction. */
function namesOf({ graph, drawing }: AsciiGraph, edge: number, names: string): string {
  const found = shapeOf(graph, edge).map(([lon, lat]) =>
    Array.from(names).find((name) => {
      const place = drawing.position(name);
      return place[0] === lon && place[1] === lat;
    }),
  );
  const along = found.join("");
  const back = found.toReversed().join("");
  return along < back ? along : back;
}

const edgesOf = (built: AsciiGraph, names: string): string[] =>
  Array.from({ length: built.graph.edgeCount }, (_, edge) =>
    namesOf(built, edge, names),
  ).toSorted();

describe("contraction of nodes between two road pieces", () => {
  it("keeps length, shape and the way of each span", async () => {
    const built = await buildFromAscii(
      `
      A--B
         |
         C----D
      `,
      { ways: { AB: { maxspeed: "80" }, CB: { highway: "tertiary", maxspeed: "30" }, CD: {} } },
    );
    const { graph, drawing } = built;
    expect(edgesOf(built, "ABCD")).toEqual(["ABCD"]);
    const shape = shapeOf(graph, 0);
    const pieces = shape
      .slice(1)
      .map((place, i) => turfDistance(point(shape[i]!), point(place), { units: "meters" }));
    const total = pieces.reduce((sum, metres) => sum + metres, 0);
    expect(graph.edgeLengthM[0]).toBeCloseTo(total, 5);
    const names =
      shape[0]![0] === drawing.position("A")[0] ? ["AB", "CB", "CD"] : ["CD", "CB", "AB"];
    expect(waysOfEdge(graph, 0)).toEqual(names.map((key) => drawing.wayId(key)));
    expect(graph.spanEndM[0]).toBeCloseTo(pieces[0]!, 5);
    expect(graph.spanEndM[1]).toBeCloseTo(pieces[0]! + pieces[1]!, 5);
    expect(graph.spanEndM[2]).toBe(graph.edgeLengthM[0]);
    expect(ROAD_CLASSES[graph.spanClass[1]!]).toBe("tertiary");
    expect([graph.spanSpeedForwardKmh[1], graph.spanSpeedBackwardKmh[1]]).toEqual([30, 30]);
  });

  it("turns direction-dependent speeds with the span", async () => {
    const { graph, drawing } = await buildFromAscii("A--B--C", {
      ways: {
        AB: { "maxspeed:forward": "50", "maxspeed:backward": "60" },
        CB: { "maxspeed:forward": "30", "maxspeed:backward": "40" },
      },
    });
    const bySpan = new Map(
      waysOfEdge(graph, 0).map((way, span) => [
        way,
        [graph.spanSpeedForwardKmh[span], graph.spanSpeedBackwardKmh[span]],
      ]),
    );
    const startsAtA = shapeOf(graph, 0)[0]![0] === drawing.position("A")[0];
    expect(bySpan.get(drawing.wayId("AB"))).toEqual(startsAtA ? [50, 60] : [60, 50]);
    expect(bySpan.get(drawing.wayId("CB"))).toEqual(startsAtA ? [40, 30] : [30, 40]);
  });

  it.each([
    ["access", { hgv: "no" }, {}],
    ["direction", { oneway: "yes" }, {}],
    ["opposite directions", { oneway: "yes" }, { oneway: "-1" }],
    ["limits", { maxheight: "3.5" }, {}],
  ] as const)("stops where the %s changes", async (_what, first, second) => {
    const built = await buildFromAscii("A--B--C", { ways: { AB: first, BC: second } });
    expect(edgesOf(built, "ABC")).toEqual(["AB", "BC"]);
  });

  it.each([
    [{ oneway: "yes" }, { oneway: "yes" }, "AB", "BC"],
    [{ oneway: "yes" }, { oneway: "-1" }, "AB", "CB"],
    [{ maxheight: "4" }, { maxheight: "4.0" }, "AB", "BC"],
  ])("goes on where %j meets %j in the same sense", async (first, second, one, two) => {
    const built = await buildFromAscii("A--B--C", { ways: { [one]: first, [two]: second } });
    expect(edgesOf(built, "ABC")).toEqual(["ABC"]);
    if (!("oneway" in first)) return;
    const { graph, drawing } = built;
    const forward = shapeOf(graph, 0)[0]![0] === drawing.position("A")[0];
    expect(levelOf(graph.edgeAccess[0]!, "hgv", !forward)).toBe(ACCESS_OPEN);
    expect(levelOf(graph.edgeAccess[0]!, "hgv", forward)).toBe(ACCESS_NONE);
  });

  it("stops at junctions and at the via node of a restriction", async () => {
    const map = `
      A--B--C--D
         |
         E
    `;
    const ways = { ABCD: {}, BE: {} };
    expect(edgesOf(await buildFromAscii(map, { ways }), "ABCDE")).toEqual(["AB", "BCD", "BE"]);
    const restrictions = [{ from: "ABCD", via: "C", to: "ABCD", restriction: "no_u_turn" }];
    const kept = await buildFromAscii(map, { ways, restrictions });
    expect(edgesOf(kept, "ABCDE")).toEqual(["AB", "BC", "BE", "CD"]);
  });
});

describe("barriers and holes", () => {
  it("a closed barrier parts the road, an open one does not", async () => {
    const map = "A--B--C";
    const ways = { ABC: {} };
    const closed = await buildFromAscii(map, { ways, nodes: { B: { barrier: "bollard" } } });
    expect(edgesOf(closed, "ABC")).toEqual(["AB", "BC"]);
    expect(closed.graph.nodeCount).toBe(4);
    const open = await buildFromAscii(map, { ways, nodes: { B: { barrier: "gate" } } });
    expect(edgesOf(open, "ABC")).toEqual(["ABC"]);
  });

  it("a closed barrier on a crossing parts every arm", async () => {
    const { graph } = await buildFromAscii("A--B--C\n   |\n   D", {
      ways: { ABC: {}, BD: {} },
      nodes: { B: { barrier: "block" } },
    });
    expect([graph.edgeCount, graph.nodeCount]).toEqual([3, 6]);
    expect(Math.max(...graph.componentNodes)).toBe(2);
  });

  it("a node that the extract lacks parts its way", async () => {
    const { dataset, nodeId } = networkFromAscii("A--B--C--D--E", { ways: { ABCDE: {} } });
    const nodes = dataset.nodes.filter(({ id }) => id !== nodeId("C"));
    const { graph, network } = await buildFromDataset({ ...dataset, nodes });
    expect([graph.edgeCount, graph.nodeCount]).toEqual([2, 4]);
    expect(network.missingNodeRefs).toBe(1);
  });

  it("an extract without roads is refused", async () => {
    const { dataset } = networkFromAscii("A--B", { ways: { AB: { highway: "footway" } } });
    await expect(buildFromDataset(dataset)).rejects.toMatchObject({
      reasonCode: "routing_graph_empty",
    });
  });
});

describe("loops and rings", () => {
  const ring = `
    A--B
    |  |
    D--C
  `;

  it("a ring without a junction becomes one loop edge", async () => {
    const { graph } = await buildFromAscii(ring, { ways: { ABCDA: {} } });
    expect([graph.edgeCount, graph.nodeCount]).toEqual([1, 1]);
    expect(graph.edgeTail[0]).toBe(graph.edgeHead[0]);
    expect(graph.edgeLengthM[0]).toBeCloseTo(1000, -1);
  });

  it("a ring at the end of a street is a loop at its junction", async () => {
    const built = await buildFromAscii(
      `
      E--A--B
         |  |
         D--C
      `,
      { ways: { EA: {}, ABCDA: {} } },
    );
    const { graph, drawing } = built;
    expect(graph.edgeCount).toBe(2);
    const loop = edgeOfWay(graph, drawing.wayId("ABCDA"));
    expect(graph.edgeTail[loop]).toBe(graph.edgeHead[loop]);
  });

  it("two ways between the same two nodes stay two edges", async () => {
    const built = await buildFromAscii("E--A--B--F", {
      ways: { EA: {}, AB: {}, "AB#2": { highway: "service" }, BF: {} },
    });
    expect(edgesOf(built, "ABEF")).toEqual(["AB", "AB", "AE", "BF"]);
  });

  it("repeated and coinciding nodes leave no edge without length", async () => {
    const { dataset, nodeId } = networkFromAscii("A--B--C", { ways: { ABC: {} } });
    const twin = { ...dataset.nodes[1]!, id: 99 };
    const ways = [
      { ...dataset.ways[0]!, nodes: [nodeId("A"), nodeId("A"), 99] },
      { id: 7, nodes: [99, nodeId("B")], tags: { highway: "service", oneway: "yes" } },
      { id: 8, nodes: [nodeId("B"), nodeId("C")], tags: { highway: "primary" } },
    ];
    const { graph } = await buildFromDataset({ ...dataset, nodes: [...dataset.nodes, twin], ways });
    expect(graph.edgeCount).toBe(3);
    expect(Math.min(...graph.edgeLengthM)).toBeGreaterThan(0);
    for (let edge = 0; edge < graph.edgeCount; edge++) {
      expect(graph.spanEndM[graph.firstSpan[edge + 1]! - 1]).toBe(graph.edgeLengthM[edge]);
    }
  });
});

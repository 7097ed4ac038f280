import type { RoutingGraph } from "@gradeway/route-core";
import { beforeAll, describe, expect, it } from "vitest";

import { graphScore, type TagFamily } from "../src/index.ts";
import { judged } from "./judged.ts";
import { smallGraph } from "./small-graph.ts";

const FAMILIES: readonly TagFamily[] = [
  "oneway",
  "access",
  "maxspeed",
  "bridges",
  "tunnels",
  "tolls",
  "limits",
];

let graph: RoutingGraph;
beforeAll(async () => {
  graph = await smallGraph();
});

const scored = (change: Partial<RoutingGraph>) =>
  judged(
    graphScore(async () => ({
      graph: { ...graph, ...change },
      expectedFamilies: FAMILIES,
      leastConnectedShare: 0.9,
    })),
  );

describe("graphScore", () => {
  it("passes what the importer made of a few streets", async () => {
    const result = await scored({});
    expect(result.failures).toEqual([]);
    expect(result).toMatchObject({ status: "pass", score: 100 });
  });

  it.each([
    [
      "lengths that are off by one per cent",
      () => ({ edgeLengthM: graph.edgeLengthM.map((metres) => 1.01 * metres) }),
      /the shape has/,
    ],
    [
      "lost speeds",
      () => ({ spanSpeedForwardKmh: new Uint8Array(graph.spanClass.length) }),
      /maxspeed/,
    ],
    [
      "lost one-way streets",
      () => ({ edgeAccess: new Uint8Array(graph.edgeCount).fill(0xaa) }),
      /oneway/,
    ],
    [
      "a component that is none",
      () => ({
        nodeComponent: graph.nodeComponent.map((each, node) => (node === 0 ? each + 1 : each)),
      }),
      /reach each other|is said to have/,
    ],
    [
      "an island that is said to be connected",
      () => ({
        edgeAccess: graph.edgeAccess.map((access, edge) => (touches(edge, 0) ? 0 : access)),
      }),
      /is said to have/,
    ],
    [
      "shapes that end elsewhere",
      () => ({ nodeLonE7: graph.nodeLonE7.map((lon) => lon + 1) }),
      /begin and end/,
    ],
    [
      "grades that were lost",
      () => ({ binLengthM: graph.binLengthM.map((metres) => metres / 2) }),
      /grades do not fill/,
    ],
  ] as const)("catches %s", async (_, change, failure) => {
    const result = await scored(change());
    expect(result.status).toBe("fail");
    expect(result.failures).toContainEqual(expect.stringMatching(failure));
  });

  it("catches a network in pieces", async () => {
    const gate = graphScore(async () => ({
      graph,
      expectedFamilies: [],
      leastConnectedShare: 1.1,
    }));
    expect(await judged(gate)).toMatchObject({ status: "fail" });
  });
});

function touches(edge: number, node: number): boolean {
  return graph.edgeTail[edge] === node || graph.edgeHead[edge] === node;
}

import { createSeededRandom } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { Bisection } from "../../src/hierarchy/bisection.ts";
import { createFlowField } from "../../src/hierarchy/flow-field.ts";
import { undirectedGraph } from "../../src/hierarchy/undirected-graph.ts";
import { IN_CUT } from "../../src/hierarchy/vertex-cut.ts";
import { town } from "./arc-graphs.ts";

interface Roads {
  readonly nodeCount: number;
  readonly tails: ArrayLike<number>;
  readonly heads: ArrayLike<number>;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** Cuts a network and checks that no road leads past the cut. */
function cutOf(roads: Roads): { cutSize: number; smallerSide: number } {
  const { nodeCount } = roads;
  const [tails, heads] = [Int32Array.from(roads.tails), Int32Array.from(roads.heads)];
  const graph = undirectedGraph(nodeCount, tails, heads);
  const field = createFlowField(nodeCount, graph.neighbours.length);
  field.nodeCount = nodeCount;
  field.first.set(graph.firstNeighbour);
  field.heads.set(graph.neighbours);
  const bisection = new Bisection(field);
  bisection.run(Float64Array.from(roads.x), Float64Array.from(roads.y));
  const { side, cutSize, smallerSide } = bisection.best;
  const isParted = Array.from(tails, (tail, arc) => {
    const [from, to] = [side[tail]!, side[heads[arc]!]!];
    return from === IN_CUT || to === IN_CUT || from === to;
  });
  expect(isParted).not.toContain(false);
  return { cutSize, smallerSide };
}

/** Two towns of 100 junctions, and a road of three junctions between their corners. */
function twoTowns(): Roads {
  const tails: number[] = [];
  const heads: number[] = [];
  const x: number[] = [];
  const y: number[] = [];
  for (const east of [0, 2000]) {
    const first = x.length;
    for (let at = 0; at < 100; at++) {
      x.push(east + (at % 10) * 100);
      y.push(Math.floor(at / 10) * 100);
      if (at % 10 > 0) {
        tails.push(first + at - 1);
        heads.push(first + at);
      }
      if (at >= 10) {
        tails.push(first + at - 10);
        heads.push(first + at);
      }
    }
  }
  const road = [9, 200, 201, 202, 100];
  for (const [k, node] of road.entries()) {
    if (node < 200) continue;
    x[node] = 900 + 275 * k;
    y[node] = 0;
  }
  for (let k = 1; k < road.length; k++) {
    tails.push(road[k - 1]!);
    heads.push(road[k]!);
  }
  return { nodeCount: 203, tails, heads, x, y };
}

describe("Bisection", () => {
  it("cuts two towns where the road between them begins or ends", () => {
    expect(cutOf(twoTowns())).toEqual({ cutSize: 1, smallerSide: 99 });
  });

  it("improves a straight cut: finds that road too where positions mislead", () => {
    const roads = twoTowns();
    for (let seed = 0; seed < 10; seed++) {
      const random = createSeededRandom(seed);
      const bent = (values: ArrayLike<number>): number[] =>
        Array.from(values, (value) => value + random.integer(-3000, 3000));
      expect(cutOf({ ...roads, x: bent(roads.x), y: bent(roads.y) }).cutSize).toBe(1);
    }
  });

  it("cuts a town by fewer junctions than two streets have, with a fifth on either side", () => {
    for (let seed = 0; seed < 10; seed++) {
      const { cutSize, smallerSide } = cutOf(town(24, seed));
      expect(cutSize).toBeLessThan(2 * 24);
      expect(smallerSide).toBeGreaterThan((24 * 24) / 5);
    }
  });
});

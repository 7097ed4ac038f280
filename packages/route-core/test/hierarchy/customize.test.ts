import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { buildHierarchy } from "../../src/hierarchy/build-hierarchy.ts";
import { customize } from "../../src/hierarchy/customize.ts";
import type { Hierarchy } from "../../src/hierarchy/hierarchy.ts";
import type { WeightedArcs } from "../../src/hierarchy/hierarchy-weights.ts";
import { weightsByteLength } from "../../src/hierarchy/hierarchy-weights.ts";
import { INF } from "../../src/search/search-graph.ts";
import {
  asCounted,
  bellmanFord,
  type CostedGraph,
  endAt,
  hierarchyOf,
  smallGraph,
  town,
} from "./arc-graphs.ts";

function* entries({ first, arcs }: WeightedArcs, metricCount: number) {
  for (let lower = 0; lower + 1 < first.length; lower++) {
    for (let arc = first[lower]!; arc < first[lower + 1]!; arc++) {
      const at = arc * (metricCount + 1);
      yield { lower, upper: arcs[at]!, costs: arcs.slice(at + 1, at + 1 + metricCount) };
    }
  }
}

/** Distances between all ranks. */
function allDistances(graph: CostedGraph, order: Int32Array, metric: number): number[][] {
  return Array.from(order, (node) => {
    const from = bellmanFord(graph, metric, [endAt(node, graph.metricCount)]);
    return Array.from(order, (other) => from[other]!);
  });
}

/** Cheapest way between two ranks over nodes that rank below both. */
function distanceBelow(
  graph: CostedGraph,
  { rank, order }: Hierarchy,
  metric: number,
  from: number,
  to: number,
): number {
  const low = Math.min(from, to);
  const isBelow = (node: number): boolean => {
    const at = rank[node]!;
    return at < low || at === from || at === to;
  };
  const costs = graph.costs.slice();
  graph.tails.forEach((tail, arc) => {
    const isKept = isBelow(tail) && isBelow(graph.heads[arc]!);
    if (!isKept) costs.fill(INF, arc * graph.metricCount, (arc + 1) * graph.metricCount);
  });
  const start = endAt(order[from]!, graph.metricCount);
  return asCounted(bellmanFord({ ...graph, costs }, metric, [start])[order[to]!]!);
}

describe("customize", () => {
  it("gives every arc the cheapest way between its ends over lower nodes", () => {
    let finite = 0;
    fc.assert(
      fc.property(smallGraph(9), (graph) => {
        const hierarchy = hierarchyOf(graph);
        const { up, down } = customize(hierarchy, graph);
        const { metricCount } = graph;
        const ends = [...hierarchy.upper.keys()].map((arc) => [
          hierarchy.lower[arc]!,
          hierarchy.upper[arc]!,
        ]);
        for (const [arcs, isUp] of [
          [up, true],
          [down, false],
        ] as const) {
          const found = [...entries(arcs, metricCount)];
          expect(found.map(({ lower, upper }) => [lower, upper])).toEqual(ends);
          for (const { lower, upper, costs } of found) {
            for (let metric = 0; metric < metricCount; metric++) {
              const [from, to] = isUp ? [lower, upper] : [upper, lower];
              expect(costs[metric]).toBe(distanceBelow(graph, hierarchy, metric, from, to));
              if (costs[metric]! < INF) finite++;
            }
          }
        }
      }),
      { numRuns: 150 },
    );
    expect(finite).toBeGreaterThan(500);
  });

  it("gives arcs that are left when perfect the exact distance between their ends", () => {
    let finite = 0;
    fc.assert(
      fc.property(smallGraph(14), (graph) => {
        const hierarchy = hierarchyOf(graph);
        const weights = customize(hierarchy, { ...graph, perfect: true });
        for (let metric = 0; metric < graph.metricCount; metric++) {
          const distance = allDistances(graph, hierarchy.order, metric);
          for (const { lower, upper, costs } of entries(weights.up, graph.metricCount)) {
            if (costs[metric] === INF) continue;
            expect(costs[metric]).toBe(distance[lower]![upper]);
            finite++;
          }
          for (const { lower, upper, costs } of entries(weights.down, graph.metricCount)) {
            if (costs[metric] === INF) continue;
            expect(costs[metric]).toBe(distance[upper]![lower]);
            finite++;
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(finite).toBeGreaterThan(3000);
  });

  it("leaves out exactly the arcs that some other path beats, in the metrics it beats them", () => {
    fc.assert(
      fc.property(smallGraph(12), (graph) => {
        const hierarchy = hierarchyOf(graph);
        const weights = customize(hierarchy, { ...graph, perfect: true });
        const { metricCount, costs } = graph;
        for (let metric = 0; metric < metricCount; metric++) {
          const distance = allDistances(graph, hierarchy.order, metric);
          const kept = new Set<string>();
          for (const { lower, upper, costs: c } of entries(weights.up, metricCount)) {
            if (c[metric] !== INF) kept.add(`${lower} ${upper}`);
          }
          for (const { lower, upper, costs: c } of entries(weights.down, metricCount)) {
            if (c[metric] !== INF) kept.add(`${upper} ${lower}`);
          }
          // An arc of the graph that is the shortest way between its ends must be there.
          graph.tails.forEach((tail, arc) => {
            const [from, to] = [hierarchy.rank[tail]!, hierarchy.rank[graph.heads[arc]!]!];
            const cost = costs[arc * metricCount + metric]!;
            if (from === to || cost === INF || cost > distance[from]![to]!) return;
            expect(kept).toContain(`${from} ${to}`);
          });
        }
        for (const arcs of [weights.up, weights.down]) {
          for (const { costs: c } of entries(arcs, metricCount)) {
            expect(c.every((cost) => cost === INF)).toBe(false);
          }
        }
      }),
    );
  });

  it("drops a good share of a town's arcs", () => {
    const graph = town(40, 5, 1);
    const hierarchy = hierarchyOf(graph);
    const weights = customize(hierarchy, { ...graph, perfect: true });
    expect(weights.up.first[hierarchy.nodeCount]).toBeLessThan(0.8 * hierarchy.arcCount);
  });

  it("takes closed arcs as if they were not there", () => {
    fc.assert(
      fc.property(smallGraph(), fc.nat(), (graph, seed) => {
        const hierarchy = hierarchyOf(graph);
        const closed = Uint8Array.from(graph.tails, (_, arc) =>
          (seed + arc * 7) % 3 === 0 ? 1 : 0,
        );
        const costs = graph.costs.map((cost, at) =>
          closed[Math.floor(at / graph.metricCount)] === 1 ? INF : cost,
        );
        expect(customize(hierarchy, { ...graph, closed })).toEqual(
          customize(hierarchy, { ...graph, costs }),
        );
      }),
    );
  });

  it("puts everything into one piece of memory of the size it says, shared memory if asked", () => {
    const graph = town(15, 6);
    const hierarchy = hierarchyOf(graph);
    for (const keepPaths of [false, true]) {
      for (const perfect of [false, true]) {
        const sizes: number[] = [];
        const allocate = (length: number) => {
          sizes.push(4 * length);
          return new Int32Array(new SharedArrayBuffer(4 * length + 8), 8);
        };
        const asked = { ...graph, keepPaths, perfect };
        const weights = customize(hierarchy, { ...asked, allocate });
        const most = weightsByteLength(hierarchy, asked);
        expect(sizes).toEqual([weights.memory.byteLength]);
        if (perfect) expect(sizes[0]).toBeLessThan(most);
        else expect(sizes[0]).toBe(most);
        for (const { first, arcs, via } of [weights.up, weights.down]) {
          expect(arcs.buffer).toBe(weights.memory.buffer);
          expect(arcs.length).toBe(4 * first.at(-1)!);
          expect(via.length).toBe(keepPaths ? 3 * first.at(-1)! : 0);
        }
        expect(weights).toEqual({ ...customize(hierarchy, asked), memory: weights.memory });
      }
    }
  });

  it("looks all along whether it shall stop", () => {
    const graph = town(60, 6);
    const hierarchy = hierarchyOf(graph);
    let polls = 0;
    const whole = customize(hierarchy, { ...graph, poll: () => polls++ });
    expect(whole.up).toEqual(customize(hierarchy, graph).up);
    // At least once in 2^16 triangles, of which each pair of a node's upper neighbours makes one.
    let triangles = 0;
    for (let node = 0; node < hierarchy.nodeCount; node++) {
      const above = hierarchy.firstUp[node + 1]! - hierarchy.firstUp[node]!;
      triangles += (above * (above - 1)) / 2;
    }
    expect(polls).toBeGreaterThanOrEqual(Math.floor(triangles / 2 ** 16));
    expect(polls).toBeGreaterThan(3);
    for (let stopAt = 1; stopAt <= polls; stopAt++) {
      let left = stopAt;
      const poll = (): void => {
        if (--left === 0) throw new Error("enough");
      };
      expect(() => customize(hierarchy, { ...graph, poll })).toThrow("enough");
    }
  });

  it("refuses roads that cost too much to add, one by one or in a row", () => {
    const [tails, heads] = [Int32Array.of(0, 1), Int32Array.of(1, 2)];
    // The middle one lowest, so that its two roads are added up.
    const hierarchy = buildHierarchy(3, tails, heads, Int32Array.of(1, 0, 2));
    const most = 2 ** 29 - 1;
    const run = (...costs: number[]) =>
      customize(hierarchy, { metricCount: 2, costs: Int32Array.from(costs) });
    const added = [...entries(run(0, most - 7, 0, 7).up, 2)].map(({ costs }) => costs[1]);
    expect(added).toContain(most);
    for (const costs of [
      [0, most + 1, 0, 0],
      [0, 0, 0, INF - 1],
      [0, most, 0, 1],
      [0, most, 0, most],
    ]) {
      expect(() => run(...costs)).toThrow(
        expect.objectContaining({
          reasonCode: "search_cost_overflow",
          details: { objective: "metric 1" },
        }),
      );
    }
    expect(run(0, INF, 0, INF).up.first.at(-1)).toBe(3);
  });

  it("refuses what is no set of costs", () => {
    const graph = town(4, 1);
    const hierarchy = hierarchyOf(graph);
    const given = (changes: object) => () => customize(hierarchy, { ...graph, ...changes });
    expect(given({ metricCount: 0 })).toThrow(RangeError);
    expect(given({ metricCount: 5 })).toThrow(RangeError);
    expect(given({ metricCount: 2 })).toThrow(RangeError);
    expect(given({ costs: graph.costs.map((cost, at) => (at === 5 ? -1 : cost)) })).toThrow(
      RangeError,
    );
    expect(given({ closed: new Uint8Array(3) })).toThrow(RangeError);
  });
});

import { createSeededRandom } from "@gradeway/test-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { costMatrix } from "../../src/hierarchy/cost-matrix.ts";
import { customize } from "../../src/hierarchy/customize.ts";
import { type HierarchyEnd, LazyPotentials } from "../../src/hierarchy/lazy-potentials.ts";
import { Reach } from "../../src/hierarchy/reach.ts";
import { ShortestPaths } from "../../src/hierarchy/shortest-paths.ts";
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

/** Checks that arcs make a way from one node to another, and adds them up. */
function drive(graph: CostedGraph, metric: number, arcs: Int32Array, from: number, to: number) {
  let at = from;
  let sum = 0;
  for (const arc of arcs) {
    expect(graph.tails[arc]).toBe(at);
    at = graph.heads[arc]!;
    sum += graph.costs[arc * graph.metricCount + metric]!;
  }
  expect(at).toBe(to);
  return sum;
}

const seedOf = fc.integer({ min: 0, max: 2 ** 31 });

/** A few ends with costs of their own, the same node possibly twice. */
function someEnds(graph: CostedGraph, seed: number, most = 4): HierarchyEnd[] {
  const random = createSeededRandom(seed);
  return Array.from({ length: random.integer(1, most) }, () => ({
    node: random.integer(0, graph.nodeCount - 1),
    costs: Array.from({ length: graph.metricCount }, () => random.integer(0, 5)),
  }));
}

describe("ShortestPaths", () => {
  it("finds what Bellman and Ford find, and paths that add up to it", () => {
    let paths = 0;
    let arcs = 0;
    fc.assert(
      fc.property(smallGraph(), fc.boolean(), (graph, perfect) => {
        const hierarchy = hierarchyOf(graph);
        const weights = customize(hierarchy, { ...graph, keepPaths: true, perfect });
        for (let metric = 0; metric < graph.metricCount; metric++) {
          const search = new ShortestPaths(hierarchy, weights, metric);
          for (let from = 0; from < graph.nodeCount; from++) {
            const wanted = bellmanFord(graph, metric, [endAt(from, graph.metricCount)]);
            for (let to = 0; to < graph.nodeCount; to++) {
              expect(search.distance(from, to)).toBe(asCounted(wanted[to]!));
              const path = search.path();
              if (wanted[to] === Infinity) expect(path).toEqual(new Int32Array(0));
              else expect(drive(graph, metric, path, from, to)).toBe(wanted[to]);
              paths++;
              arcs += path.length;
            }
          }
        }
      }),
      { numRuns: 100 },
    );
    expect(arcs).toBeGreaterThan(paths / 2);
  });

  it("adds up on towns of many ties, whatever order the nodes have", () => {
    for (let seed = 0; seed < 6; seed++) {
      const graph = town(30, seed, 2);
      const hierarchy = hierarchyOf(graph);
      const weights = customize(hierarchy, { ...graph, keepPaths: true, perfect: seed % 2 === 0 });
      const random = createSeededRandom(seed);
      for (let metric = 0; metric < 2; metric++) {
        const search = new ShortestPaths(hierarchy, weights, metric);
        for (let k = 0; k < 20; k++) {
          const from = random.integer(0, graph.nodeCount - 1);
          const wanted = bellmanFord(graph, metric, [endAt(from, 2)]);
          for (let j = 0; j < 20; j++) {
            const to = random.integer(0, graph.nodeCount - 1);
            const distance = search.distance(from, to);
            expect(distance).toBe(asCounted(wanted[to]!));
            if (distance < INF)
              expect(drive(graph, metric, search.path(), from, to)).toBe(distance);
          }
        }
      }
    }
  });

  it("finds the best of several starts and ends", () => {
    fc.assert(
      fc.property(smallGraph(), seedOf, (graph, seed) => {
        const hierarchy = hierarchyOf(graph);
        const perfect = seed % 2 === 0;
        const weights = customize(hierarchy, { ...graph, keepPaths: true, perfect });
        const starts = someEnds(graph, seed);
        const ends = someEnds(graph, seed + 1);
        for (let metric = 0; metric < graph.metricCount; metric++) {
          const from = bellmanFord(graph, metric, starts);
          const wanted = Math.min(...ends.map(({ node, costs }) => from[node]! + costs[metric]!));
          const search = new ShortestPaths(hierarchy, weights, metric);
          expect(search.distanceBetween(starts, ends)).toBe(asCounted(wanted));
          if (wanted === Infinity) continue;
          const path = search.path();
          // Any pair of ends that the path joins for the wanted sum will do.
          const joins = starts.flatMap((start) =>
            ends.map((end) => {
              const first = path.length === 0 ? start.node : graph.tails[path[0]!]!;
              const last = path.length === 0 ? start.node : graph.heads[path.at(-1)!]!;
              if (first !== start.node || last !== end.node) return Infinity;
              const between = drive(graph, metric, path, first, last);
              return start.costs[metric]! + between + end.costs[metric]!;
            }),
          );
          expect(Math.min(...joins)).toBe(wanted);
        }
      }),
    );
  });

  it("refuses a metric that is not there, and to unpack what was not kept", () => {
    const graph = town(5, 1);
    const hierarchy = hierarchyOf(graph);
    const weights = customize(hierarchy, graph);
    for (const metric of [-1, 3, 0.5]) {
      expect(() => new ShortestPaths(hierarchy, weights, metric)).toThrow(RangeError);
      expect(() => new Reach(hierarchy, weights, metric)).toThrow(RangeError);
    }
    expect(() => new ShortestPaths(hierarchy, weights).path()).toThrow(RangeError);
  });
});

describe("LazyPotentials", () => {
  it("gives exact distances in all metrics to any ends, in whatever order nodes are asked for", () => {
    fc.assert(
      fc.property(smallGraph(), seedOf, (graph, seed) => {
        const hierarchy = hierarchyOf(graph);
        const weights = customize(hierarchy, { ...graph, perfect: seed % 2 === 0 });
        const random = createSeededRandom(seed);
        for (const direction of ["to-ends", "from-ends"] as const) {
          const potentials = new LazyPotentials(hierarchy, weights, direction);
          for (let query = 0; query < 3; query++) {
            const ends = query === 0 ? [] : someEnds(graph, seed + query);
            potentials.begin(ends);
            const wanted = Array.from({ length: graph.metricCount }, (_, metric) =>
              bellmanFord(graph, metric, ends, direction === "to-ends"),
            );
            for (let asked = 0; asked < 2 * graph.nodeCount; asked++) {
              const node = random.integer(0, graph.nodeCount - 1);
              const at = potentials.at(node);
              expect(potentials.atRank(hierarchy.rank[node]!)).toBe(at);
              const found = potentials.values.slice(at, at + graph.metricCount);
              expect([...found]).toEqual(wanted.map((distance) => asCounted(distance[node]!)));
            }
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it("tells a way that costs too much to count from none", () => {
    const arcs = 6;
    const graph = {
      nodeCount: arcs + 2,
      tails: Int32Array.from({ length: arcs }, (_, k) => k),
      heads: Int32Array.from({ length: arcs }, (_, k) => k + 1),
      x: new Int32Array(arcs + 2),
      y: new Int32Array(arcs + 2),
    };
    const hierarchy = hierarchyOf(graph);
    const weights = customize(hierarchy, { metricCount: 1, costs: new Int32Array(arcs).fill(1e8) });
    const potentials = new LazyPotentials(hierarchy, weights);
    const toEnd = (cost: number): number[] => {
      potentials.begin([{ node: arcs, costs: [cost] }]);
      return Array.from({ length: arcs + 2 }, (_, node) => potentials.values[potentials.at(node)]!);
    };
    const summed = [6e8, 5e8, 4e8, 3e8, 2e8, 1e8, 0];
    expect(toEnd(0)).toEqual([...summed, INF]);
    const beyond = summed.map((sum) => Math.min(sum + 7e8, INF - 1));
    expect(beyond).toContain(INF - 1);
    expect(toEnd(7e8)).toEqual([...beyond, INF]);
    expect(toEnd(2 ** 31)).toEqual([...summed.map(() => INF - 1), INF]);
  });

  it("stays admissible and consistent on a network with further arcs closed", () => {
    const graph = town(25, 9);
    const hierarchy = hierarchyOf(graph);
    const potentials = new LazyPotentials(hierarchy, customize(hierarchy, graph));
    const random = createSeededRandom(9);
    const costs = graph.costs.slice();
    for (let arc = 0; arc < graph.tails.length; arc++) {
      if (random.chance(0.2)) costs.fill(INF, arc * 3, arc * 3 + 3);
    }
    const end = endAt(312, 3);
    potentials.begin([end]);
    for (let metric = 0; metric < 3; metric++) {
      const bound = Array.from(
        { length: graph.nodeCount },
        (_, node) => potentials.values[potentials.at(node) + metric]!,
      );
      const real = bellmanFord({ ...graph, costs }, metric, [end], true);
      expect(bound.every((value, node) => value <= real[node]!)).toBe(true);
      expect(bound.some((value, node) => value < real[node]!)).toBe(true);
      graph.tails.forEach((tail, arc) => {
        const cost = costs[arc * 3 + metric]!;
        if (cost < INF) expect(bound[tail]).toBeLessThanOrEqual(cost + bound[graph.heads[arc]!]!);
      });
    }
  });
});

describe("Reach", () => {
  it("finds every node within the limit and no other, query after query", () => {
    fc.assert(
      fc.property(smallGraph(), seedOf, fc.integer({ min: -1, max: 12 }), (graph, seed, limit) => {
        const hierarchy = hierarchyOf(graph);
        const weights = customize(hierarchy, { ...graph, perfect: seed % 2 === 0 });
        for (let metric = 0; metric < graph.metricCount; metric++) {
          const reach = new Reach(hierarchy, weights, metric);
          for (let query = 0; query < 3; query++) {
            const starts = query === 1 ? [] : someEnds(graph, seed + query);
            reach.run(starts, limit);
            const found = [...reach.nodes.subarray(0, reach.count)].map((node, k) => [
              node,
              reach.costs[k]!,
            ]);
            const wanted = [...bellmanFord(graph, metric, starts).entries()];
            expect(found.sort((a, b) => a[0]! - b[0]!)).toEqual(
              wanted.filter(([, distance]) => distance <= limit),
            );
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it("agrees on a town at every limit, and refuses one it cannot count to", () => {
    const graph = town(40, 11, 1);
    const hierarchy = hierarchyOf(graph);
    const reach = new Reach(hierarchy, customize(hierarchy, graph));
    const distance = bellmanFord(graph, 0, [endAt(0, 1)]);
    for (const limit of [0, 3, 10, 30, 60, 100, INF - 1]) {
      reach.run([endAt(0, 1)], limit);
      expect(reach.count).toBe(distance.filter((one) => one <= limit).length);
    }
    expect(() => reach.run([endAt(0, 1)], INF)).toThrow(RangeError);
    expect(() => reach.run([endAt(0, 1)], Number.NaN)).toThrow(RangeError);
  });
});

describe("costMatrix", () => {
  it("has a row per start and all metrics of every target", () => {
    fc.assert(
      fc.property(smallGraph(), seedOf, (graph, seed) => {
        const hierarchy = hierarchyOf(graph);
        const potentials = new LazyPotentials(hierarchy, customize(hierarchy, graph), "from-ends");
        const starts = someEnds(graph, seed);
        const targets = Int32Array.from(someEnds(graph, seed + 1, 6), ({ node }) => node);
        const wanted = starts.flatMap((start) => {
          const rows = Array.from({ length: graph.metricCount }, (_, metric) =>
            bellmanFord(graph, metric, [start]),
          );
          return [...targets].flatMap((target) => rows.map((row) => asCounted(row[target]!)));
        });
        expect([...costMatrix(potentials, starts, targets)]).toEqual(wanted);
      }),
    );
  });
});

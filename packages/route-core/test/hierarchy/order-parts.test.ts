import { createSeededRandom } from "@gradeway/test-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { EliminationGraph } from "../../src/hierarchy/elimination-graph.ts";
import { ExtremeNodes } from "../../src/hierarchy/extreme-nodes.ts";
import { MinDegree } from "../../src/hierarchy/min-degree.ts";
import { reduceDegree } from "../../src/hierarchy/reduce-degree.ts";
import { type UndirectedGraph, undirectedGraph } from "../../src/hierarchy/undirected-graph.ts";
import { smallGraph, town } from "./arc-graphs.ts";

type Neighbours = Map<number, Set<number>>;

function neighboursOf({ nodeCount, firstNeighbour, neighbours }: UndirectedGraph): Neighbours {
  return new Map(
    Array.from({ length: nodeCount }, (_, node) => [
      node,
      new Set(neighbours.subarray(firstNeighbour[node], firstNeighbour[node + 1])),
    ]),
  );
}

/** Elimination on sets of nodes. */
function eliminate(left: Neighbours, node: number): void {
  const around = left.get(node)!;
  left.delete(node);
  for (const a of around) {
    left.get(a)?.delete(node);
    for (const b of around) if (a !== b) left.get(a)?.add(b);
  }
}

describe("undirectedGraph", () => {
  it("joins what arcs join, once, in ascending order and without loops", () => {
    fc.assert(
      fc.property(smallGraph(), ({ nodeCount, tails, heads }) => {
        const graph = undirectedGraph(nodeCount, tails, heads);
        const wanted = Array.from({ length: nodeCount }, () => new Set<number>());
        tails.forEach((tail, arc) => {
          const head = heads[arc]!;
          if (tail === head) return;
          wanted[tail]!.add(head);
          wanted[head]!.add(tail);
        });
        for (let node = 0; node < nodeCount; node++) {
          const { firstNeighbour, neighbours } = graph;
          const row = neighbours.slice(firstNeighbour[node], firstNeighbour[node + 1]);
          expect([...row]).toEqual([...wanted[node]!].sort((a, b) => a - b));
        }
        expect(graph.neighbours.length).toBe(graph.firstNeighbour[nodeCount]);
      }),
    );
  });

  it("refuses nodes out of range", () => {
    expect(() => undirectedGraph(2, Int32Array.of(0), Int32Array.of(2))).toThrow(RangeError);
    expect(() => undirectedGraph(2, Int32Array.of(-1), Int32Array.of(1))).toThrow(RangeError);
    expect(() => undirectedGraph(2, Int32Array.of(0), Int32Array.of(1, 0))).toThrow(RangeError);
  });
});

describe("EliminationGraph", () => {
  it("joins the neighbours of whatever is taken out, in any order", () => {
    fc.assert(
      fc.property(smallGraph(), fc.integer(), ({ nodeCount, tails, heads }, seed) => {
        const random = createSeededRandom(seed);
        const graph = undirectedGraph(nodeCount, tails, heads);
        const made = new EliminationGraph(graph);
        const wanted = neighboursOf(graph);
        while (wanted.size > 0) {
          const node = random.pick([...wanted.keys()]);
          made.eliminate(node);
          eliminate(wanted, node);
          for (const [other, around] of wanted) {
            const row = Array.from({ length: made.degree[other]! }, (_, k) =>
              made.neighbour(other, k),
            );
            expect(row.sort((a, b) => a - b)).toEqual([...around].sort((a, b) => a - b));
          }
        }
      }),
    );
  });
});

describe("reduceDegree", () => {
  it("takes out nodes of at most three neighbours and leaves none", () => {
    let cores = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { nodeCount, tails, heads } = town(12, seed);
      const graph = undirectedGraph(nodeCount, tails, heads);
      const left = neighboursOf(graph);
      const { eliminated, nodes, core } = reduceDegree(graph);
      for (const node of eliminated) {
        expect(left.get(node)!.size).toBeLessThanOrEqual(3);
        eliminate(left, node);
      }
      expect([...left.keys()]).toEqual([...nodes]);
      const coreIds = new Map(Array.from(nodes, (node, id) => [node, id]));
      const wanted = [...left.values()].map(
        (around) => new Set([...around].map((n) => coreIds.get(n)!)),
      );
      expect([...neighboursOf(core).values()]).toEqual(wanted);
      for (const around of wanted) expect(around.size).toBeGreaterThan(3);
      if (nodes.length > 0) cores++;
    }
    expect(cores).toBeGreaterThan(10);
  });

  it("halves a long chain again and again", () => {
    const length = 4096;
    const tails = Int32Array.from({ length: length - 1 }, (_, k) => k);
    const heads = tails.map((tail) => tail + 1);
    const { eliminated } = reduceDegree(undirectedGraph(length, tails, heads));
    const rank = new Int32Array(length);
    eliminated.forEach((node, at) => (rank[node] = at));
    // A node's parent is the nearer higher one of its two sides: the depth of a Cartesian tree.
    const depth = (low: number, high: number): number => {
      if (low >= high) return 0;
      let top = low;
      for (let node = low; node < high; node++) if (rank[node]! > rank[top]!) top = node;
      return 1 + Math.max(depth(low, top), depth(top + 1, high));
    };
    expect(depth(0, length)).toBeLessThan(40);
  });
});

describe("ExtremeNodes", () => {
  it("marks what a full sort would", () => {
    const key = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer());
    fc.assert(
      fc.property(fc.array(key, { minLength: 2, maxLength: 60 }), fc.nat(), (keys, seed) => {
        const count = 1 + (seed % Math.floor(keys.length / 2));
        const marks = new Uint8Array(keys.length).fill(9);
        new ExtremeNodes(60).mark(Float64Array.from(keys), keys.length, count, marks, 1, 2);
        const sorted = [...keys.keys()].sort((a, b) => keys[a]! - keys[b]! || a - b);
        const wanted = new Uint8Array(keys.length);
        for (const k of sorted.slice(0, count)) wanted[k] = 1;
        for (const k of sorted.slice(-count)) wanted[k] = 2;
        expect(marks).toEqual(wanted);
      }),
      { numRuns: 500 },
    );
  });
});

describe("MinDegree", () => {
  it("always takes a node with the fewest neighbours left, those outside the set included", () => {
    for (let seed = 0; seed < 30; seed++) {
      const random = createSeededRandom(seed);
      const { nodeCount, tails, heads } = town(9, seed);
      const graph = undirectedGraph(nodeCount, tails, heads);
      const order = Int32Array.from({ length: nodeCount }, (_, node) => node);
      for (let k = nodeCount - 1; k > 0; k--) {
        const other = random.integer(0, k);
        [order[k], order[other]] = [order[other]!, order[k]!];
      }
      const [begin, end] = [5, random.integer(6, 60)];
      const before = order.slice();
      new MinDegree(graph.firstNeighbour, graph.neighbours, nodeCount).order(order, begin, end);
      expect(order.slice(0, begin)).toEqual(before.slice(0, begin));
      expect(order.slice(end)).toEqual(before.slice(end));
      expect(order.slice(begin, end).sort()).toEqual(before.slice(begin, end).sort());
      const left = neighboursOf(graph);
      const waiting = new Set(before.slice(begin, end));
      for (const node of order.slice(begin, end)) {
        const least = Math.min(...[...waiting].map((other) => left.get(other)!.size));
        expect(left.get(node)!.size).toBe(least);
        eliminate(left, node);
        waiting.delete(node);
      }
    }
  });
});

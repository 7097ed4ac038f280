import { createSeededRandom } from "@gradeway/test-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { buildHierarchy } from "../../src/hierarchy/build-hierarchy.ts";
import type { Hierarchy } from "../../src/hierarchy/hierarchy.ts";
import { hierarchyOf, smallGraph, town } from "./arc-graphs.ts";

function upperEnds({ firstUp, upper }: Hierarchy, rank: number): number[] {
  return [...upper.subarray(firstUp[rank], firstUp[rank + 1])];
}

function shuffled(nodeCount: number, seed: number): Int32Array {
  const random = createSeededRandom(seed);
  const order = Int32Array.from({ length: nodeCount }, (_, node) => node);
  for (let k = nodeCount - 1; k > 0; k--) {
    const other = random.integer(0, k);
    [order[k], order[other]] = [order[other]!, order[k]!];
  }
  return order;
}

/** Upper neighbours per rank by playing elimination on sets. */
function eliminationGame(
  { rank, nodeCount }: Hierarchy,
  tails: Int32Array,
  heads: Int32Array,
): number[][] {
  const joined = Array.from({ length: nodeCount }, () => new Set<number>());
  tails.forEach((tail, arc) => {
    const [a, b] = [rank[tail]!, rank[heads[arc]!]!];
    if (a !== b) joined[Math.min(a, b)]!.add(Math.max(a, b));
  });
  return joined.map((above) => {
    const sorted = [...above].sort((a, b) => a - b);
    for (const [k, low] of sorted.entries())
      for (const z of sorted.slice(k + 1)) joined[low]!.add(z);
    return sorted;
  });
}

function pairKey(a: number, b: number): string {
  return `${Math.min(a, b)} ${Math.max(a, b)}`;
}

describe("buildHierarchy", () => {
  it("joins exactly what elimination joins, for any order", () => {
    fc.assert(
      fc.property(smallGraph(), fc.integer(), ({ nodeCount, tails, heads }, seed) => {
        const made = buildHierarchy(nodeCount, tails, heads, shuffled(nodeCount, seed));
        const wanted = eliminationGame(made, tails, heads);
        expect(wanted.map((_, rank) => upperEnds(made, rank))).toEqual(wanted);
        expect(made.arcCount).toBe(wanted.reduce((sum, row) => sum + row.length, 0));
      }),
      { numRuns: 300 },
    );
  });

  it("has an elimination tree in postorder: lowest upper end, contiguous subtrees", () => {
    fc.assert(
      fc.property(smallGraph(), fc.integer(), ({ nodeCount, tails, heads }, seed) => {
        const made = buildHierarchy(nodeCount, tails, heads, shuffled(nodeCount, seed));
        const ancestors = Array.from({ length: nodeCount }, (_, rank) => {
          const found: number[] = [];
          for (let at = rank; at !== -1; at = made.parent[at]!) found.push(at);
          return found;
        });
        for (let rank = 0; rank < nodeCount; rank++) {
          const above = upperEnds(made, rank);
          expect(made.parent[rank]).toBe(above[0] ?? -1);
          expect(above.filter((end) => !ancestors[rank]!.includes(end))).toEqual([]);
          const below = [...ancestors.keys()].filter((at) => ancestors[at]!.includes(rank));
          const from = made.firstBelow[rank]!;
          expect(below).toEqual(Array.from({ length: rank - from + 1 }, (_, k) => from + k));
        }
      }),
    );
  });

  it("makes as many arcs as the given order does: a postorder changes none", () => {
    fc.assert(
      fc.property(smallGraph(), fc.integer(), ({ nodeCount, tails, heads }, seed) => {
        const order = shuffled(nodeCount, seed);
        const rank = new Int32Array(nodeCount);
        order.forEach((node, at) => (rank[node] = at));
        const given = eliminationGame({ rank, nodeCount } as Hierarchy, tails, heads);
        const made = buildHierarchy(nodeCount, tails, heads, order);
        const pairs = (rows: number[][], nodes: Int32Array) =>
          rows.flatMap((row, low) => row.map((high) => pairKey(nodes[low]!, nodes[high]!))).sort();
        const rows = [...made.order.keys()].map((at) => upperEnds(made, at));
        expect(pairs(rows, made.order)).toEqual(pairs(given, order));
      }),
    );
  });

  it("knows its arcs from both ends, and where every graph arc lies", () => {
    fc.assert(
      fc.property(smallGraph(), ({ nodeCount, tails, heads, ...positions }) => {
        const made = hierarchyOf({ nodeCount, tails, heads, ...positions });
        const { order, rank, lower, upper, firstDown, downArcs, arcPlace } = made;
        expect([...order].map((node) => rank[node])).toEqual([...order.keys()]);
        for (let end = 0; end < nodeCount; end++) {
          const arcs = downArcs.slice(firstDown[end], firstDown[end + 1]);
          expect([...arcs]).toEqual([...upper.keys()].filter((arc) => upper[arc] === end));
        }
        tails.forEach((tail, arc) => {
          const place = arcPlace[arc]!;
          const [from, to] = [rank[tail]!, rank[heads[arc]!]!];
          if (from === to) expect(place).toBe(-1);
          else {
            const ends = [lower[place >> 1], upper[place >> 1]];
            expect(place & 1 ? ends.reverse() : ends).toEqual([from, to]);
          }
        });
      }),
    );
  });

  it("is chordal on a town: any two upper ends of a node are joined", () => {
    const made = hierarchyOf(town(20, 7));
    const joined = new Set(
      [...made.upper.keys()].map((arc) => `${made.lower[arc]} ${made.upper[arc]}`),
    );
    let pairs = 0;
    for (let rank = 0; rank < made.nodeCount; rank++) {
      const above = upperEnds(made, rank);
      for (const [k, low] of above.entries()) {
        for (const high of above.slice(k + 1)) {
          if (!joined.has(`${low} ${high}`)) throw new Error(`${low} and ${high} above ${rank}`);
          pairs++;
        }
      }
    }
    expect(pairs).toBeGreaterThan(5000);
  });

  it("refuses an order that is no permutation", () => {
    const build = (...order: number[]) =>
      buildHierarchy(3, Int32Array.of(0), Int32Array.of(1), Int32Array.from(order));
    expect(build(2, 0, 1).arcCount).toBe(1);
    for (const order of [
      [0, 1],
      [0, 1, 1],
      [0, 1, 3],
      [0, 1, 2, 0],
      [0, 1, -1],
    ]) {
      expect(() => build(...order)).toThrow(RangeError);
    }
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ARC_ID } from "../../src/search/search-graph.ts";
import { epsilonSearch } from "../../src/search/epsilon-search.ts";
import { exactSearch } from "../../src/search/exact-search.ts";
import { createSearchSpace } from "../../src/search/search-space.ts";
import { labelCorrectingFront } from "./brute-force.ts";
import { expectRealRoutes, UNLIMITED, vectorsOf } from "./results.ts";
import { graphOf, type SmallCase, smallCase } from "./small-network.ts";

/** Splits every edge that query and bans leave alone into `pieces`, with a dead end at each joint. */
function stretched(made: SmallCase, pieces: number): SmallCase {
  const { network, query } = made;
  const fixed = new Set([...network.bans.flat(), ...query.openArcs].map((arc) => arc >> 1));
  for (const { arcId } of [...query.starts, ...query.ends, ...query.direct]) fixed.add(arcId >> 1);
  const arcs = [...network.arcs];
  let { nodeCount } = network;
  for (let edge = 0; edge < network.arcs.length / 2; edge++) {
    const there = network.arcs[edge * 2];
    const back = network.arcs[edge * 2 + 1];
    if (fixed.has(edge)) continue;
    let from = there?.tail ?? back!.head;
    const to = there?.head ?? back!.tail;
    for (let piece = 0; piece < pieces; piece++) {
      const until = piece === pieces - 1 ? to : nodeCount++;
      const pair = [
        there && { ...there, tail: from, head: until },
        back && { ...back, tail: until, head: from },
      ];
      if (piece === 0) arcs.splice(edge * 2, 2, ...pair);
      else arcs.push(...pair);
      if (until !== to) {
        const twig = { tail: until, head: nodeCount, costs: [0, 1, 0], restricted: false };
        arcs.push(twig, { ...twig, tail: nodeCount++, head: until });
      }
      from = until;
    }
  }
  return { network: { ...network, nodeCount, arcs }, query };
}

describe("nodes with one way on", () => {
  it.each([2, 4])("change no exact front, roads in %i pieces", (pieces) => {
    let passed = 0;
    fc.assert(
      fc.property(smallCase({ maxNodes: 7, maxEdges: 14, maxCost: 9 }), (small) => {
        const made = stretched(small, pieces);
        const space = createSearchSpace(graphOf(made.network));
        const result = exactSearch(space, made.query, UNLIMITED);
        expect(vectorsOf(result)).toEqual(labelCorrectingFront(made));
        expectRealRoutes(made, result);
        passed += space.passes.next.filter((at) => at >= 0).length;
      }),
      { numRuns: 300 },
    );
    expect(passed).toBeGreaterThan(300);
  });

  it("are left out where the only way on is avoided", () => {
    fc.assert(
      fc.property(smallCase({ maxNodes: 7, maxEdges: 14, maxCost: 9 }), fc.nat(), (small, seed) => {
        const { network, query } = stretched(small, 3);
        const present = network.arcs.flatMap((arc, id) => (arc === undefined ? [] : [id]));
        const avoidedArcs = Int32Array.from(present.filter((id) => (id * 31 + seed) % 7 === 0));
        const made = { network, query: { ...query, avoidedArcs } };
        const space = createSearchSpace(graphOf(network));
        exactSearch(space, query, UNLIMITED);
        const result = exactSearch(space, made.query, UNLIMITED);
        expect(vectorsOf(result)).toEqual(labelCorrectingFront(made));
        expectRealRoutes(made, result);
      }),
      { numRuns: 300 },
    );
  });

  it("change no promise of an epsilon", () => {
    fc.assert(
      fc.property(smallCase({ maxNodes: 7, maxEdges: 14, maxCost: 60 }), (small) => {
        const made = stretched(small, 3);
        const space = createSearchSpace(graphOf(made.network));
        const result = epsilonSearch(space, made.query, 0.25, UNLIMITED);
        expectRealRoutes(made, result);
        const found = vectorsOf(result);
        const isCovered = (point: readonly number[]): boolean =>
          found.some((route) => route.every((cost, k) => cost * 4 <= point[k]! * 5));
        expect(labelCorrectingFront(made).filter((point) => !isCovered(point))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("are passed by queries one after another as if each were the first", () => {
    fc.assert(
      fc.property(smallCase({ maxNodes: 7, maxEdges: 14 }), (small) => {
        const made = stretched(small, 3);
        const space = createSearchSpace(graphOf(made.network));
        const before = space.passes.next.slice();
        const first = exactSearch(space, made.query, UNLIMITED);
        exactSearch(space, { ...made.query, starts: [], ends: [], direct: [] }, UNLIMITED);
        expect(space.passes.next).toEqual(before);
        expect(vectorsOf(exactSearch(space, made.query, UNLIMITED))).toEqual(vectorsOf(first));
      }),
      { numRuns: 100 },
    );
  });

  it("of a ring without a junction do not hold a label for ever", () => {
    const arc = (tail: number, head: number) => ({
      tail,
      head,
      costs: [1, 1, 1],
      restricted: false,
    });
    const ring = [0, 1, 2].flatMap((node) => [arc(node, (node + 1) % 3), undefined]);
    const graph = graphOf({ nodeCount: 4, arcs: ring, bans: [] });
    const space = createSearchSpace(graph);
    for (const start of [0, 2, 4]) {
      let arcId = start;
      for (let step = 0; step < 3 && space.passes.next[arcId]! >= 0; step++) {
        arcId = graph.outArcs[space.passes.next[arcId]! + ARC_ID]!;
      }
      expect(space.passes.next[arcId]).toBe(-1);
    }
  });
});

import { describe, expect, it } from "vitest";

import { bestPath } from "../../src/search/best-path.ts";
import { epsilonSearch } from "../../src/search/epsilon-search.ts";
import { exactSearch } from "../../src/search/exact-search.ts";
import { NO_ARC, type SearchQuery } from "../../src/search/search-query.ts";
import { createSearchSpace } from "../../src/search/search-space.ts";
import { expectRealRoutes, UNLIMITED, vectorsOf } from "./results.ts";
import { type Costs, graphOf, type SmallNetwork } from "./small-network.ts";

const ONE: Costs = [1, 1, 1];

/** Two-way edges of cost 1 in every objective; edge k has the arcs 2k (as given) and 2k + 1. */
function twoWay(nodeCount: number, edges: [number, number][], bans: [number, number][] = []) {
  const arcs = edges.flatMap(([tail, head]) => [
    { tail, head, costs: ONE, restricted: false },
    { tail: head, head: tail, costs: ONE, restricted: false },
  ]);
  return { nodeCount, arcs, bans };
}

function fromTo(start: number, end: number, openArcs: number[] = []): SearchQuery {
  return {
    starts: [{ node: start, arcId: NO_ARC, costs: [0, 0, 0] }],
    ends: [{ node: end, arcId: NO_ARC, costs: [0, 0, 0] }],
    direct: [],
    openArcs: Int32Array.from(openArcs),
  };
}

/** The exact front, which all kernels agree on here; the start's and end's `NO_ARC` left out. */
function routes(network: SmallNetwork, query: SearchQuery): number[][] {
  const space = createSearchSpace(graphOf(network));
  const results = [
    exactSearch(space, query, UNLIMITED),
    epsilonSearch(space, query, 0.01, UNLIMITED),
    bestPath(space, query, [1, 1, 1], UNLIMITED),
  ];
  for (const result of results) {
    expectRealRoutes({ network, query }, result);
    expect(vectorsOf(result)).toEqual(vectorsOf(results[0]!));
  }
  return results[0]!.paths.map((path) => [...path].filter((arc) => arc !== NO_ARC));
}

describe("rules of movement", () => {
  //            2
  //            | 1          left turn 0 -> 1 -> 2 (arcs 0, 2) banned
  //   0 --0--- 1 --2--- 3 --3--- 4
  //            | 4               |
  //            5 -------5------- 6 (a way round: 3 .. 4 .. 6 .. 5 .. 1)
  const crossing: [number, number][] = [
    [0, 1],
    [1, 2],
    [1, 3],
    [3, 4],
    [1, 5],
    [5, 6],
    [4, 6],
  ];

  it("does not evade a banned left turn by a U-turn further on", () => {
    const network = twoWay(7, crossing, [[0, 2]]);
    // Straight on, round the block and up from below: never 0, 4, 5, 2 (out and back on edge 2).
    const [path, ...others] = routes(network, fromTo(0, 2));
    expect(others).toEqual([]);
    expect([
      [0, 4, 6, 12, 11, 9, 2],
      [0, 8, 10, 13, 7, 5, 2],
    ]).toContainEqual(path);
  });

  it("takes the left turn where nothing bans it", () => {
    expect(routes(twoWay(7, crossing), fromTo(0, 2))).toEqual([[0, 2]]);
  });

  it("finds no route when the ban leaves only turning round on an open road", () => {
    const ring: [number, number][] = [
      [0, 1],
      [1, 2],
      [1, 3],
      [3, 4],
      [4, 5],
      [5, 6],
      [6, 4],
    ];
    // Beyond node 4 lies a loop road, so no dead end; yet the loop road leads back.
    expect(routes(twoWay(7, ring, [[0, 2]]), fromTo(0, 2))).toHaveLength(1);
    const noLoop = twoWay(4, ring.slice(0, 3), [
      [0, 2],
      [4, 5],
    ]);
    // Node 3 is a dead end, but turning round there is itself banned.
    expect(routes(noLoop, fromTo(0, 2))).toEqual([]);
  });

  it("turns round at a dead end", () => {
    //   0 --0-- 1 --1-- 2, and 1 --2-- 3 (dead end), banned: 0 -> 1 -> 2
    const network = twoWay(
      4,
      [
        [0, 1],
        [1, 2],
        [1, 3],
      ],
      [[0, 2]],
    );
    expect(routes(network, fromTo(0, 2))).toEqual([[0, 4, 5, 2]]);
  });

  it("calls a node a dead end when bans close every other exit", () => {
    const edges: [number, number][] = [
      [0, 1],
      [1, 2],
      [1, 3],
      [3, 4],
    ];
    const network = twoWay(5, edges, [
      [0, 2],
      [4, 6],
    ]);
    expect(routes(network, fromTo(0, 2))).toEqual([[0, 4, 5, 2]]);
  });

  it("calls a node a dead end when its other exits are restricted, until the query opens them", () => {
    const network: SmallNetwork = twoWay(
      5,
      [
        [0, 1],
        [1, 2],
        [1, 3],
        [3, 4],
      ],
      [[0, 2]],
    );
    network.arcs[6]!.restricted = true;
    expect(routes(network, fromTo(0, 2))).toEqual([[0, 4, 5, 2]]);
    expect(routes(network, fromTo(0, 4))).toEqual([]);
    expect(routes(network, fromTo(0, 4, [6]))).toEqual([[0, 4, 6]]);
    // With arc 6 open, node 3 is a junction and node 4 the dead end.
    expect(routes(network, fromTo(0, 2, [6]))).toEqual([[0, 4, 6, 7, 5, 2]]);
  });

  it("turns round on a loop road", () => {
    const network = twoWay(
      4,
      [
        [0, 1],
        [1, 2],
        [1, 3],
        [3, 3],
      ],
      [[0, 2]],
    );
    expect(routes(network, fromTo(0, 2)).map((path) => path.length)).toEqual([5]);
  });

  it("counts the destination's edge as an exit, and obeys bans into it", () => {
    const network = twoWay(
      4,
      [
        [0, 1],
        [1, 2],
        [1, 3],
      ],
      [[0, 2]],
    );
    const query: SearchQuery = {
      starts: [{ node: 1, arcId: 0, costs: [1, 1, 1] }],
      ends: [{ node: 1, arcId: 2, costs: [0, 0, 0] }],
      direct: [],
      openArcs: new Int32Array(0),
    };
    expect(routes(network, query)).toEqual([[0, 4, 5, 2]]);
  });

  it("does not let a label stand for another that may turn into the destination's edge", () => {
    // Both starts stand at node 1. The cheap one came over edge 0 and may not turn back onto it, and
    // nothing drives straight to the destination for less; the dear one came over edge 1.
    const network = twoWay(4, [
      [0, 1],
      [2, 1],
      [0, 3],
      [1, 3],
    ]);
    const query: SearchQuery = {
      starts: [
        { node: 1, arcId: 0, costs: [0, 0, 0] },
        { node: 0, arcId: 1, costs: [0, 0, 0] },
        { node: 1, arcId: 2, costs: [1, 1, 1] },
      ],
      ends: [
        { node: 1, arcId: 1, costs: [0, 0, 0] },
        { node: 0, arcId: 0, costs: [1, 1, 1] },
      ],
      direct: [{ arcId: 0, costs: [9, 9, 9] }],
      openArcs: new Int32Array(0),
    };
    expect(routes(network, query)).toEqual([[2, 1]]);
  });

  it("keeps to the edge when origin and destination lie on it in driving direction", () => {
    const network = twoWay(3, [
      [0, 1],
      [1, 2],
      [2, 0],
    ]);
    const query: SearchQuery = {
      starts: [{ node: 1, arcId: 0, costs: [1, 1, 1] }],
      ends: [{ node: 0, arcId: 0, costs: [1, 1, 1] }],
      direct: [{ arcId: 0, costs: [0, 0, 0] }],
      openArcs: new Int32Array(0),
    };
    expect(routes(network, query)).toEqual([[0]]);
    expect(routes(network, { ...query, direct: [] })).toEqual([[0, 2, 4, 0]]);
  });

  it("tells the costs of parallel roads apart", () => {
    const network = twoWay(2, [
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    network.arcs[0]!.costs = [3, 1, 1];
    network.arcs[2]!.costs = [1, 3, 1];
    network.arcs[4]!.costs = [3, 3, 1];
    const space = createSearchSpace(graphOf(network));
    expect(vectorsOf(exactSearch(space, fromTo(0, 1), UNLIMITED))).toEqual([
      [1, 3, 1],
      [3, 1, 1],
    ]);
  });
});

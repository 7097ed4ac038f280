import { describe, expect, it } from "vitest";

import { bruteForceFront, drivePath, mulberry32, randomTrial, type Trial } from "../src/index.ts";

/** Node 0 to node 1 over a quick dear road (arc 0) or a slow cheap one (arc 2); arc 4 goes on to 2. */
const FORK: Trial = {
  network: {
    nodeCount: 3,
    arcs: [
      { tail: 0, head: 1, costs: [1, 9, 5], restricted: false },
      undefined,
      { tail: 0, head: 1, costs: [9, 1, 5], restricted: false },
      undefined,
      { tail: 1, head: 2, costs: [1, 1, 1], restricted: false },
      { tail: 2, head: 1, costs: [1, 1, 1], restricted: false },
    ],
    bans: [],
    paths: [],
  },
  query: {
    starts: [{ node: 0, arcId: -1, costs: [0, 0, 0] }],
    ends: [{ node: 1, arcId: 4, costs: [1, 0, 0] }],
    direct: [],
    openArcs: new Int32Array(0),
  },
};

describe("bruteForceFront", () => {
  it("keeps both roads of a fork", () => {
    expect(new Set(bruteForceFront(FORK, 1_000))).toEqual(
      new Set([
        [2, 9, 5],
        [10, 1, 5],
      ]),
    );
  });

  it("keeps to turn bans and closed arcs", () => {
    const banned = { ...FORK, network: { ...FORK.network, bans: [[0, 4]] as const } };
    expect(bruteForceFront(banned, 1_000)).toEqual([[10, 1, 5]]);
    const arcs = FORK.network.arcs.map((arc, id) => arc && { ...arc, restricted: id === 2 });
    const closed = { ...FORK, network: { ...FORK.network, arcs } };
    expect(bruteForceFront(closed, 1_000)).toEqual([[2, 9, 5]]);
    const opened = { ...closed, query: { ...FORK.query, openArcs: Int32Array.of(2) } };
    expect(bruteForceFront(opened, 1_000)).toHaveLength(2);
  });

  it("turns round only where nothing else is left", () => {
    // Past node 1 to the dead end at node 2 and back to the middle of that road.
    const back = {
      ...FORK,
      query: { ...FORK.query, ends: [{ node: 2, arcId: 5, costs: [1, 0, 0] as const }] },
    };
    expect(bruteForceFront(back, 1_000)).toHaveLength(2);
    expect(drivePath(back, [-1, 0, 4, 5])).toEqual([3, 10, 6]);
  });

  it("gives up on a network that is too large to enumerate", () => {
    expect(bruteForceFront(FORK, 2)).toBeUndefined();
  });

  it("draws the same trials from the same seed", () => {
    expect(randomTrial(mulberry32(7))).toEqual(randomTrial(mulberry32(7)));
    expect(randomTrial(mulberry32(7))).not.toEqual(randomTrial(mulberry32(8)));
  });
});

describe("drivePath", () => {
  it("adds a legal route up and says why another one is not", () => {
    expect(drivePath(FORK, [-1, 0, 4])).toEqual([2, 9, 5]);
    expect(drivePath(FORK, [-1, 4])).toMatch("may not follow");
    expect(drivePath(FORK, [0, 4])).toMatch("no start");
    expect(drivePath(FORK, [0])).toMatch("no direct route");
  });
});

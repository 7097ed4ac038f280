import { describe, expect, it } from "vitest";

import { buildSearchGraph, INF } from "../../src/search/search-graph.ts";
import { buildTurnBans, isBanned } from "../../src/search/turn-bans.ts";

const noBans = buildTurnBans(4, []);

/** One arc from `tail` to node 1 of two nodes. */
function build(tail: number, costs: number[]) {
  return buildSearchGraph(
    2,
    1,
    Int32Array.of(tail),
    Int32Array.of(1),
    Int32Array.from(costs),
    new Uint8Array(1),
    buildTurnBans(1, []),
  );
}

describe("buildSearchGraph", () => {
  it("keeps parallel arcs and loops, leaves out absent arcs, in arc id order", () => {
    const graph = buildSearchGraph(
      2,
      4,
      Int32Array.of(0, 1, 0, 1),
      Int32Array.of(1, 0, 1, 1),
      Int32Array.of(1, 2, 3, INF, INF, INF, 4, 5, 6, 7, 8, 9),
      new Uint8Array(4),
      noBans,
    );
    expect([...graph.firstOut]).toEqual([0, 2, 3]);
    expect([...graph.outArcs]).toEqual([1, 1, 2, 3, 0, 1, 4, 5, 6, 2, 1, 7, 8, 9, 3]);
    expect([...graph.firstIn]).toEqual([0, 0, 3]);
    expect([...graph.inArcs]).toEqual([0, 1, 2, 3, 0, 0, 4, 5, 6, 2, 1, 7, 8, 9, 3]);
  });

  it("refuses wrong lengths, nodes and costs", () => {
    expect(() => build(0, [1, 1])).toThrow(/costs has 2 entries, not 3/);
    expect(() => build(2, [1, 1, 1])).toThrow(/joins 2 and 1/);
    expect(() => build(0, [1, -1, 1])).toThrow(/negative cost -1/);
    expect(build(5, [INF, INF, INF]).outArcs.length).toBe(0);
  });
});

describe("turn bans", () => {
  it("holds each pair once, by arriving arc", () => {
    const bans = buildTurnBans(4, [
      { arcIn: 2, arcOut: 3 },
      { arcIn: 0, arcOut: 2 },
      { arcIn: 2, arcOut: 1 },
      { arcIn: 2, arcOut: 3 },
    ]);
    expect([...bans.first]).toEqual([0, 1, 1, 3, 3]);
    expect([...bans.banned]).toEqual([2, 1, 3]);
    expect(isBanned(bans, 2, 1)).toBe(true);
    expect(isBanned(bans, 2, 2)).toBe(false);
    expect(isBanned(bans, -1, 2)).toBe(false);
  });

  it("refuses arcs that do not exist", () => {
    expect(() => buildTurnBans(4, [{ arcIn: 4, arcOut: 0 }])).toThrow(RangeError);
    expect(() => buildTurnBans(4, [{ arcIn: 0, arcOut: -1 }])).toThrow(RangeError);
  });
});

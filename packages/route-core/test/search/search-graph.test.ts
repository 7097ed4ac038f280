import { describe, expect, it } from "vitest";

import { buildSearchGraph, INF } from "../../src/search/search-graph.ts";
import { buildTurnBans, isBanned } from "../../src/search/turn-bans.ts";

const noBans = buildTurnBans(4, []);

/** One arc from `tail` to node 1 of two nodes. */
function build(tail: number, costs: number[], objectiveCount = 3) {
  return buildSearchGraph({
    nodeCount: 2,
    tails: Int32Array.of(tail),
    heads: Int32Array.of(1),
    costs: Int32Array.from(costs),
    objectiveCount,
    restricted: new Uint8Array(1),
    turnBans: buildTurnBans(1, []),
  });
}

describe("buildSearchGraph", () => {
  it("keeps parallel arcs and loops, leaves out absent arcs, in arc id order", () => {
    const graph = buildSearchGraph({
      nodeCount: 2,
      tails: Int32Array.of(0, 1, 0, 1),
      heads: Int32Array.of(1, 0, 1, 1),
      costs: Int32Array.of(1, 2, 3, INF, INF, INF, 4, 5, 6, 7, 8, 9),
      restricted: new Uint8Array(4),
      turnBans: noBans,
    });
    expect([...graph.firstOut]).toEqual([0, 2, 3]);
    expect([...graph.outArcs]).toEqual([1, 1, 2, 3, 0, 1, 4, 5, 6, 2, 1, 7, 8, 9, 3]);
    expect([...graph.firstIn]).toEqual([0, 0, 3]);
    // Tail, and where the arc begins in `outArcs`.
    expect([...graph.inArcs]).toEqual([0, 0, 0, 5, 1, 10]);
  });

  it("keeps one to four costs per arc, the fourth after the arc's id", () => {
    expect([...build(0, [7], 1).outArcs]).toEqual([1, 7, 0, 0, 0]);
    expect([...build(0, [7, 8], 2).outArcs]).toEqual([1, 7, 8, 0, 0]);
    expect([...build(0, [7, 8, 9, 6], 4).outArcs]).toEqual([1, 7, 8, 9, 0, 6]);
    expect(() => build(0, [1, 1, 1, 1, 1], 5)).toThrow(RangeError);
    expect(() => build(0, [], 0)).toThrow(RangeError);
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

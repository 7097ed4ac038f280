import type { AsciiRestriction } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { BAN_HGV, BAN_VAN } from "../../src/graph/turn-ban-columns.ts";
import { buildFromAscii } from "../networks.ts";

const MAP = `
      N
      |
   W--X--E
      |
      S
`;
const ARMS = { WX: {}, XE: {}, NX: {}, XS: {} };

/** Bans as "from>to:kinds", ways instead of arcs. */
async function bansOf(
  restrictions: readonly AsciiRestriction[],
  ways: Record<string, Record<string, string>> = ARMS,
): Promise<string[]> {
  const { graph, drawing } = await buildFromAscii(MAP, { ways, restrictions });
  const keyOf = new Map(Object.keys(ways).map((key) => [drawing.wayId(key), key]));
  const [lonX, latX] = drawing.position("X").map((degrees) => Math.round(degrees * 1e7));
  /** The arm an arc runs over, by its end away from X. */
  const armOf = (arc: number): string => {
    const edge = arc >> 1;
    const ends = [graph.edgeTail[edge]!, graph.edgeHead[edge]!];
    const far = ends.find((n) => graph.nodeLonE7[n] !== lonX || graph.nodeLatE7[n] !== latX)!;
    const east = graph.nodeLonE7[far]! - lonX!;
    const north = graph.nodeLatE7[far]! - latX!;
    return Math.abs(east) > Math.abs(north) ? (east > 0 ? "E" : "W") : north > 0 ? "N" : "S";
  };
  expect(keyOf.size).toBe(Object.keys(ways).length);
  return Array.from(graph.banFrom, (from, i) => {
    // A banned arc arrives at X, the one that may not follow leaves X.
    const head = (from & 1) === 0 ? graph.edgeHead[from >> 1]! : graph.edgeTail[from >> 1]!;
    expect([graph.nodeLonE7[head], graph.nodeLatE7[head]]).toEqual([lonX, latX]);
    const kinds = graph.banKinds[i]!;
    return `${armOf(from)}>${armOf(graph.banTo[i]!)}:${kinds}`;
  }).toSorted();
}

const BOTH = BAN_HGV | BAN_VAN;

describe("turn bans of a graph", () => {
  it("no_* bans the one turn", async () => {
    const left = { from: "WX", via: "X", to: "NX", restriction: "no_left_turn" };
    expect(await bansOf([left])).toEqual([`W>N:${BOTH}`]);
  });

  it("only_* bans the other turns", async () => {
    const only = { from: "WX", via: "X", to: "XE", restriction: "only_straight_on" };
    expect(await bansOf([only])).toEqual([`W>N:${BOTH}`, `W>S:${BOTH}`]);
  });

  it("keeps trucks and vans apart and joins what meets on one turn", async () => {
    const left = { from: "WX", via: "X", to: "NX", restriction: "no_left_turn" };
    expect(await bansOf([{ ...left, tags: { except: "hgv" } }])).toEqual([`W>N:${BAN_VAN}`]);
    const both = [
      { ...left, tags: { except: "hgv" } },
      { ...left, tags: { except: "goods" } },
    ];
    expect(await bansOf(both)).toEqual([`W>N:${BOTH}`]);
  });

  it("a turn within one way concerns the arm that is meant", async () => {
    const ways = { WXE: {}, NX: {}, XS: {} };
    const left = { from: "NX", via: "X", to: "XS", restriction: "no_straight_on" };
    expect(await bansOf([left], ways)).toEqual([`N>S:${BOTH}`]);
  });

  it("no U-turn from a way into itself leaves the way straight on open", async () => {
    const ways = { WXE: {}, NX: {}, XS: {} };
    const uTurn = { from: "WXE", via: "X", to: "WXE", restriction: "no_u_turn" };
    expect(await bansOf([uTurn], ways)).toEqual([]);
    const ending = { from: "WX", via: "X", to: "WX", restriction: "no_u_turn" };
    expect(await bansOf([ending])).toEqual([]);
  });

  it("no U-turn between two carriageways bans it", async () => {
    const uTurn = { from: "WX", via: "X", to: "NX", restriction: "no_u_turn" };
    expect(await bansOf([uTurn])).toEqual([`W>N:${BOTH}`]);
  });

  it("ways that do not meet at the node restrict nothing", async () => {
    const away = { from: "WX", via: "E", to: "NX", restriction: "no_left_turn" };
    expect(await bansOf([away])).toEqual([]);
    const onlyAway = { from: "WX", via: "E", to: "NX", restriction: "only_left_turn" };
    expect(await bansOf([onlyAway])).toEqual([]);
  });

  it("several from ways each get their ban", async () => {
    const { graph, warnings } = await buildFromAscii(MAP, {
      ways: ARMS,
      restrictions: [
        { from: "WX", via: "X", to: "NX", restriction: "no_entry" },
        { from: "XS", via: "X", to: "NX", restriction: "no_entry" },
        { from: "WX", via: "X", to: "NX", restriction: "give_way" },
      ],
    });
    expect(graph.banFrom.length).toBe(2);
    expect(graph.meta.counts.ignoredRestrictions).toEqual({ unknown: 1 });
    expect(warnings.map(({ code }) => code)).toContain("turn_restriction_ignored");
  });
});

import type { AsciiRestriction } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { summarizeGraph } from "../../src/graph/graph-summary.ts";
import { wayInventory } from "../../src/graph/way-inventory.ts";
import type { LineStringGeometry } from "../../src/planner/plan-types.ts";
import { buildFromAscii, plannerOf } from "../networks.ts";

/* A divided road: west on top, east below, joined by the crossing road M-P-Q-N. */
const MAP = `
          M
          |
  D---C---P---B---A
          |
  E---F---Q---G---H
          |
          N
`;
type Ways = Record<string, Record<string, string>>;

const ROADS: Ways = {
  ABP: { oneway: "yes" },
  PCD: { oneway: "yes" },
  EFQ: { oneway: "yes" },
  QGH: { oneway: "yes" },
  MP: {},
  PQ: {},
  QN: {},
};
const NO_U_TURN = { from: "ABP", via: ["PQ"], to: "QGH", restriction: "no_u_turn" };

/** Names of the nodes that the fastest trip passes, or "none". */
async function trip(
  names: string,
  restrictions: readonly AsciiRestriction[],
  { map = MAP, ways = ROADS, vehicle = "artic-40t", uTurnsAtWaypoints = false } = {},
): Promise<string> {
  const { graph, drawing } = await buildFromAscii(map, { ways, restrictions });
  const places = Array.from(names, (name) => drawing.position(name));
  try {
    const { route } = plannerOf(graph).planRoute({
      origin: places[0]!,
      destination: places.at(-1)!,
      waypoints: places.slice(1, -1),
      uTurnsAtWaypoints,
      vehicle,
      strict: true,
    });
    const nodes = new Map(
      [...map.matchAll(/[A-Z]/g)].map(([name]) => [drawing.position(name).join(), name]),
    );
    const { coordinates } = route.geometry as LineStringGeometry;
    return coordinates.map((at) => nodes.get(at.join()) ?? "").join("");
  } catch (error) {
    expect(error).toMatchObject({ reasonCode: "routing_graph_disconnected_od" });
    return "none";
  }
}

describe("a restriction with a via way", () => {
  it("bars the way from, via and to, and no part of it", async () => {
    expect(await trip("AH", [])).toBe("ABPQGH");
    expect(await trip("AH", [NO_U_TURN])).not.toContain("BPQG");
    expect(await trip("AN", [NO_U_TURN])).toBe("ABPQN");
    expect(await trip("MH", [NO_U_TURN])).toBe("MPQGH");
    expect(await trip("AD", [NO_U_TURN])).toBe("ABPCD");
  });

  it("lets a truck come back to the via way from elsewhere", async () => {
    // To the end of the side road, where it may turn round, and over the via way again.
    const ways = { ...ROADS, QN: { oneway: "yes" } };
    expect(await trip("AH", [NO_U_TURN], { ways })).toBe("ABPMPQGH");
  });

  it("holds in one direction of a via way that is open in both", async () => {
    const other = { from: "EFQ", via: ["PQ"], to: "PCD", restriction: "no_u_turn" };
    expect(await trip("ED", [NO_U_TURN])).toBe("EFQPCD");
    expect(await trip("ED", [other])).not.toContain("FQPC");
    expect(await trip("AH", [other])).toBe("ABPQGH");
  });

  it("keeps vehicles apart", async () => {
    const exceptHgv = [{ ...NO_U_TURN, tags: { except: "hgv" } }];
    expect(await trip("AH", exceptHgv)).toBe("ABPQGH");
    expect(await trip("AH", exceptHgv, { vehicle: "van-3.5t" })).not.toContain("BPQG");
    const onlyHgv = [{ ...NO_U_TURN, tags: { "restriction:hgv": "no_u_turn", restriction: "" } }];
    expect(await trip("AH", onlyHgv)).not.toContain("BPQG");
    expect(await trip("AH", onlyHgv, { vehicle: "van-3.5t" })).toBe("ABPQGH");
  });

  it("holds past a waypoint on the via way", async () => {
    const map = `
          M
          |
  D---C---P---B---A
          |
          W
          |
  E---F---Q---G---H
          |
          N
    `;
    const { PQ: _part, ...others } = ROADS;
    const ways: Ways = { ...others, PWQ: {} };
    const restrictions = [{ ...NO_U_TURN, via: ["PWQ"] }];
    expect(await trip("AWH", [], { map, ways })).toBe("ABPWQGH");
    const kept = await trip("AWH", restrictions, { map, ways });
    expect(kept).toContain("W");
    expect(kept).not.toContain("BPWQG");
    expect(await trip("AWN", restrictions, { map, ways })).toBe("ABPWQN");
    expect(await trip("MWH", restrictions, { map, ways })).toBe("MPWQGH");
    // Whoever may turn round there comes back to the via way from elsewhere, and is free.
    const turning = { map, ways, uTurnsAtWaypoints: true };
    expect(await trip("AWH", [], turning)).toBe("ABPWQGH");
    expect(await trip("AWN", restrictions, turning)).toBe("ABPWQN");
    expect(await trip("AWD", restrictions, turning)).toBe("ABPWPCD");
    expect(await trip("AWH", restrictions, turning)).toBe("ABPMPWQGH");
  });

  it("holds past a waypoint at a junction where a truck may turn round", async () => {
    const turning = { uTurnsAtWaypoints: true };
    expect(await trip("AQH", [], turning)).toBe("ABPQGH");
    expect(await trip("AQH", [NO_U_TURN], turning)).toBe("ABPQNQGH");
    expect(await trip("APH", [NO_U_TURN], turning)).toBe("ABPQNQGH");
    expect(await trip("MPN", [NO_U_TURN], turning)).toBe("MPQN");
    expect(await trip("MQM", [NO_U_TURN], turning)).toBe("MPQPM");
    const left = { from: "MP", via: "P", to: "PCD", restriction: "no_right_turn" };
    expect(await trip("MPD", [], turning)).toBe("MPCD");
    expect(await trip("MPD", [left], turning)).toBe("MPQNQPCD");
  });
});

/* A street with side roads S and T, and a junction at its end. */
const STREET = `
      S   T   L
      |   |   |
  A---B---C---D---E
              |
              R
`;

describe("via ways", () => {
  const ways: Ways = { AB: {}, BS: {}, CT: {}, DL: {}, DE: {}, DR: {} };
  const two: Ways = { ...ways, BC: {}, CD: {} };
  const one: Ways = { ...ways, BCD: {} };

  it.each([
    ["several, in any order", two, ["CD", "BC"]],
    ["several, in driving order", two, ["BC", "CD"]],
    ["one that a junction parts", one, ["BCD"]],
  ])("%s, make one path", async (_what, roads, via) => {
    const left = [{ from: "AB", via, to: "DL", restriction: "no_left_turn" }];
    const options = { map: STREET, ways: roads };
    expect(await trip("AL", [], options)).toBe("ABCDL");
    expect(await trip("AL", left, options)).not.toContain("ABCDL");
    expect(await trip("SL", left, options)).toBe("SBCDL");
    expect(await trip("AT", left, options)).toBe("ABCT");
    expect(await trip("AR", left, options)).toBe("ABCDR");
  });

  it("with only_* may be left neither before their end nor for another way there", async () => {
    const only = [{ from: "AB", via: ["BC", "CD"], to: "DE", restriction: "only_straight_on" }];
    const options = { map: STREET, ways: two };
    expect(await trip("AE", only, options)).toBe("ABCDE");
    expect(await trip("AL", only, options)).not.toContain("ABCDL");
    expect(await trip("AT", only, options)).not.toContain("ABCT");
    // Who does not drive onto them, or comes from elsewhere, is not concerned.
    expect(await trip("AS", only, options)).toBe("ABS");
    expect(await trip("SL", only, options)).toBe("SBCDL");
    expect(await trip("TL", only, options)).toBe("TCDL");
  });

  it("overlap with other restrictions", async () => {
    const restrictions = [
      { from: "AB", via: ["BC", "CD"], to: "DL", restriction: "no_left_turn" },
      { from: "BC", via: ["CD"], to: "DR", restriction: "no_right_turn" },
      { from: "BS", via: ["BC"], to: "CT", restriction: "no_left_turn" },
    ];
    const options = { map: STREET, ways: two };
    expect(await trip("AL", restrictions, options)).not.toContain("ABCDL");
    expect(await trip("AR", restrictions, options)).not.toContain("BCDR");
    expect(await trip("SR", restrictions, options)).not.toContain("BCDR");
    expect(await trip("ST", restrictions, options)).not.toContain("SBCT");
    expect(await trip("SL", restrictions, options)).toBe("SBCDL");
    expect(await trip("TR", restrictions, options)).toBe("TCDR");
  });

  it("of a ring are driven either way round, as far as it is open", async () => {
    const map = `
      A---B---C
          |   |
          E---D---F
    `;
    const ring: Ways = { AB: {}, BCDEB: {}, DF: {} };
    const options = { map, ways: ring };
    const no = [{ from: "AB", via: ["BCDEB"], to: "DF", restriction: "no_straight_on" }];
    expect(["ABCDF", "ABEDF"]).toContain(await trip("AF", [], options));
    const found = await trip("AF", no, options);
    expect(found).not.toContain("ABCDF");
    expect(found).not.toContain("ABEDF");
    const oneWay = { map, ways: { ...ring, BCDEB: { oneway: "yes" } } };
    const { graph } = await buildFromAscii(map, { ways: oneWay.ways, restrictions: no });
    expect(graph.banPathKinds.length).toBe(1);
  });
});

describe("restrictions that cannot be kept", () => {
  const ways: Ways = { AB: {}, BS: {}, BC: {}, CD: {}, CT: {}, DL: {}, DE: {}, DR: {}, XY: {} };
  const map = `${STREET}\n  X---Y`;
  const left = { from: "AB", via: ["BC", "CD"], to: "DL", restriction: "no_left_turn" };

  it.each<[string, Partial<AsciiRestriction>, Record<string, number>]>([
    ["whose ways do not meet", { via: ["CD"] }, { apart: 1 }],
    ["one of whose via ways lies elsewhere", { via: ["BC", "CD", "XY"] }, { apart: 1 }],
    ["that end elsewhere", { to: "XY" }, { apart: 1 }],
    ["of any other turn, kept all the same,", { restriction: "no_right_turn" }, {}],
    ["that are none", { restriction: "give_way" }, { unknown: 1 }],
  ])("%s are counted", async (_what, change, ignoredRestrictions) => {
    const restrictions = [{ ...left, ...change }];
    const { graph, warnings } = await buildFromAscii(map, { ways, restrictions });
    const kept = Object.keys(ignoredRestrictions).length === 0 ? 1 : 0;
    const summary = summarizeGraph(graph);
    expect(summary).toMatchObject({ ignoredRestrictions, viaWayRestrictions: kept });
    expect(summary.forbiddenPaths).toBe(kept);
    const codes = warnings.map(({ code }) => code);
    expect(codes.includes("turn_restriction_ignored")).toBe(kept === 0);
  });

  it("as their via way is no road of the network, too", async () => {
    const closed: Ways = { ...ways, CD: { highway: "footway" } };
    const { graph } = await buildFromAscii(map, { ways: closed, restrictions: [left] });
    expect(graph.meta.counts.ignoredRestrictions).toEqual({ missing: 1 });
  });

  it("while kept ones are named way by way in the inventory", async () => {
    const { graph, drawing } = await buildFromAscii(map, { ways, restrictions: [left] });
    const names = ["AB", "BC", "CD", "DL"].map((key) => drawing.wayId(key));
    expect([...wayInventory(graph).bannedTurns]).toEqual([[names.join(">"), 1]]);
  });
});

import { describe, expect, it } from "vitest";

import type { OsmMember } from "../../src/osm/osm-elements.ts";
import { readRestriction, type RestrictionReading } from "../../src/osm/turn-restrictions.ts";
import { tagsOf } from "./tags.ts";

const MEMBERS: readonly OsmMember[] = [
  { type: "way", ref: 1, role: "from" },
  { type: "node", ref: 5, role: "via" },
  { type: "way", ref: 2, role: "to" },
];

const read = (
  tags: Record<string, string>,
  members: readonly OsmMember[] = MEMBERS,
): RestrictionReading => readRestriction(tagsOf({ type: "restriction", ...tags }), members);

/** "hgv van" as far as a restriction concerns them. */
function concerned(tags: Record<string, string>): string {
  const reading = read(tags);
  if (reading.kind !== "restriction") return reading.kind;
  const { appliesToHgv, appliesToVan } = reading.restriction;
  return [appliesToHgv ? "hgv" : "", appliesToVan ? "van" : ""].filter(Boolean).join(" ");
}

describe("turn restriction relations", () => {
  it("are read with their ways and node", () => {
    expect(read({ restriction: "no_left_turn" })).toEqual({
      kind: "restriction",
      restriction: {
        mode: "no",
        fromWays: [1],
        viaNode: 5,
        toWays: [2],
        isUTurn: false,
        appliesToHgv: true,
        appliesToVan: true,
      },
    });
  });

  it.each([
    ["no_right_turn", "no", false],
    ["no_straight_on", "no", false],
    ["no_u_turn", "no", true],
    ["no_entry", "no", false],
    ["no_exit", "no", false],
    ["only_straight_on", "only", false],
    ["only_left_turn", "only", false],
    ["only_u_turn", "only", true],
  ])("%s has the mode %s", (value, mode, isUTurn) => {
    expect(read({ restriction: value })).toMatchObject({ restriction: { mode, isUTurn } });
  });

  it.each([
    [{ restriction: "no_left_turn" }, "hgv van"],
    [{ "restriction:hgv": "no_left_turn" }, "hgv"],
    [{ restriction: "no_left_turn", except: "hgv" }, "van"],
    [{ restriction: "no_left_turn", except: "goods" }, "hgv"],
    [{ restriction: "no_left_turn", except: "psv; hgv" }, "van"],
    [{ restriction: "no_left_turn", except: "hgv;goods" }, "other"],
    [{ restriction: "no_left_turn", except: "motor_vehicle" }, "other"],
    [{ restriction: "no_left_turn", except: "bus;psv;bicycle" }, "hgv van"],
  ])("%j concerns: %s", (tags, expected) => expect(concerned(tags)).toBe(expected));

  it("concern nobody when they are about something else", () => {
    expect(readRestriction(tagsOf({ type: "route" }), MEMBERS).kind).toBe("other");
    expect(read({}).kind).toBe("other");
    expect(read({ "restriction:bicycle": "no_left_turn" }).kind).toBe("other");
  });

  it("keep several from and to ways", () => {
    const more: OsmMember[] = [...MEMBERS, { type: "way", ref: 3, role: "from" }];
    const entry = read({ restriction: "no_entry" }, more);
    expect(entry).toMatchObject({ restriction: { fromWays: [1, 3], toWays: [2] } });
  });

  it("are read with their via ways, in whatever order they come", () => {
    const members: OsmMember[] = [
      { type: "way", ref: 8, role: "via" },
      MEMBERS[2]!,
      MEMBERS[0]!,
      { type: "way", ref: 9, role: "via" },
    ];
    expect(read({ "restriction:hgv": "only_straight_on", except: "goods" }, members)).toEqual({
      kind: "path",
      restriction: {
        mode: "only",
        fromWays: [1],
        viaWays: [8, 9],
        toWays: [2],
        appliesToHgv: true,
        appliesToVan: false,
      },
    });
  });

  it.each([
    ["two via nodes", [...MEMBERS, { type: "node", ref: 6, role: "via" }]],
    ["a via node and a via way", [...MEMBERS, { type: "way", ref: 6, role: "via" }]],
    ["a relation as via", [MEMBERS[0]!, { type: "relation", ref: 6, role: "via" }, MEMBERS[2]!]],
    ["no via", [MEMBERS[0]!, MEMBERS[2]!]],
    ["no from", [MEMBERS[1]!, MEMBERS[2]!]],
    ["no to", [MEMBERS[0]!, MEMBERS[1]!]],
  ] as [string, OsmMember[]][])("with %s are left out for their members", (_what, members) => {
    const reading = read({ restriction: "no_left_turn" }, members);
    expect(reading).toEqual({ kind: "ignored", reason: "members" });
  });

  it.each([
    [{ "restriction:conditional": "no_left_turn @ (07:00-09:00)" }, "conditional"],
    [{ "restriction:hgv:conditional": "no_left_turn @ (22:00-06:00)" }, "conditional"],
    [{ restriction: "give_way" }, "unknown"],
  ])("with %j are left out: %s", (tags, reason) => {
    expect(read(tags)).toEqual({ kind: "ignored", reason });
  });

  it("of both kinds at once keep the general one for vans", () => {
    expect(concerned({ restriction: "no_left_turn", "restriction:hgv": "no_left_turn" })).toBe(
      "hgv van",
    );
  });
});

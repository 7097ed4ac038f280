import { describe, expect, it } from "vitest";

import { legalRoadOf, legalRoadText } from "../../src/osm/legal-road.ts";
import { roadClassIndex } from "../../src/osm/road-class.ts";
import { tagsOf } from "./tags.ts";

const roadOf = (tags: Record<string, string>): string => {
  const all = tagsOf(tags);
  return legalRoadText(legalRoadOf(all, roadClassIndex(all)));
};

describe("what the law takes a way for", () => {
  it.each([
    [{ highway: "motorway", oneway: "yes" }, "motorway"],
    [{ highway: "motorway_link", lit: "yes" }, "motorway"],
    [{ highway: "trunk", motorroad: "yes", oneway: "yes" }, "expressway"],
    [{ highway: "trunk", motorroad: "yes" }, "single"],
    [{ highway: "trunk", motorroad: "yes", oneway: "yes", lit: "yes" }, "expressway"],
    [{ highway: "primary", oneway: "yes" }, "dual"],
    [{ highway: "primary", dual_carriageway: "yes" }, "dual"],
    [{ highway: "primary", junction: "roundabout" }, "single"],
    [{ highway: "primary" }, "single"],
    [{ highway: "tertiary", oneway: "yes" }, "single"],
    [{ highway: "primary_link", oneway: "yes" }, "single"],
    [{ highway: "unclassified" }, "minor"],
    [{ highway: "residential" }, "urban minor"],
    [{ highway: "living_street" }, "urban minor"],
    [{ highway: "secondary", lit: "yes" }, "urban single"],
    [{ highway: "secondary", lit: "yes", maxspeed: "70" }, "single"],
  ])("by class and form: %j is %s", (tags, expected) => expect(roadOf(tags)).toBe(expected));

  it.each([
    [{ highway: "primary", maxspeed: "DE:urban" }, "urban single"],
    [{ highway: "primary", maxspeed: "50", "source:maxspeed": "DE:urban" }, "urban single"],
    [{ highway: "primary", maxspeed: "70", "maxspeed:type": "DE:urban" }, "urban single"],
    [{ highway: "primary", maxspeed: "100", "source:maxspeed": "DE:rural" }, "single"],
    [{ highway: "residential", "maxspeed:type": "DE:rural" }, "minor"],
    [{ highway: "trunk", maxspeed: "DE:motorway" }, "motorway"],
    [{ highway: "trunk", "maxspeed:type": "GB:nsl_single", oneway: "yes" }, "single"],
    [{ highway: "trunk", "maxspeed:type": "GB:nsl_dual" }, "dual"],
    [{ highway: "tertiary", "maxspeed:type": "GB:nsl_restricted" }, "urban single"],
    [{ highway: "tertiary", "maxspeed:type": "GB-WLS:nsl_restricted" }, "urban single"],
    [{ highway: "tertiary", "zone:maxspeed": "DE:30" }, "urban single"],
    [{ highway: "tertiary", "zone:maxspeed": "FR:zone30" }, "urban single"],
    [{ highway: "tertiary", "zone:traffic": "ES:urban" }, "urban single"],
    [{ highway: "tertiary", "source:maxspeed": "sign" }, "single"],
    [{ highway: "tertiary", "source:maxspeed": "DE:constructor" }, "single"],
    // The kind is told apart from the speed: a sign within a town.
    [{ highway: "primary", "maxspeed:type": "sign", "zone:traffic": "DE:urban" }, "urban single"],
  ])("by a rule of a country: %j is %s", (tags, expected) => expect(roadOf(tags)).toBe(expected));
});

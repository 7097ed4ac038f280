import { describe, expect, it } from "vitest";

import { ACCESS_NONE, levelOf, onewayDirection, wayAccess } from "../../src/osm/way-access.ts";
import { tagsOf } from "./tags.ts";

/** Which directions a truck may drive, as "along against". */
function directions(tags: Record<string, string>): string {
  const access = wayAccess(tagsOf({ highway: "primary", ...tags }));
  const open = (against: boolean): boolean => levelOf(access, "hgv", against) !== ACCESS_NONE;
  return [open(false) ? "along" : "", open(true) ? "against" : ""].filter(Boolean).join(" ");
}

describe("oneway tags of a way", () => {
  it.each([
    [{}, "along against"],
    [{ oneway: "yes" }, "along"],
    [{ oneway: "1" }, "along"],
    [{ oneway: "true" }, "along"],
    [{ oneway: "-1" }, "against"],
    [{ oneway: "reverse" }, "against"],
    [{ oneway: "no" }, "along against"],
    [{ oneway: "reversible" }, ""],
    [{ oneway: "alternating" }, ""],
    [{ junction: "roundabout" }, "along"],
    [{ junction: "circular" }, "along"],
    [{ junction: "roundabout", oneway: "-1" }, "against"],
    [{ junction: "roundabout", oneway: "no" }, "along against"],
    [{ junction: "jughandle" }, "along against"],
    [{ highway: "motorway" }, "along"],
    [{ highway: "motorway", oneway: "no" }, "along against"],
    [{ highway: "motorway_link" }, "along against"],
    [{ highway: "trunk" }, "along against"],
  ])("%j can be driven: %s", (tags, expected) => {
    expect(directions(tags)).toBe(expected);
  });

  it("gives no direction where it changes with the hour", () => {
    expect(onewayDirection(tagsOf({ oneway: "reversible" }))).toBeUndefined();
  });
});

import { describe, expect, it } from "vitest";

import {
  ACCESS_NONE,
  ACCESS_OPEN,
  ACCESS_RESTRICTED,
  type AccessKind,
  levelOf,
  reverseAccess,
  wayAccess,
} from "../../src/osm/way-access.ts";
import { tagsOf } from "./tags.ts";

const level = (tags: Record<string, string>, kind: AccessKind = "hgv", against = false): number =>
  levelOf(wayAccess(tagsOf({ highway: "primary", ...tags })), kind, against);

describe("access tags of a way", () => {
  it("leave an untagged road open to both kinds in both directions", () => {
    for (const kind of ["hgv", "van"] as const) {
      expect(level({}, kind)).toBe(ACCESS_OPEN);
      expect(level({}, kind, true)).toBe(ACCESS_OPEN);
    }
  });

  it.each(["access", "vehicle", "motor_vehicle"])("%s=no closes it to both kinds", (key) => {
    expect(level({ [key]: "no" })).toBe(ACCESS_NONE);
    expect(level({ [key]: "no" }, "van")).toBe(ACCESS_NONE);
  });

  it("hgv concerns trucks and goods concerns vans", () => {
    expect(level({ hgv: "no" })).toBe(ACCESS_NONE);
    expect(level({ hgv: "no" }, "van")).toBe(ACCESS_OPEN);
    expect(level({ goods: "no" })).toBe(ACCESS_OPEN);
    expect(level({ goods: "no" }, "van")).toBe(ACCESS_NONE);
  });

  it("the more specific key wins, however the general ones read", () => {
    const chain = ["access", "vehicle", "motor_vehicle", "hgv"];
    for (let specific = 1; specific < chain.length; specific++) {
      const closed = Object.fromEntries(chain.slice(0, specific).map((key) => [key, "no"]));
      expect(level({ ...closed, [chain[specific]!]: "yes" })).toBe(ACCESS_OPEN);
      const open = Object.fromEntries(chain.slice(0, specific).map((key) => [key, "yes"]));
      expect(level({ ...open, [chain[specific]!]: "no" })).toBe(ACCESS_NONE);
    }
    expect(level({ motor_vehicle: "no", goods: "designated" }, "van")).toBe(ACCESS_OPEN);
    expect(level({ motor_vehicle: "no", goods: "designated" })).toBe(ACCESS_NONE);
  });

  it.each(["destination", "delivery", "private", "customers", "permit", "residents"])(
    "%s means: not as a through road",
    (value) => {
      expect(level({ access: value })).toBe(ACCESS_RESTRICTED);
      expect(level({ hgv: value })).toBe(ACCESS_RESTRICTED);
      expect(level({ hgv: value }, "van")).toBe(ACCESS_OPEN);
    },
  );

  it.each(["no", "agricultural", "forestry", "agricultural;forestry", "emergency", "military"])(
    "%s means: closed",
    (value) => expect(level({ motor_vehicle: value })).toBe(ACCESS_NONE),
  );

  it.each(["yes", "designated", "permissive", "discouraged"])("%s means: open", (value) => {
    expect(level({ hgv: value, access: "no" })).toBe(ACCESS_OPEN);
  });

  it("several values count as the most permissive one", () => {
    expect(level({ access: "agricultural;destination" })).toBe(ACCESS_RESTRICTED);
    expect(level({ access: "no; delivery" })).toBe(ACCESS_RESTRICTED);
    expect(level({ access: "delivery;yes" })).toBe(ACCESS_OPEN);
    expect(level({ access: "emergency;bus" })).toBe(ACCESS_NONE);
  });

  it("an untagged driveway is for its own places only", () => {
    const driveway = { highway: "service", service: "driveway" };
    expect(level(driveway)).toBe(ACCESS_RESTRICTED);
    expect(level({ ...driveway, access: "yes" })).toBe(ACCESS_OPEN);
    expect(level({ ...driveway, access: "no" })).toBe(ACCESS_NONE);
  });

  it("can be turned round, and back", () => {
    const access = wayAccess(
      tagsOf({ highway: "primary", oneway: "yes", hgv: "destination", goods: "yes" }),
    );
    const turned = reverseAccess(access);
    for (const kind of ["hgv", "van"] as const) {
      for (const against of [false, true]) {
        expect(levelOf(turned, kind, against)).toBe(levelOf(access, kind, !against));
      }
    }
    for (let byte = 0; byte < 256; byte++) expect(reverseAccess(reverseAccess(byte))).toBe(byte);
  });
});

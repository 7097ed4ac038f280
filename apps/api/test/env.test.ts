import { describe, expect, it } from "vitest";

import { parseServerSettings } from "../src/index.ts";

describe("parseServerSettings", () => {
  it("leaves what is not set to the defaults", () => {
    expect(parseServerSettings({ PATH: "/bin" })).toEqual({
      threads: undefined,
      maxQueue: undefined,
    });
  });

  it("takes an empty variable for one that is not set", () => {
    const env = { GRADEWAY_THREADS: "", GRADEWAY_MAX_QUEUE: "" };
    expect(parseServerSettings(env)).toEqual({ threads: undefined, maxQueue: undefined });
  });

  it("reads numbers", () => {
    const env = { GRADEWAY_THREADS: "4", GRADEWAY_MAX_QUEUE: "0" };
    expect(parseServerSettings(env)).toEqual({ threads: 4, maxQueue: 0 });
  });

  it.each([
    ["GRADEWAY_THREADS", "0"],
    ["GRADEWAY_THREADS", "many"],
    ["GRADEWAY_MAX_QUEUE", "-1"],
  ])("names %s when it is %s", (name, value) => {
    expect(() => parseServerSettings({ [name]: value })).toThrow(name);
  });
});

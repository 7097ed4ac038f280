import { describe, expect, it } from "vitest";

import { parseServerSettings } from "../src/index.ts";

describe("parseServerSettings", () => {
  it("leaves what is not set to the defaults", () => {
    expect(parseServerSettings({ PATH: "/bin" })).toEqual({
      threads: undefined,
      maxQueue: undefined,
      weightsMaxBytes: undefined,
      trustedKeys: [],
      batchConcurrency: undefined,
    });
  });

  it("takes an empty variable for one that is not set", () => {
    const env = { GRADEWAY_THREADS: "", GRADEWAY_MAX_QUEUE: "", GRADEWAY_TRUSTED_KEYS: "" };
    expect(parseServerSettings(env)).toEqual(parseServerSettings({}));
  });

  it("reads numbers and lists of files", () => {
    const env = {
      GRADEWAY_THREADS: "4",
      GRADEWAY_MAX_QUEUE: "0",
      GRADEWAY_WEIGHTS_MAX_MB: "512",
      GRADEWAY_TRUSTED_KEYS: "a.pem, b.pem",
      BATCH_CONCURRENCY: "8",
    };
    expect(parseServerSettings(env)).toEqual({
      threads: 4,
      maxQueue: 0,
      weightsMaxBytes: 512 * 2 ** 20,
      trustedKeys: ["a.pem", "b.pem"],
      batchConcurrency: 8,
    });
  });

  it.each([
    ["GRADEWAY_THREADS", "0"],
    ["GRADEWAY_THREADS", "many"],
    ["GRADEWAY_MAX_QUEUE", "-1"],
    ["GRADEWAY_WEIGHTS_MAX_MB", "0"],
    ["BATCH_CONCURRENCY", "0"],
    ["BATCH_CONCURRENCY", "1e3"],
  ])("names %s when it is %s", (name, value) => {
    expect(() => parseServerSettings({ [name]: value })).toThrow(name);
  });
});

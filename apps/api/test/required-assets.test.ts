import { describe, expect, it } from "vitest";

import { createTestApp, post, TRIP } from "./app-fixture.ts";

const GRAPH = "cd".repeat(32);
const MANIFEST = "ab".repeat(32);
const OTHER = "0f".repeat(32);

async function plan(requireAssets: unknown): Promise<[number, Record<string, unknown>]> {
  const { app } = createTestApp();
  const response = await post(app, "/route", { ...TRIP, requireAssets });
  return [response.status, (await response.json()) as Record<string, unknown>];
}

describe("requireAssets", () => {
  it.each([[{}], [{ "routing-graph": GRAPH }], [{ manifest: MANIFEST, "routing-graph": GRAPH }]])(
    "is met by %j",
    async (required) => {
      expect((await plan(required))[0]).toBe(200);
    },
  );

  it("refuses to answer from other data, and says which", async () => {
    const [status, problem] = await plan({ manifest: MANIFEST, "routing-graph": OTHER });
    expect(status).toBe(503);
    expect(problem).toMatchObject({
      reasonCode: "asset_requirement_unmet",
      details: {
        unmet: [{ asset: "routing-graph", demandedSha256: OTHER, activeSha256: GRAPH }],
      },
    });
  });

  it("does not take a missing asset for one that fits", async () => {
    const [status, problem] = await plan({ "zone-charges": OTHER, "no-such-asset": OTHER });
    expect(status).toBe(503);
    expect(problem["details"]).toEqual({
      unmet: [
        { asset: "zone-charges", demandedSha256: OTHER, activeSha256: null },
        { asset: "no-such-asset", demandedSha256: OTHER, activeSha256: null },
      ],
    });
  });

  it.each([
    ["an array", []],
    ["a short hash", { manifest: "ab" }],
    ["capitals", { manifest: MANIFEST.toUpperCase() }],
    ["a name that is none", { "Routing Graph": GRAPH }],
    ["a name that objects have", JSON.parse(`{"__proto__":"${OTHER}"}`)],
    ["too many", Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`a${at}`, GRAPH]))],
  ])("refuses %s as malformed", async (_, required) => {
    const [status, problem] = await plan(required);
    expect(status).toBe(400);
    expect(problem["reasonCode"]).toBe("request_invalid");
  });
});

import type { AssetReport } from "@gradeway/model-assets";
import { ReasonError } from "@gradeway/reason-codes";
import { describe, expect, it } from "vitest";

import { withBodies } from "../src/index.ts";
import { createTestApp, post, TRIP } from "./app-fixture.ts";
import { createFakeRegion, FAKE_ASSETS, FAKE_SUMMARY } from "./fake-region.ts";

async function reasonCodeOf(response: Response): Promise<unknown> {
  const body: unknown = await response.json();
  return typeof body === "object" && body !== null && "reasonCode" in body
    ? body.reasonCode
    : undefined;
}

describe("planning", () => {
  it.each(["/pareto", "/route"])("%s answers without diagnostics, with a tag", async (path) => {
    const { app } = createTestApp();
    const response = await post(app, path, TRIP);
    expect(response.status).toBe(200);
    expect(response.headers.get("etag")).toMatch(/^"[0-9a-f]{64}"$/);
    expect(await response.json()).not.toHaveProperty("diagnostics");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it("answers 304 to a client that holds the answer", async () => {
    const { app } = createTestApp();
    const etag = (await post(app, "/pareto", TRIP)).headers.get("etag") ?? "";
    const again = await post(app, "/pareto", TRIP, { "if-none-match": `"x", W/${etag}` });
    expect(again.status).toBe(304);
    expect(again.headers.get("etag")).toBe(etag);
    expect(await again.text()).toBe("");
    const other = await post(app, "/pareto", { ...TRIP, epsilon: 0 }, { "if-none-match": etag });
    expect(other.status).toBe(200);
  });

  it("gives diagnostics on request, and then nothing to keep", async () => {
    const { app } = createTestApp();
    const response = await post(app, "/pareto?diagnostics=1", TRIP);
    expect(await response.json()).toHaveProperty("diagnostics.labels");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.has("etag")).toBe(false);
  });

  it("refuses what is not JSON, and an empty body", async () => {
    const { app } = createTestApp();
    for (const body of ["{", "", "[1,"]) {
      const response = await post(app, "/pareto", body);
      expect(response.status).toBe(400);
      expect(await reasonCodeOf(response)).toBe("request_invalid");
    }
  });

  it("refuses a body over the limit, whether its length was declared or not", async () => {
    const { app } = createTestApp();
    const large = JSON.stringify({ ...TRIP, vehicle: "x".repeat(70_000) });
    const declared = await post(app, "/pareto", large, { "content-length": String(large.length) });
    expect(declared.status).toBe(413);
    const streamed = await app.request("/pareto", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new Blob([large]).stream(),
      duplex: "half",
    });
    expect(streamed.status).toBe(413);
    expect(await reasonCodeOf(streamed)).toBe("request_too_large");
  });

  it.each([
    ["content-type", "text/plain"],
    ["content-type", "application/x-www-form-urlencoded"],
    ["content-type", "application/jsonp"],
    ["content-type", "application/json; charset=utf-16"],
    ["content-type", ""],
    ["content-encoding", "gzip"],
  ])("refuses a body whose %s is %j", async (name, value) => {
    const { app } = createTestApp();
    for (const path of ["/pareto", "/route"]) {
      const response = await post(app, path, TRIP, { [name]: value });
      expect(response.status).toBe(415);
      expect(await reasonCodeOf(response)).toBe("media_type_unsupported");
    }
  });

  it.each([
    ["content-type", "application/json; charset=utf-8"],
    ["content-type", 'Application/JSON;charset="UTF-8"'],
    ["content-encoding", "identity"],
  ])("reads a body whose %s is %j", async (name, value) => {
    expect((await post(createTestApp().app, "/pareto", TRIP, { [name]: value })).status).toBe(200);
  });

  it("refuses at each endpoint what only the other one takes", async () => {
    const { app } = createTestApp();
    const weighted = await post(app, "/pareto", { ...TRIP, weights: { time: 1 } });
    expect(weighted.status).toBe(400);
    expect(await weighted.text()).toContain("/route only");
    const approximate = await post(app, "/route", { ...TRIP, epsilon: 0 });
    expect(approximate.status).toBe(400);
    expect(await approximate.text()).toContain("/pareto only");
    expect((await post(app, "/route", { ...TRIP, weights: { time: 1 } })).status).toBe(200);
  });
});

describe("addresses", () => {
  it("describes the region", async () => {
    const { app } = createTestApp();
    const response = await app.request("/region");
    expect(await response.json()).toMatchObject({
      ...FAKE_SUMMARY,
      demo: { payloadKg: 12_000 },
    });
  });

  it("is alive and ready", async () => {
    const { app } = createTestApp();
    expect(await (await app.request("/health")).json()).toEqual({ status: "ok" });
    const ready = await app.request("/health/ready");
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ status: "degraded", region: { name: "Testshire" } });
  });

  it("tells which assets are not ready, and leaves out what the region never had", async () => {
    const ask = async (assets: AssetReport["assets"]) => {
      const region = { ...createFakeRegion(), assets: () => ({ ...FAKE_ASSETS, assets }) };
      const { app } = createTestApp({ region: () => region });
      return (await app.request("/health/ready")).json();
    };
    const [graph, prices, zones] = FAKE_ASSETS.assets;
    expect(await ask([graph!, zones!])).toMatchObject({
      status: "ready",
      assets: [{ name: "routing-graph", state: "ready" }],
    });
    expect(await ask([graph!, prices!])).toMatchObject({
      status: "degraded",
      assets: [
        { name: "routing-graph", state: "ready" },
        { name: "fuel-prices", state: "stale", reasonCode: "asset_expired" },
      ],
    });
  });

  it("lists the assets as they are at this moment", async () => {
    let calls = 0;
    const region = { ...createFakeRegion(), assets: () => (calls++, FAKE_ASSETS) };
    const { app } = createTestApp({ region: () => region });
    const response = await app.request("/assets");
    expect(await response.json()).toEqual(FAKE_ASSETS);
    expect(response.headers.get("cache-control")).toBe("no-store");
    await app.request("/assets");
    expect(calls).toBe(2);
  });

  it("is alive but not ready while the region is being loaded", async () => {
    const { app } = createTestApp({ region: () => undefined });
    expect((await app.request("/health")).status).toBe(200);
    for (const path of [
      "/health/ready",
      "/cache/stats",
      "/region",
      "/assets",
      "/tiles/roads/0/0/0.mvt",
    ]) {
      const response = await app.request(path);
      expect(response.status).toBe(503);
      expect(response.headers.get("retry-after")).toBe("2");
      expect(await reasonCodeOf(response)).toBe("routing_graph_warming_up");
    }
    expect((await post(app, "/pareto", TRIP)).status).toBe(503);
  });

  it("says 404 for unknown addresses and 405 for wrong methods", async () => {
    const { app } = createTestApp();
    const missing = await app.request("/nowhere");
    expect(missing.status).toBe(404);
    expect(await reasonCodeOf(missing)).toBe("not_found");
    const wrong = await app.request("/pareto");
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get("allow")).toBe("POST");
    expect(wrong.headers.get("content-type")).toBe("application/problem+json");
    expect(await reasonCodeOf(wrong)).toBe("method_not_allowed");
    expect((await app.request("/health", { method: "DELETE" })).status).toBe(405);
    expect((await app.request("/health", { method: "HEAD" })).status).toBe(200);
  });

  it("logs a client that left as one, not as a fault of the server", async () => {
    const client = new AbortController();
    const region = createFakeRegion();
    const planner = withBodies({
      ...region.planner,
      planPareto: () => {
        client.abort();
        return Promise.reject(new ReasonError("planner_stopped", "Cancelled.", {}));
      },
    });
    const { app, log } = createTestApp({ region: () => ({ ...region, planner }) });
    await app.request("/pareto", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(TRIP),
      signal: client.signal,
    });
    expect(log).toHaveLength(1);
    expect(log[0]?.facts).toMatchObject({ status: 499, aborted: true });
  });

  it("logs one line per request", async () => {
    const { app, log } = createTestApp();
    await app.request("/health");
    expect(log).toEqual([
      {
        level: "info",
        event: "request",
        facts: { requestId: "req-1", method: "GET", path: "/health", status: 200, durationMs: 0 },
      },
    ]);
  });
});

import { ReasonError } from "@gradeway/reason-codes";
import { describe, expect, it } from "vitest";

import { createTestApp, post, TRIP } from "./app-fixture.ts";
import { appWith, batchOf, createCountingPlanner, pairsOf } from "./batch-fixture.ts";
import { createFakeRegion, FAKE_ASSETS, fakePareto } from "./fake-region.ts";

describe("POST /batch/pareto", () => {
  it("answers each pair as /pareto does, in the order of the request", async () => {
    const { planPareto } = createCountingPlanner(({ origin }) => (origin[0] * 1e4) % 17);
    const { app } = appWith(planPareto, { batchConcurrency: 5 });
    const shared = { vehicle: "rigid-18t", payloadKg: 4_000, epsilon: 0, geometry: "none" };
    const pairs = pairsOf(40);
    const { results, summary } = await batchOf(
      await post(app, "/batch/pareto", { ...shared, objectives: ["time", "co2e"], pairs }),
    );
    expect(results.map(({ index }) => index)).toEqual(pairs.map((_, index) => index));
    expect(summary).toEqual({ pairs: 40, ok: 40, noRoute: 0, error: 0, reasonCodes: {} });
    for (const [index, pair] of pairs.entries()) {
      const alone = await post(app, "/pareto", {
        ...shared,
        objectives: ["time", "co2e"],
        ...pair,
      });
      expect(results[index]!.answer).toEqual(await alone.json());
    }
  });

  it("tells bad pairs, missing routes and errors apart, and none of them fails the batch", async () => {
    const { planPareto } = createCountingPlanner(() => 0);
    const failures = new Map<string, ReasonError | TypeError>([
      ["1", new ReasonError("no_route_candidates", "None.", {})],
      ["2", new ReasonError("planner_overloaded", "Full.", { retryAfterS: 1 })],
      ["3", new TypeError("Secret.")],
    ]);
    const { app, log } = appWith((request, control) => {
      const failure = failures.get(String(request.waypoints?.length));
      return failure === undefined ? planPareto(request, control) : Promise.reject(failure);
    });
    const through = (count: number) => ({
      ...TRIP,
      waypoints: pairsOf(count).map((p) => p.origin),
    });
    const pairs = [
      TRIP,
      through(1),
      "nonsense",
      null,
      { origin: TRIP.origin },
      { ...TRIP, destination: [900, 0] },
      { ...TRIP, origin: [49.05, 7.05] },
      { ...TRIP, vehicle: "rigid-18t" },
      { ...TRIP, departAt: "2026-01-01T00:00:00Z" },
      { ...TRIP, colour: "red" },
      through(2),
      through(3),
      TRIP,
    ];
    const { results, summary } = await batchOf(await post(app, "/batch/pareto", { pairs }));
    const outcomes = results.map(({ status, problem }) => problem?.reasonCode ?? status);
    expect(outcomes).toEqual([
      "ok",
      "no_route_candidates",
      ...Array.from({ length: 6 }, () => "request_invalid"),
      "request_feature_unavailable",
      "request_invalid",
      "planner_overloaded",
      "internal_error",
      "ok",
    ]);
    expect(summary).toEqual({
      pairs: 13,
      ok: 2,
      noRoute: 1,
      error: 10,
      reasonCodes: {
        no_route_candidates: 1,
        request_invalid: 7,
        request_feature_unavailable: 1,
        planner_overloaded: 1,
        internal_error: 1,
      },
    });
    expect(results[1]).toMatchObject({ status: "noRoute", problem: { status: 422 } });
    expect(results[4]!.problem).toMatchObject({
      status: 400,
      instance: "req-1",
      details: { issues: [{ pointer: "/pairs/4/destination" }] },
    });
    expect(JSON.stringify(results[6])).toContain("/pairs/6/origin");
    expect(JSON.stringify(results[7])).toContain("stands beside the list of pairs");
    expect(JSON.stringify(results)).not.toContain("Secret");
    expect(JSON.stringify(log)).toContain("Secret");
  });

  it.each([
    ["no pairs", { pairs: [] }, "/pairs", "At least"],
    ["no list", {}, "/pairs", "Expected a list of pairs."],
    ["too many pairs", { pairs: pairsOf(501) }, "/pairs", "At most 500 pairs"],
    ["a bad shared field", { pairs: [TRIP], epsilon: -1 }, "/epsilon", ""],
    ["a late deadline", { pairs: [TRIP], batchDeadlineMs: 700_000 }, "/batchDeadlineMs", ""],
    ["ends of a pair", { ...TRIP, pairs: [TRIP] }, "/origin", "belongs to each of the pairs"],
    ["weights", { pairs: [TRIP], weights: { time: 1 } }, "/weights", "/route only"],
    ["a list alone", [TRIP], "", ""],
  ])("refuses the whole of a batch with %s", async (_, body, pointer, message) => {
    const response = await post(createTestApp().app, "/batch/pareto", body);
    expect(response.status).toBe(400);
    const { reasonCode, details } = (await response.json()) as {
      reasonCode: string;
      details: { issues: { pointer: string; message: string }[] };
    };
    expect(reasonCode).toBe("request_invalid");
    expect(details.issues.map((issue) => issue.pointer)).toContain(pointer);
    expect(JSON.stringify(details).toLowerCase()).toContain(message.toLowerCase());
  });

  it("refuses what it does not model, other assets, and a body over the limit", async () => {
    const [, prices] = FAKE_ASSETS.assets;
    const aged = { ...FAKE_ASSETS, assets: [{ ...prices!, asOf: "2026-01-01" }] };
    const region = { ...createFakeRegion(), assets: () => aged };
    const { app } = createTestApp({ region: () => region });
    const refusal = async (body: unknown) => {
      const response = await post(app, "/batch/pareto", body);
      const { reasonCode } = (await response.json()) as { reasonCode: string };
      return [response.status, reasonCode];
    };
    const pairs = [TRIP];
    expect(await refusal({ pairs, scenario: "no_sharing" })).toEqual([
      422,
      "request_feature_unavailable",
    ]);
    const requireAssets = { "fuel-prices": "0".repeat(64) };
    expect(await refusal({ pairs, requireAssets })).toEqual([503, "asset_requirement_unmet"]);
    expect(await refusal({ pairs, vehicle: "x".repeat(1_100_000) })).toEqual([
      413,
      "request_too_large",
    ]);
    expect(await refusal({ pairs, strict: true })).toEqual([503, "asset_expired"]);
    expect((await app.request("/batch/pareto")).status).toBe(405);
  });

  it("takes 500 pairs with all their digits", async () => {
    const { app } = appWith((request) => Promise.resolve(fakePareto(request, 1)));
    const pairs = pairsOf(500).map(({ origin: [lon, lat], ...pair }) => ({
      ...pair,
      origin: [lon + Math.PI * 1e-9, lat],
    }));
    expect((await batchOf(await post(app, "/batch/pareto", { pairs }))).summary.ok).toBe(500);
  });
});

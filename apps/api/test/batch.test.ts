import { setTimeout as pause } from "node:timers/promises";

import { ReasonError } from "@gradeway/reason-codes";
import type { ParetoAnswer, PlanRequest } from "@gradeway/route-core";
import { afterEach, describe, expect, it } from "vitest";

import type { AppDeps, PlannerPort } from "../src/app-deps.ts";
import type { BatchSummary, PairResult } from "../src/batch/plan-batch.ts";
import { type RunningServer, serve } from "../src/serve.ts";
import { createTestApp, post, TRIP } from "./app-fixture.ts";
import { crossing } from "./fake-network.ts";
import { createFakePlanner, createFakeRegion, FAKE_ASSETS, fakePareto } from "./fake-region.ts";

interface BatchAnswer {
  readonly results: readonly (PairResult & {
    readonly answer?: ParetoAnswer;
    readonly problem?: { readonly reasonCode: string; readonly details: object };
  })[];
  readonly summary: BatchSummary;
}

/** Distinct pairs of the fake region. */
const pairsOf = (count: number) =>
  Array.from({ length: count }, (_, k) => ({
    origin: crossing(1 + (k % 18), 1 + Math.floor(k / 18)),
    destination: crossing(20, 14),
  }));

/** An application whose fronts come from the given function. */
function appWith(planPareto: PlannerPort["planPareto"], overrides: Partial<AppDeps> = {}) {
  const region = createFakeRegion();
  const planner = { ...region.planner, planPareto };
  return createTestApp({ region: () => ({ ...region, planner }), ...overrides });
}

async function batchOf(response: Response): Promise<BatchAnswer> {
  expect(response.status).toBe(200);
  return (await response.json()) as BatchAnswer;
}

/** A planner that notes how many requests it has at a time, and when each began. */
function createCountingPlanner(takesMs: (request: PlanRequest) => number) {
  const begun: PlanRequest[] = [];
  const seen = { running: 0, most: 0, begun };
  const planPareto: PlannerPort["planPareto"] = async (request, control) => {
    seen.most = Math.max(seen.most, ++seen.running);
    begun.push(request);
    try {
      const { signal } = control ?? {};
      await pause(takesMs(request), undefined, signal === undefined ? {} : { signal });
      return fakePareto(request, 2);
    } catch {
      throw new ReasonError("planner_stopped", "Stopped.", {});
    } finally {
      seen.running--;
    }
  };
  return { seen, planPareto };
}

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

  it("never has more pairs under way than BATCH_CONCURRENCY, over all batches", async () => {
    const { seen, planPareto } = createCountingPlanner(() => 2);
    const { app } = appWith(planPareto, { batchConcurrency: 3 });
    const batch = async (count: number) =>
      batchOf(await post(app, "/batch/pareto", { pairs: pairsOf(count) }));
    expect((await batch(30)).summary.ok).toBe(30);
    expect(seen.most).toBe(3);
    const answers = await Promise.all([batch(30), batch(20), batch(1)]);
    expect(answers.map(({ summary }) => summary.ok)).toEqual([30, 20, 1]);
    expect(seen.most).toBe(3);
    expect(seen.begun).toHaveLength(81);
  });

  it("lets a small batch have its turn while a large one is under way", async () => {
    const { seen, planPareto } = createCountingPlanner(() => 2);
    const { app } = appWith(planPareto, { batchConcurrency: 2 });
    const large = post(app, "/batch/pareto", { pairs: pairsOf(60) }).then(batchOf);
    while (seen.begun.length < 4) await pause(1);
    await batchOf(await post(app, "/batch/pareto", { pairs: pairsOf(1) }));
    expect(seen.begun.length).toBeLessThan(40);
    await large;
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
    expect(await refusal({ pairs, weather: "rain" })).toEqual([422, "request_feature_unavailable"]);
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
    const { app } = appWith(createFakePlanner(1).planPareto);
    const pairs = pairsOf(500).map(({ origin: [lon, lat], ...pair }) => ({
      ...pair,
      origin: [lon + Math.PI * 1e-9, lat],
    }));
    expect((await batchOf(await post(app, "/batch/pareto", { pairs }))).summary.ok).toBe(500);
  });

  it("gives each pair its deadline, and less where the batch's own is nearer", async () => {
    let timeMs = 1_000;
    const asked: unknown[] = [];
    const { app } = appWith(
      (request) => {
        asked.push(request.deadlineMs);
        timeMs += 30;
        return Promise.resolve(fakePareto(request, 1));
      },
      { batchConcurrency: 1, now: () => timeMs },
    );
    const body = { pairs: pairsOf(5), deadlineMs: 50, batchDeadlineMs: 100 };
    const { results, summary } = await batchOf(
      await post(app, "/batch/pareto?diagnostics=1", body),
    );
    expect(asked).toEqual([50, 50, 40, 10]);
    expect(results.map(({ elapsedMs }) => elapsedMs)).toEqual([30, 30, 30, 30, 0]);
    expect(results[4]!.problem).toMatchObject({
      reasonCode: "route_compute_timeout",
      details: { deadlineMs: 100, elapsedMs: 120 },
    });
    expect(summary).toMatchObject({ ok: 4, error: 1 });
    expect(results[0]!.answer).toHaveProperty("diagnostics");
  });

  it("holds the region to the end of the answer", async () => {
    let held = 0;
    const hold = (): (() => void) => {
      held++;
      return () => held--;
    };
    const region = { ...createFakeRegion(), hold };
    const { app } = createTestApp({ region: () => region });
    const response = await post(app, "/batch/pareto", { pairs: pairsOf(30) });
    expect(held).toBe(1);
    await batchOf(response);
    expect(held).toBe(0);
    const unread = await post(app, "/batch/pareto", { pairs: pairsOf(30) });
    await unread.body!.cancel();
    expect(held).toBe(0);
  });

  it("begins only some pairs ahead of a slow one, and of a slow reader", async () => {
    let begun = 0;
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const { app } = appWith(
      async (request) => {
        if (begun++ === 0) await mayEnd;
        return fakePareto(request, 1);
      },
      { batchConcurrency: 4 },
    );
    const response = await post(app, "/batch/pareto", { pairs: pairsOf(300) });
    while (begun < 65) await pause(1);
    await pause(20);
    expect(begun).toBe(65);
    end();
    await pause(20);
    // Nobody has read yet.
    expect(begun).toBeLessThan(70);
    expect((await batchOf(response)).summary.ok).toBe(300);
  });
});

describe("a client that leaves a batch", () => {
  let server: RunningServer | undefined;
  afterEach(() => server?.close(0));

  it("ends the pairs under way and keeps the others from beginning", async () => {
    const { seen, planPareto } = createCountingPlanner(({ origin }) =>
      origin[0] === TRIP.origin[0] ? 0 : 60_000,
    );
    const { app } = appWith(planPareto, { batchConcurrency: 2 });
    server = await serve({ app, port: 0 });
    const client = new AbortController();
    const answer = fetch(`${server.url}/batch/pareto`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ pairs: pairsOf(50) }),
      signal: client.signal,
    });
    while (seen.running < 2) await pause(1);
    client.abort();
    await expect(answer.then((response) => response.text())).rejects.toThrow();
    while (seen.running > 0) await pause(1);
    await pause(20);
    expect(seen).toMatchObject({ running: 0, most: 2 });
    expect(seen.begun).toHaveLength(2);
    // Their room is free again.
    const next = await post(app, "/batch/pareto", { pairs: [TRIP, TRIP, TRIP] });
    expect((await batchOf(next)).summary.ok).toBe(3);
  });
});

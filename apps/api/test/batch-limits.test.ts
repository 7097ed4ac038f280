import { setTimeout as pause } from "node:timers/promises";

import { afterEach, describe, expect, it } from "vitest";

import { type RunningServer, serve } from "../src/serve.ts";
import { createTestApp, post, TRIP } from "./app-fixture.ts";
import { appWith, batchOf, createCountingPlanner, pairsOf } from "./batch-fixture.ts";
import { createFakeRegion, fakePareto } from "./fake-region.ts";

describe("the limits of POST /batch/pareto", () => {
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
    const seen = { begun: 0 };
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const { app } = appWith(
      async (request) => {
        if (seen.begun++ === 0) await mayEnd;
        return fakePareto(request, 1);
      },
      { batchConcurrency: 4 },
    );
    const response = await post(app, "/batch/pareto", { pairs: pairsOf(300) });
    while (seen.begun < 65) await pause(1);
    await pause(20);
    expect(seen.begun).toBe(65);
    end();
    await pause(20);
    // Nobody has read yet.
    expect(seen.begun).toBeLessThan(70);
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

import { setTimeout as pause } from "node:timers/promises";

import { ReasonError } from "@gradeway/reason-codes";
import { afterEach, describe, expect, it } from "vitest";

import type { PlanControl, PlannerPort } from "../src/app-deps.ts";
import { withBodies } from "../src/body/with-bodies.ts";
import { type RunningServer, serve } from "../src/serve.ts";
import { createTestApp, post, TRIP } from "./app-fixture.ts";
import { createFakeRegion, fakePareto } from "./fake-region.ts";

const NDJSON = { accept: "application/x-ndjson" };

/** An application whose fronts come from the given function. */
function appWith(planPareto: PlannerPort["planPareto"], hold?: () => () => void) {
  const region = createFakeRegion();
  const planner = withBodies({ ...region.planner, planPareto });
  return createTestApp({
    region: () => ({ ...region, planner, ...(hold === undefined ? {} : { hold }) }),
  });
}

/** Two improvements, then what is given. */
function improving(end: () => ReturnType<PlannerPort["planPareto"]>): PlannerPort["planPareto"] {
  return async (request, control) => {
    for (const epsilon of [0.05, 0.01]) {
      control?.onImprovement?.(fakePareto({ ...request, epsilon }, 2));
      await pause(1);
    }
    return end();
  };
}

async function eventsOf(response: Response): Promise<Record<string, unknown>[]> {
  const text = await response.text();
  expect(text.endsWith("\n")).toBe(true);
  return text
    .trimEnd()
    .split("\n")
    .map((line): Record<string, unknown> => JSON.parse(line));
}

describe("a streamed front", () => {
  let server: RunningServer | undefined;
  afterEach(() => server?.close(0));

  it("has a line for each improvement and one for the answer", async () => {
    const exact = () => Promise.resolve(fakePareto({ ...TRIP, epsilon: 0 }, 3));
    const { app } = appWith(improving(exact));
    const response = await post(app, "/pareto", { ...TRIP, anytime: true }, NDJSON);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/x-ndjson");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const events = await eventsOf(response);
    expect(events).toMatchObject([
      { type: "improved", answer: { certificate: { epsilon: 0.05 } } },
      { type: "improved", answer: { certificate: { epsilon: 0.01 } } },
      { type: "done", answer: { certificate: { epsilon: 0 } } },
    ]);
    const whole = await post(app, "/pareto", { ...TRIP, anytime: true });
    expect(events[2]!["answer"]).toEqual(await whole.json());
  });

  it("has a status of its own when it fails before anything is known", async () => {
    const { app } = appWith(() =>
      Promise.reject(new ReasonError("planner_overloaded", "Full.", { retryAfterS: 1 })),
    );
    const response = await post(app, "/pareto", TRIP, NDJSON);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ reasonCode: "planner_overloaded" });
  });

  it("ends with the problem when it fails later, and keeps a bug to the log", async () => {
    const { app, log } = appWith(improving(() => Promise.reject(new TypeError("Secret."))));
    const response = await post(app, "/pareto", { ...TRIP, anytime: true }, NDJSON);
    expect(response.status).toBe(200);
    const events = await eventsOf(response);
    expect(events.map(({ type }) => type)).toEqual(["improved", "improved", "fatal"]);
    expect(events[2]).toMatchObject({ problem: { status: 500, reasonCode: "internal_error" } });
    expect(JSON.stringify(events)).not.toContain("Secret");
    expect(JSON.stringify(log)).toContain("Secret");
  });

  it("holds the region to its end", async () => {
    let held = 0;
    const hold = (): (() => void) => {
      held++;
      return () => held--;
    };
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const { app } = appWith(
      improving(async () => {
        await mayEnd;
        return fakePareto({ ...TRIP, epsilon: 0 }, 3);
      }),
      hold,
    );
    const response = await post(app, "/pareto", { ...TRIP, anytime: true }, NDJSON);
    expect(held).toBe(1);
    end();
    await response.text();
    expect(held).toBe(0);
  });

  it("stops the search when its reader leaves", async () => {
    const { promise: stopped, resolve } = Promise.withResolvers<void>();
    const { app } = appWith((request, control: PlanControl = {}) => {
      control.signal?.addEventListener("abort", () => resolve());
      control.onImprovement?.(fakePareto({ ...request, epsilon: 0.05 }, 2));
      return stopped.then(() => Promise.reject(new ReasonError("planner_stopped", "Left.", {})));
    });
    server = await serve({ app, port: 0 });
    const client = new AbortController();
    const response = await fetch(`${server.url}/pareto`, {
      method: "POST",
      headers: { "content-type": "application/json", ...NDJSON },
      body: JSON.stringify({ ...TRIP, anytime: true }),
      signal: client.signal,
    });
    const reader = response.body!.getReader();
    expect((await reader.read()).done).toBe(false);
    client.abort();
    await stopped;
  });
});

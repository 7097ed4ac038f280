import { createWarning, isReasonError, type ReasonError } from "@gradeway/reason-codes";
import type { PlanRequest } from "@gradeway/route-core";
import { afterAll, describe, expect, it } from "vitest";

import type { AnswerBody } from "../src/body/answer-body.ts";
import { entityTag } from "../src/http/entity-tag.ts";
import { createWorkerPool, type WorkerPool } from "../src/pool/worker-pool.ts";
import { FAKE_SUMMARY, fakePareto } from "./fake-region.ts";

function startPool(
  threads: number,
  maxQueue: number,
  onThreadEnd?: (threadId: number) => void,
): WorkerPool {
  return createWorkerPool({
    worker: new URL("fake-planner-worker.ts", import.meta.url),
    workerData: undefined,
    execArgv: ["--conditions=@gradeway/source"],
    threads,
    maxQueue,
    ...(onThreadEnd === undefined ? {} : { onThreadEnd }),
  });
}

function tripOf(vehicle: string, deadlineMs = 10_000): PlanRequest {
  return { origin: [7, 49], destination: [7.1, 49.1], vehicle, deadlineMs };
}

async function refusal(answer: Promise<unknown>): Promise<ReasonError> {
  try {
    await answer;
  } catch (error) {
    if (isReasonError(error)) {
      return error;
    }
    throw error;
  }
  throw new Error("The request was answered.");
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe("the worker pool", () => {
  const pool = startPool(1, 1);
  afterAll(() => pool.close(0));

  it("answers from another thread", async () => {
    expect(await pool.run("summary")).toEqual(FAKE_SUMMARY);
    expect((await pool.run("pareto", tripOf("any"))).routes).toHaveLength(2);
    expect((await pool.run("route", tripOf("any"))).route.id).toBe("r0");
  });

  it("passes on what a search has proven so far before its answer, each time", async () => {
    for (let round = 0; round < 20; round++) {
      const heard: (number | null)[] = [];
      const answer = await pool.run("pareto", tripOf("improving"), {
        onImprovement: ({ certificate }) => heard.push(certificate.epsilon),
      });
      expect(heard).toEqual([0.05, 0.01]);
      expect(answer.certificate.epsilon).toBe(0);
      await pause(0);
      expect(heard).toHaveLength(2);
    }
  });

  it("has answers written where they are planned, and those before the last one likewise", async () => {
    const style = {
      warnings: [createWarning("data_synthetic")],
      isDiagnosed: false,
      isTagged: true,
    };
    const bodyOf = (epsilon: number, routes: number, isDiagnosed: boolean): string => {
      const { diagnostics, ...answer } = fakePareto({ ...tripOf("improving"), epsilon }, routes);
      const warnings = [...answer.warnings, createWarning("data_synthetic")];
      return JSON.stringify({ ...answer, warnings, ...(isDiagnosed ? { diagnostics } : {}) });
    };
    for (const isDiagnosed of [false, true]) {
      const heard: string[] = [];
      const onImprovement = ({ json }: AnswerBody): unknown => heard.push(textOf(json));
      const how = { ...style, isDiagnosed, isTagged: !isDiagnosed };
      const body = await pool.run("paretoBody", tripOf("improving"), { onImprovement }, how);
      expect(textOf(body.json)).toBe(bodyOf(0, 3, isDiagnosed));
      expect(heard).toEqual([bodyOf(0.05, 1, isDiagnosed), bodyOf(0.01, 1, isDiagnosed)]);
      expect(body.tag).toBe(isDiagnosed ? undefined : entityTag(bodyOf(0, 3, false)));
    }
    const { json, tag } = await pool.run("routeBody", tripOf("any"), {}, style);
    expect(JSON.parse(textOf(json))).toMatchObject({ route: { id: "r0" } });
    expect(tag).toBe(entityTag(json));
  });

  it("keeps code and details of an expected failure, and tells a bug from it", async () => {
    const error = await refusal(pool.run("pareto", tripOf("too-heavy")));
    expect(error.toJSON()).toEqual({
      reasonCode: "payload_exceeds_limit",
      message: "Too heavy.",
      details: { payloadKg: 2, maxPayloadKg: 1 },
    });
    await expect(pool.run("pareto", tripOf("bug"))).rejects.toThrow("A bug.");
  });

  it("stops a running search when its caller leaves; the same thread then serves on", async () => {
    const caller = new AbortController();
    const answer = refusal(pool.run("pareto", tripOf("until-cancelled"), caller));
    await pause(100);
    caller.abort();
    expect((await answer).reasonCode).toBe("planner_stopped");
    expect((await pool.run("pareto", tripOf("any"))).routes).toHaveLength(2);
  });

  it("refuses what no thread and no place in the queue is left for", async () => {
    const caller = new AbortController();
    const running = refusal(pool.run("pareto", tripOf("until-cancelled"), caller));
    const waiting = pool.run("pareto", tripOf("any"));
    const refused = await refusal(pool.run("pareto", tripOf("any")));
    expect(refused.reasonCode).toBe("planner_overloaded");
    expect(refused.details).toEqual({ retryAfterS: 1 });
    caller.abort();
    expect((await running).reasonCode).toBe("planner_stopped");
    expect((await waiting).routes).toHaveLength(2);
  });

  it("frees the place of a caller that left the queue", async () => {
    const first = new AbortController();
    const second = new AbortController();
    const running = refusal(pool.run("pareto", tripOf("until-cancelled"), first));
    await pause(50);
    const left = refusal(pool.run("pareto", tripOf("until-cancelled"), second));
    second.abort();
    expect((await left).reasonCode).toBe("planner_stopped");
    const waiting = pool.run("pareto", tripOf("any"));
    first.abort();
    expect((await running).reasonCode).toBe("planner_stopped");
    expect((await waiting).routes).toHaveLength(2);
  });

  it("lets waiting use up the deadline, and tells the whole of it", async () => {
    const caller = new AbortController();
    const running = refusal(pool.run("pareto", tripOf("until-cancelled"), caller));
    const waiting = pool.run("pareto", tripOf("any", 5_000));
    await pause(200);
    caller.abort();
    await running;
    expect(Number((await waiting).recommended)).toBeLessThanOrEqual(4_850);

    const error = await refusal(pool.run("pareto", tripOf("until-deadline", 80)));
    expect(error.reasonCode).toBe("route_compute_timeout");
    expect(error.details).toMatchObject({ deadlineMs: 80 });
    expect(error.details).not.toMatchObject({ elapsedMs: 0 });
  });

  it("answers a timeout when the search does not notice its deadline itself", async () => {
    const startedMs = performance.now();
    const error = await refusal(pool.run("pareto", tripOf("until-cancelled", 100)));
    expect(error.reasonCode).toBe("route_compute_timeout");
    expect(performance.now() - startedMs).toBeLessThan(1_500);
    expect((await pool.run("pareto", tripOf("any"))).routes).toHaveLength(2);
  });
});

describe("a thread that ends", () => {
  it("is told once, and another one takes its place", async () => {
    const ended: number[] = [];
    const pool = startPool(1, 1, (threadId) => ended.push(threadId));
    await pool.run("summary");
    for (const crashes of [1, 2]) {
      await expect(pool.run("pareto", tripOf("crash"))).rejects.toThrow("exited");
      expect((await pool.run("pareto", tripOf("any"))).routes).toHaveLength(2);
      expect(ended).toHaveLength(crashes);
    }
    await pool.close(0);
    expect(new Set(ended).size).toBe(3);
    expect(Math.min(...ended)).toBeGreaterThan(0);
  });
});

describe("closing the pool", () => {
  it("finishes what runs and refuses what comes", async () => {
    const pool = startPool(1, 2);
    const running = refusal(pool.run("pareto", tripOf("until-deadline", 200)));
    await pool.run("summary").catch(() => undefined);
    const closed = pool.close(5_000);
    expect((await refusal(pool.run("pareto", tripOf("any")))).reasonCode).toBe("planner_stopped");
    expect((await running).reasonCode).toBe("route_compute_timeout");
    await closed;
  });

  it("stops what still runs after the grace period", async () => {
    const pool = startPool(1, 2);
    await pool.run("summary");
    const running = refusal(pool.run("pareto", tripOf("until-cancelled")));
    await pool.close(50);
    expect((await running).reasonCode).toBe("planner_stopped");
  });
});

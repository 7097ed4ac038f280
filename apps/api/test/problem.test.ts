import { isReasonCode, REASON_CODES, type ReasonCode, ReasonError } from "@gradeway/reason-codes";
import { describe, expect, it } from "vitest";

import { type PlannerPort, REASON_HTTP, withBodies } from "../src/index.ts";
import { createTestApp, post, TRIP } from "./app-fixture.ts";
import { createFakeRegion } from "./fake-region.ts";

function failingWith(error: unknown): PlannerPort {
  const fail = (): Promise<never> => Promise.reject(error);
  return withBodies({
    planPareto: fail,
    planRoute: fail,
    planFinalists: fail,
    planFinalist: fail,
  });
}

function appFailingWith(error: unknown): ReturnType<typeof createTestApp> {
  const region = { ...createFakeRegion(), planner: failingWith(error) };
  return createTestApp({ region: () => region });
}

function errorOf(reasonCode: ReasonCode): ReasonError {
  return new ReasonError<ReasonCode>(reasonCode, "What happened.", {});
}

const CODES = Object.keys(REASON_CODES).filter((code) => isReasonCode(code));

describe("problem documents", () => {
  it.each(CODES)("%s has its status and all members of a problem", async (code) => {
    const { app } = appFailingWith(errorOf(code));
    for (const path of ["/pareto", "/route"]) {
      const response = await post(app, path, TRIP);
      expect(response.status).toBe(REASON_HTTP[code].status);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.get("etag")).toBeNull();
      expect(await response.json()).toEqual({
        type: `urn:gradeway:reason:${code}`,
        title: REASON_CODES[code].title,
        status: REASON_HTTP[code].status,
        detail: "What happened.",
        instance: response.headers.get("x-request-id"),
        reasonCode: code,
        details: {},
        warnings: [],
        remedy: REASON_CODES[code].remedy,
      });
    }
  });

  it.each(CODES)("%s tells when to come back exactly if a retry on 503 may help", async (code) => {
    const response = await post(appFailingWith(errorOf(code)).app, "/pareto", TRIP);
    const expected = REASON_CODES[code].retryable && REASON_HTTP[code].status === 503;
    expect(response.headers.has("retry-after")).toBe(expected);
  });

  it("prefers the waiting time of the error itself", async () => {
    const { app } = appFailingWith(
      new ReasonError("terrain_circuit_open", "Cooling down.", {
        origin: "https://tiles.example",
        retryAfterS: 12.2,
      }),
    );
    expect((await post(app, "/pareto", TRIP)).headers.get("retry-after")).toBe("13");
  });

  it("keeps the message of a bug out of the answer and in the log", async () => {
    const { app, log } = appFailingWith(new TypeError("secret detail"));
    const response = await post(app, "/pareto", TRIP);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain("secret");
    expect(text).toContain("internal_error");
    const failure = log.find((line) => line.level === "error");
    expect(failure?.event).toBe("request_failed");
    expect(String(failure?.facts?.["stack"])).toContain("secret detail");
    expect(failure?.facts?.["requestId"]).toBe(response.headers.get("x-request-id"));
  });
});

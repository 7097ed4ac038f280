import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { parseRetryAfter } from "../../src/resilience/retry-after.ts";
import { createHttpTileSource } from "../../src/sources/http-tile-source.ts";

const ID = { z: 1, x: 0, y: 0 };
const NOW = Date.parse("2026-03-01T12:00:00Z");

describe("Retry-After", () => {
  it.each([
    ["5", 5000],
    ["0", 0],
    ["Sun, 01 Mar 2026 12:00:30 GMT", 30_000],
    ["Sun, 01 Mar 2026 11:00:00 GMT", 0],
    ["Sunday, 01-Mar-26 12:00:10 GMT", 10_000],
  ])("reads %j", (value, waitMs) => {
    expect(parseRetryAfter(value, NOW)).toBe(waitMs);
  });

  it.each([undefined, "", "soon", "-5", "1.5", "2026-03-01", "Sun, nonsense"])(
    "ignores %j",
    (value) => {
      expect(parseRetryAfter(value, NOW)).toBeUndefined();
    },
  );
});

describe("a source that is told to wait", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function open(retryAfter: string, status = 429): { sentAtMs: number[]; get: GetTile } {
    const sentAtMs: number[] = [];
    const source = createHttpTileSource({
      fetch: async () => {
        sentAtMs.push(Date.now() - NOW);
        return sentAtMs.length === 1
          ? new Response("", { status, headers: { "retry-after": retryAfter } })
          : new Response("bytes");
      },
    });
    return {
      sentAtMs,
      get: (options) => source.getTile(ID, options).catch((error: unknown) => error),
    };
  }
  type GetTile = (
    options?: Parameters<ReturnType<typeof createHttpTileSource>["getTile"]>[1],
  ) => Promise<unknown>;

  it.each([
    ["seconds", "5", 429, 5000],
    ["a date", "Sun, 01 Mar 2026 12:00:20 GMT", 503, 20_000],
  ])("waits for %s, and a little longer", async (_, retryAfter, status, waitMs) => {
    const { sentAtMs, get } = open(retryAfter, status);
    const pending = get();
    await vi.advanceTimersByTimeAsync(waitMs + 1000);
    expect(await pending).toHaveLength(5);
    expect(sentAtMs[1]).toBeGreaterThanOrEqual(waitMs + 250);
    expect(sentAtMs[1]).toBeLessThanOrEqual(waitMs + 500);
  });

  it("fails at once when the wait ends after the deadline or is absurd", async () => {
    for (const [retryAfter, deadlineAtMs] of [
      ["5", NOW + 5100],
      ["Sun, 01 Mar 2026 13:00:00 GMT", undefined],
      ["86400", undefined],
      ["9".repeat(400), undefined],
    ] as const) {
      vi.setSystemTime(NOW);
      const { sentAtMs, get } = open(retryAfter);
      expect(await get(deadlineAtMs === undefined ? {} : { deadlineAtMs })).toMatchObject({
        reasonCode: "terrain_fetch_failed",
        details: { status: 429, attempts: 1 },
      });
      expect(sentAtMs).toEqual([0]);
    }
  });

  it("ends the wait when it is aborted", async () => {
    const { sentAtMs, get } = open("30");
    const controller = new AbortController();
    const reason = new Error("no longer needed");
    const pending = get({ signal: controller.signal });
    await vi.advanceTimersByTimeAsync(1000);
    controller.abort(reason);
    expect(await pending).toBe(reason);
    expect(sentAtMs).toHaveLength(1);
  });
});

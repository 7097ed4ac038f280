import { ReasonError } from "@gradeway/reason-codes";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createOriginBreaker, type OriginBreaker } from "../src/resilience/circuit-breaker.ts";
import { PassingFailure } from "../src/resilience/passing-failure.ts";
import { createHttpTileSource } from "../src/sources/http-tile-source.ts";

const fails = (): Promise<never> => Promise.reject(new PassingFailure("status 500", 500));
const succeeds = (): Promise<string> => Promise.resolve("bytes");
const answers = (): Promise<never> =>
  Promise.reject(new ReasonError("terrain_host_not_allowed", "redirect", { host: "other" }));
const aborts = (): Promise<never> => Promise.reject(new Error("no longer needed"));

let breaker: OriginBreaker;

async function run(attempt: () => Promise<unknown>, times = 1): Promise<string> {
  let last = "";
  for (let time = 0; time < times; time += 1) {
    last = await breaker
      .run(attempt)
      .then(String, (error: unknown) =>
        error instanceof ReasonError ? error.reasonCode : (error as Error).message,
      );
  }
  return last;
}

beforeEach(() => {
  vi.useFakeTimers();
  breaker = createOriginBreaker({
    origin: "tiles.example.org",
    failures: 3,
    coolDownS: 30,
    nowMs: () => Date.now(),
  });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the circuit of an origin", () => {
  it("opens after failures in a row, and says for how long", async () => {
    expect(await run(fails, 3)).toBe("status 500");
    await vi.advanceTimersByTimeAsync(9500);
    const attempt = vi.fn(succeeds);
    await expect(breaker.run(attempt)).rejects.toMatchObject({
      reasonCode: "terrain_circuit_open",
      details: { origin: "tiles.example.org", retryAfterS: 21 },
    });
    expect(attempt).not.toHaveBeenCalled();
  });

  it("does not open while successes or final answers come in between", async () => {
    for (const between of [succeeds, answers]) {
      for (let round = 0; round < 4; round += 1) {
        await run(fails, 2);
        await run(between);
      }
      expect(await run(succeeds)).toBe("bytes");
    }
  });

  it("does not count aborts, in either direction", async () => {
    await run(aborts, 10);
    await run(fails, 2);
    await run(aborts, 10);
    expect(await run(succeeds)).toBe("bytes");
    await run(fails, 2);
    await run(aborts);
    await run(fails);
    expect(await run(succeeds)).toBe("terrain_circuit_open");
  });

  it("lets one probe through after the cool-down, and closes when it succeeds", async () => {
    await run(fails, 3);
    await vi.advanceTimersByTimeAsync(30_000);
    const { promise, resolve: finish } = Promise.withResolvers<string>();
    const probe = breaker.run(() => promise);
    // Other tiles of the same request wait for it: they are not refused by a healthy origin.
    const attempt = vi.fn(succeeds);
    const waiting = [run(attempt), run(attempt)];
    await vi.advanceTimersByTimeAsync(1000);
    expect(attempt).not.toHaveBeenCalled();
    finish("probe");
    expect(await probe).toBe("probe");
    expect(await Promise.all(waiting)).toEqual(["bytes", "bytes"]);
    // The row begins anew.
    await run(fails, 2);
    expect(await run(succeeds)).toBe("bytes");
  });

  it("refuses what waited for a probe that fails, without asking the origin", async () => {
    await run(fails, 3);
    await vi.advanceTimersByTimeAsync(30_000);
    const { promise, reject } = Promise.withResolvers<string>();
    const probe = run(() => promise);
    const attempt = vi.fn(succeeds);
    const waiting = [run(attempt), run(attempt)];
    reject(new PassingFailure("status 500", 500));
    expect(await probe).toBe("status 500");
    expect(await Promise.all(waiting)).toEqual(["terrain_circuit_open", "terrain_circuit_open"]);
    expect(attempt).not.toHaveBeenCalled();
  });

  it.each([
    ["fails", fails],
    ["is aborted", aborts],
  ])("opens again, for a whole cool-down, when the probe %s", async (_, attempt) => {
    await run(fails, 3);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await run(attempt)).not.toBe("terrain_circuit_open");
    await vi.advanceTimersByTimeAsync(29_000);
    expect(await run(succeeds)).toBe("terrain_circuit_open");
    await vi.advanceTimersByTimeAsync(1000);
    expect(await run(succeeds)).toBe("bytes");
  });
});

describe("the pauses between attempts", () => {
  it("grow, and the source recovers after the cool-down", async () => {
    const sentAtMs: number[] = [];
    let status = 503;
    const source = createHttpTileSource({
      breakerFailures: 3,
      fetch: async () => {
        sentAtMs.push(Date.now());
        return new Response("bytes", { status });
      },
    });
    const get = (): Promise<unknown> =>
      source.getTile({ z: 1, x: 0, y: 0 }).catch((error: unknown) => error);
    const first = get();
    await vi.advanceTimersByTimeAsync(5000);
    expect(await first).toMatchObject({
      reasonCode: "terrain_fetch_failed",
      details: { attempts: 3 },
    });
    const [a, b, c] = sentAtMs.map((ms) => ms - sentAtMs[0]!);
    expect(a).toBe(0);
    expect(b).toBeGreaterThanOrEqual(250);
    expect(b).toBeLessThanOrEqual(500);
    expect(c! - b!).toBeGreaterThanOrEqual(500);
    expect(c! - b!).toBeLessThanOrEqual(1000);
    expect(await get()).toMatchObject({ reasonCode: "terrain_circuit_open" });
    status = 200;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await get()).toHaveLength(5);
    expect(sentAtMs).toHaveLength(4);
  });
});

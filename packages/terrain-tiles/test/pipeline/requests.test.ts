import { setTimeout } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { createTerrainRequest } from "../../src/pipeline/terrain-request.ts";
import { tile, withLiveBench } from "./live-bench.ts";

const reasonOf = (error: unknown): unknown => (error as { reasonCode?: unknown }).reasonCode;

describe("the budget of a request", () => {
  it("counts a tile once, also when it fails, and is nobody else's", () =>
    withLiveBench(async (bench) => {
      bench.fault = (_, { y }) => (y === 1 ? { status: 403 } : undefined);
      const source = bench.open();
      const request = bench.request({ budgetTiles: 2 });
      for (let time = 0; time < 3; time += 1) {
        await expect(source.getTile(tile(1), { request })).rejects.toMatchObject({
          reasonCode: "terrain_fetch_failed",
        });
      }
      expect(bench.sent()).toBe(1);
      await source.getTile(tile(2), { request });
      await expect(source.getTile(tile(3), { request })).rejects.toMatchObject({
        reasonCode: "terrain_tile_budget_exceeded",
        details: { limit: 2, needed: 3 },
      });
      await expect(source.getTile(tile(4), { request })).rejects.toMatchObject({
        details: { limit: 2, needed: 4 },
      });
      expect(bench.sent()).toBe(2);
      // What is at hand costs nothing.
      await source.getTile(tile(5));
      expect(await source.getTile(tile(5), { request })).toBeDefined();
      expect(request.diagnostics()).toMatchObject({ remoteTiles: 2, circuit: "closed" });
      expect(await source.getTile(tile(3), { request: bench.request() })).toBeDefined();
    }));

  it("holds under concurrency", () =>
    withLiveBench(async (bench) => {
      const source = bench.open();
      const request = bench.request({ budgetTiles: 3 });
      const reads = [0, 1, 2, 3, 4, 5].flatMap((y) => [y, y]);
      const results = await Promise.allSettled(
        reads.map((y) => source.getTile(tile(y), { request })),
      );
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(6);
      expect(bench.sent()).toBe(3);
    }));

  it("counts once what its own parts want in the same moment", () =>
    withLiveBench(async (bench) => {
      bench.fault = (index) => (index === 0 ? { status: 503, delayMs: 20 } : { delayMs: 20 });
      const request = bench.request();
      const source = bench.open();
      await Promise.all([1, 2, 1, 1].map((y) => source.getTile(tile(y), { request })));
      await Promise.all([2, 1].map((y) => source.getTile(tile(y), { request })));
      const bytesOfBoth = [1, 2].map((y) => bench.tiles.get(`11/5/${y}`)!.length);
      expect(request.diagnostics()).toMatchObject({
        hits: { memory: 0, disk: 0, remote: 2 },
        fetches: 2,
        joinedFetches: 0,
        attempts: 3,
        retries: 1,
        bytesFetched: bytesOfBoth[0]! + bytesOfBoth[1]!,
      });
    }));

  it("does not reach the circuit when it is used up, and refuses what is no budget", () =>
    withLiveBench(async (bench) => {
      const source = bench.open({ circuitBreakerFailures: 1 });
      const request = bench.request({ budgetTiles: 0 });
      for (const y of [0, 1, 2]) {
        await source.getTile(tile(y), { request }).catch(() => undefined);
      }
      expect(await source.getTile(tile(0))).toBeDefined();
      expect(() => createTerrainRequest({ budgetTiles: 1.5 })).toThrow(RangeError);
    }));
});

describe("requests that want the same tile", () => {
  it("share one read, and each keeps its own books", () =>
    withLiveBench(async (bench) => {
      bench.fault = (index) => (index === 0 ? { status: 503, delayMs: 20 } : { delayMs: 20 });
      const source = bench.open();
      const requests = Array.from({ length: 10 }, () => bench.request());
      await Promise.all(requests.map((request) => source.getTile(tile(1), { request })));
      expect(bench.sent()).toBe(2);
      const all = requests.map((request) => request.diagnostics());
      expect(all.filter(({ fetches }) => fetches === 1)).toHaveLength(1);
      expect(all.filter(({ joinedFetches }) => joinedFetches === 1)).toHaveLength(9);
      for (const one of all) {
        expect(one).toMatchObject({ hits: { remote: 1 }, attempts: 2, retries: 1, remoteTiles: 1 });
      }
    }));

  it("leave it alone: one abort spares the others, the last one ends the read", () =>
    withLiveBench(async (bench) => {
      const source = bench.open({ circuitBreakerFailures: 1 });
      const reason = new Error("no longer needed");
      const abortOnArrival = (controller: AbortController): void => {
        bench.fault = () => {
          controller.abort(reason);
          return { delayMs: 30 };
        };
      };
      const leaving = new AbortController();
      abortOnArrival(leaving);
      const gone = source.getTile(tile(1), { request: bench.request({ signal: leaving.signal }) });
      const stays = source.getTile(tile(1));
      await expect(gone).rejects.toBe(reason);
      expect(await stays).toBeDefined();

      const alone = new AbortController();
      abortOnArrival(alone);
      const request = bench.request();
      const aborted = source.getTile(tile(2), { request, signal: alone.signal });
      await expect(aborted).rejects.toBe(reason);
      // An abort is no failure: neither for the circuit nor for the request, which may ask again.
      expect(request.diagnostics()).toMatchObject({ failures: [], circuit: "closed" });
      expect(await source.getTile(tile(2), { request })).toBeDefined();
      expect(request.diagnostics()).toMatchObject({ remoteTiles: 1, fetches: 2 });
    }));
});

describe("the deadline of a request", () => {
  it("ends the wait for the live source", () =>
    withLiveBench(async (bench) => {
      bench.fault = () => ({ delayMs: 5000 });
      const source = bench.open();
      const request = bench.request({ deadlineAtMs: bench.nowMs + 300 });
      await expect(source.getTile(tile(1), { request })).rejects.toMatchObject({
        reasonCode: "terrain_fetch_failed",
        details: { attempts: 1, problem: "the deadline of the request passed" },
      });
      bench.nowMs += 300;
      await expect(source.getTile(tile(2), { request })).rejects.toMatchObject({
        details: { attempts: 0 },
      });
      expect(bench.sent()).toBe(1);
    }));

  it("fails at once when the origin asks to wait beyond it; others go on waiting", () =>
    withLiveBench(async (bench) => {
      bench.fault = (index) =>
        index === 0 ? { status: 429, headers: { "retry-after": "1" } } : undefined;
      const source = bench.open();
      const startedAtMs = performance.now();
      const settledAtMs: number[] = [];
      const get = (deadlineInMs: number): Promise<unknown> =>
        source
          .getTile(tile(1), {
            request: bench.request({ deadlineAtMs: bench.nowMs + deadlineInMs }),
          })
          .catch((error: unknown) => error)
          .finally(() => settledAtMs.push(performance.now() - startedAtMs));
      const [patient, hasty] = await Promise.all([get(60_000), get(1000)]);
      expect(patient).toBeInstanceOf(Uint8Array);
      expect(reasonOf(hasty)).toBe("terrain_fetch_failed");
      expect(hasty).toMatchObject({ details: { status: 429, attempts: 1 } });
      expect(bench.sent()).toBe(2);
      // Timers never fire early, so the order of the two is certain.
      expect(settledAtMs[1]).toBeGreaterThanOrEqual(995);
    }));
});

describe("the circuit", () => {
  it("opens after failed attempts in a row, and one probe closes it after the cool-down", () =>
    withLiveBench(async (bench) => {
      let isDown = true;
      bench.fault = () => (isDown ? { reset: true } : undefined);
      const arrived = Promise.withResolvers<void>();
      const mayGo = Promise.withResolvers<void>();
      const source = bench.open(
        { circuitBreakerCoolDownS: 1 },
        {
          fetch: async (url, init) => {
            if (!isDown) {
              arrived.resolve();
              await mayGo.promise;
            }
            return globalThis.fetch(url, init);
          },
        },
      );
      for (const y of [0, 1]) await source.getTile(tile(y)).catch(() => undefined);
      const request = bench.request();
      await expect(source.getTile(tile(2), { request })).rejects.toMatchObject({
        reasonCode: "terrain_circuit_open",
        details: { origin: bench.host, retryAfterS: 1 },
      });
      expect(bench.sent()).toBe(8);
      expect(request.diagnostics()).toMatchObject({
        circuit: "open",
        failures: [{ reasonCode: "terrain_circuit_open" }],
      });
      isDown = false;
      await expect(source.getTile(tile(2))).rejects.toMatchObject({
        reasonCode: "terrain_circuit_open",
      });
      // The cool-down of the circuit is a real timer.
      await setTimeout(1_050);
      const probe = source.getTile(tile(2));
      await arrived.promise;
      // The second tile waits for the probe; one without patience leaves.
      const second = source.getTile(tile(3));
      const hasty = bench.request({ deadlineAtMs: Date.now() + 50 });
      await expect(source.getTile(tile(4), { request: hasty })).rejects.toMatchObject({
        reasonCode: "terrain_fetch_failed",
        details: { attempts: 0, problem: "the deadline of the request passed" },
      });
      expect(bench.sent()).toBe(8);
      mayGo.resolve();
      expect(await probe).toBeDefined();
      expect(await second).toBeDefined();
      const after = bench.request();
      expect(await source.getTile(tile(5), { request: after })).toBeDefined();
      expect(after.diagnostics()).toMatchObject({ circuit: "closed" });
      expect(bench.sent()).toBe(11);
    }));
});

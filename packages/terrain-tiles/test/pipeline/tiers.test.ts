import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import type { DecodeTile } from "../../src/decode/decode-tile.ts";
import { createMemoryTileSource } from "../../src/sources/memory-tile-source.ts";
import { bytesOf, DAY_MS, type LiveBench, tile, withLiveBench } from "./live-bench.ts";

const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const fails = (): { status: number } => ({ status: 500 });

function snapshotOf(y: number, heightM: number): ReturnType<typeof createMemoryTileSource> {
  return createMemoryTileSource(new Map([[`11/5/${y}`, bytesOf(heightM, tile(y))]]));
}

async function warm(bench: LiveBench, y = 1): Promise<void> {
  await bench.open().getTile(tile(y));
}

describe("the tiers of live terrain", () => {
  it("are asked in order, and the diagnostics tell which one answered", () =>
    withLiveBench(async (bench) => {
      const source = bench.open();
      const bytes = bench.tiles.get("11/5/1")!;
      const ask = async (from: typeof source): Promise<unknown> => {
        const request = bench.request();
        expect(Buffer.from((await from.getTile(tile(1), { request }))!)).toEqual(
          Buffer.from(bytes),
        );
        expect((await from.getGrid(tile(1), { request })).grid[0]).toBe(101);
        return request.diagnostics();
      };
      expect(await ask(source)).toEqual({
        hits: { memory: 0, disk: 0, remote: 1, fallback: 0 },
        absent: 0,
        negativeHits: 0,
        staleUses: 0,
        fallbackUses: 0,
        remoteTiles: 1,
        budgetTiles: 96,
        fetches: 1,
        joinedFetches: 0,
        attempts: 1,
        retries: 0,
        bytesFetched: bytes.length,
        circuit: "closed",
        tiles: [{ tile: "11/5/1", tier: "remote", sha256: sha256Of(bytes), isStale: false }],
        failures: [],
        fallbackFailures: [],
      });
      expect(await ask(source)).toMatchObject({ hits: { memory: 1 }, fetches: 0 });
      expect(await ask(bench.open())).toMatchObject({ hits: { disk: 1 }, remoteTiles: 0 });
      expect(bench.sent()).toBe(1);
      expect(source.stats()).toMatchObject({ memory: { tiles: 1 }, diskFailures: 0 });
    }));

  it("give a sampler decoded tiles on account of a request", () =>
    withLiveBench(async (bench) => {
      const request = bench.request();
      const store = bench.open().storeFor(request, 11);
      const found = await store.load(5, 2, undefined);
      expect(found).toMatchObject({ name: "11/5/2", sha256: sha256Of(bench.tiles.get("11/5/2")!) });
      expect(found.grid[7]).toBe(102);
      const absent = await store.load(5, 99, undefined);
      expect(absent.sha256).toBeUndefined();
      expect(absent.grid.every(Number.isNaN)).toBe(true);
      expect(request.diagnostics()).toMatchObject({ hits: { remote: 1 }, absent: 1 });
    }));

  it("fetch a tile again whose file was damaged", () =>
    withLiveBench(async (bench) => {
      await warm(bench);
      await writeFile(path.join(bench.directory, "11/5/1.tif"), "damaged");
      const source = bench.open();
      const request = bench.request();
      expect((await source.getGrid(tile(1), { request })).grid[0]).toBe(101);
      expect(request.diagnostics()).toMatchObject({ hits: { remote: 1 } });
      expect(source.stats().disk).toMatchObject({ damaged: 1 });
    }));

  it("bound the memory", () =>
    withLiveBench(async (bench) => {
      const source = bench.open({}, { maxMemoryBytes: 3 * 1024 * 1024 });
      for (const y of [0, 1, 2, 3, 4, 5]) await source.getTile(tile(y));
      expect(source.stats().memory.tiles).toBe(2);
      expect(source.stats().memory.bytes).toBeLessThanOrEqual(3 * 1024 * 1024);
    }));

  it("work without a disk, and with one that fails", () =>
    withLiveBench(async (bench) => {
      await bench.open({ cacheDir: "" }).getTile(tile(1));
      await writeFile(path.join(bench.directory, "file"), "");
      const source = bench.open({ cacheDir: path.join(bench.directory, "file") });
      expect(await source.getTile(tile(1))).toBeDefined();
      expect(source.stats().diskFailures).toBeGreaterThan(0);
    }));

  it("do not take a caller who leaves during decoding for a failure of the disk", () =>
    withLiveBench(async (bench) => {
      await warm(bench);
      const leaving = new AbortController();
      const decode: DecodeTile = (_bytes, _id, { signal } = {}) => {
        const ended = new Promise<never>((_, reject) => {
          signal!.addEventListener("abort", () => reject(signal!.reason as Error));
        });
        leaving.abort(new Error("no longer needed"));
        return ended;
      };
      const source = bench.open({}, { decode });
      const read = source.getTile(tile(1), { signal: leaving.signal });
      await expect(read).rejects.toThrow("no longer needed");
      // The read that nobody waits for any more ends a little later.
      await setTimeout(5);
      expect(source.stats().diskFailures).toBe(0);
      expect(await bench.open().getTile(tile(1))).toBeDefined();
      expect(bench.sent()).toBe(1);
    }));

  it("store nothing that is not a tile", () =>
    withLiveBench(async (bench) => {
      bench.fault = () => ({ body: Buffer.from("<html>not a tile</html>") });
      const source = bench.open();
      await expect(source.getTile(tile(1))).rejects.toMatchObject({
        reasonCode: "terrain_tile_corrupt",
      });
      expect(source.stats()).toMatchObject({ memory: { tiles: 0 }, disk: { tiles: undefined } });
      bench.fault = () => undefined;
      expect(await bench.open().getTile(tile(1))).toBeDefined();
    }));
});

describe("a tile that does not exist", () => {
  it("is not asked for again until the word expires", () =>
    withLiveBench(async (bench) => {
      const source = bench.open({}, { absenceMs: 60_000 });
      const first = bench.request();
      expect(await source.getTile(tile(50), { request: first })).toBeUndefined();
      expect(await source.getTile(tile(50), { request: first })).toBeUndefined();
      expect(first.diagnostics()).toMatchObject({ absent: 1, negativeHits: 0, remoteTiles: 1 });
      const second = bench.request();
      expect(await source.getTile(tile(50), { request: second })).toBeUndefined();
      expect(second.diagnostics()).toMatchObject({ absent: 1, negativeHits: 1, remoteTiles: 0 });
      expect(bench.sent()).toBe(1);
      bench.nowMs += 60_000;
      bench.tiles.set("11/5/50", bytesOf(150, tile(50)));
      expect((await source.getGrid(tile(50))).grid[0]).toBe(150);
    }));

  it("is not answered by an old copy or the snapshot", () =>
    withLiveBench(async (bench) => {
      await warm(bench);
      bench.tiles.delete("11/5/1");
      bench.nowMs += 8 * DAY_MS;
      const settings = { allowSignedFallback: true };
      const options = { fallback: snapshotOf(1, 901) };
      expect(await bench.open(settings, options).getTile(tile(1))).toBeUndefined();
      // The old copy is gone for good.
      bench.fault = fails;
      const request = bench.request();
      await bench
        .open(settings)
        .getTile(tile(1), { request })
        .catch(() => undefined);
      expect(request.diagnostics()).toMatchObject({ staleUses: 0 });
    }));
});

describe("a tile that is too old", () => {
  it("is fetched again, and replaced everywhere", () =>
    withLiveBench(async (bench) => {
      const source = bench.open();
      await source.getTile(tile(1));
      bench.tiles.set("11/5/1", bytesOf(777, tile(1)));
      bench.nowMs += 7 * DAY_MS - 1;
      expect((await source.getGrid(tile(1))).grid[0]).toBe(101);
      bench.nowMs += 1;
      expect((await source.getGrid(tile(1))).grid[0]).toBe(777);
      expect((await bench.open().getGrid(tile(1))).grid[0]).toBe(777);
      expect(bench.sent()).toBe(2);
    }));

  it("fails with the reason of the live source when that cannot give it", () =>
    withLiveBench(async (bench) => {
      await warm(bench);
      bench.nowMs += 8 * DAY_MS;
      bench.fault = fails;
      const request = bench.request();
      await expect(bench.open().getTile(tile(1), { request })).rejects.toMatchObject({
        reasonCode: "terrain_fetch_failed",
        details: { status: 500, attempts: 3 },
      });
      expect(request.diagnostics()).toMatchObject({
        attempts: 3,
        retries: 2,
        tiles: [],
        failures: [{ tile: "11/5/1", reasonCode: "terrain_fetch_failed" }],
      });
    }));

  it("stands in where that is allowed, and the diagnostics say so", () =>
    withLiveBench(async (bench) => {
      const kept = bench.open({ allowSignedFallback: true }, { fallback: snapshotOf(1, 901) });
      await kept.getTile(tile(1));
      bench.nowMs += 8 * DAY_MS;
      bench.fault = fails;
      const request = bench.request();
      expect((await kept.getGrid(tile(1), { request })).grid[0]).toBe(101);
      bench.fault = () => undefined;
      expect((await kept.getGrid(tile(1), { request })).grid[0]).toBe(101);
      expect(request.diagnostics()).toMatchObject({
        hits: { memory: 1 },
        staleUses: 1,
        fallbackUses: 0,
        remoteTiles: 1,
        tiles: [{ tile: "11/5/1", isStale: true }],
        failures: [{ reasonCode: "terrain_fetch_failed" }],
      });
    }));

  it("is fetched once per request when tiles may have no age at all", () =>
    withLiveBench(async (bench) => {
      const source = bench.open({ tileMaxAgeDays: 0 });
      for (const expected of [1, 2]) {
        const request = bench.request();
        await source.getTile(tile(1), { request });
        await source.getTile(tile(1), { request });
        expect(bench.sent()).toBe(expected);
      }
    }));
});

describe("the signed snapshot", () => {
  it("answers only where it is allowed, and is flagged and never kept as live", () =>
    withLiveBench(async (bench) => {
      bench.fault = fails;
      const fallback = snapshotOf(1, 901);
      await expect(bench.open({}, { fallback }).getTile(tile(1))).rejects.toMatchObject({
        reasonCode: "terrain_fetch_failed",
      });
      const source = bench.open({ allowSignedFallback: true }, { fallback });
      const request = bench.request();
      expect((await source.getGrid(tile(1), { request })).grid[0]).toBe(901);
      await expect(source.getTile(tile(2), { request })).rejects.toMatchObject({
        reasonCode: "terrain_fetch_failed",
      });
      bench.fault = () => undefined;
      // A request keeps what it began with; the next one is live again.
      expect((await source.getGrid(tile(1), { request })).grid[0]).toBe(901);
      expect(request.diagnostics()).toMatchObject({
        hits: { fallback: 1, remote: 0 },
        fallbackUses: 1,
        tiles: [{ tier: "fallback", sha256: expect.any(String) as string }],
      });
      expect((await source.getGrid(tile(1), { request: bench.request() })).grid[0]).toBe(101);
    }));

  it("does not hide the reason of the live source when it is damaged", () =>
    withLiveBench(async (bench) => {
      bench.fault = fails;
      const fallback = createMemoryTileSource(new Map([["11/5/1", Buffer.from("damaged")]]));
      const source = bench.open({ allowSignedFallback: true }, { fallback });
      const request = bench.request();
      await expect(source.getTile(tile(1), { request })).rejects.toMatchObject({
        reasonCode: "terrain_fetch_failed",
      });
      expect(request.diagnostics()).toMatchObject({
        failures: [{ tile: "11/5/1", reasonCode: "terrain_fetch_failed" }],
        fallbackFailures: [{ tile: "11/5/1", reasonCode: "terrain_tile_corrupt" }],
      });
    }));

  it("or the cache may serve without a live source, but not in strict mode", () =>
    withLiveBench(async (bench) => {
      await warm(bench);
      expect(() => bench.open({ urlTemplate: "" })).toThrow(
        expect.objectContaining({ reasonCode: "terrain_dem_url_missing" }) as Error,
      );
      const source = bench.open({ urlTemplate: "" }, { strict: false });
      expect(await source.getTile(tile(1))).toBeDefined();
      const request = bench.request();
      await expect(source.getTile(tile(2), { request })).rejects.toMatchObject({
        reasonCode: "terrain_dem_url_missing",
      });
      expect(request.diagnostics()).toMatchObject({ remoteTiles: 0 });
    }));
});

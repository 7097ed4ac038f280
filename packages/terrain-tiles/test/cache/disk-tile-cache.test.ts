import { createHash } from "node:crypto";
import { appendFile, mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, it, vi } from "vitest";

import { PLATFORM_FILE_SYSTEM } from "../../src/cache/cache-file-system.ts";
import { createDiskTileCache, type DiskTileCache } from "../../src/cache/disk-tile-cache.ts";
import type { TileId } from "../../src/tile-id.ts";
import { inTemporaryDirectory } from "./temporary-directory.ts";

const MINUTE = 60_000;
const START = 1_750_000_000_000;
const tile = (y: number): TileId => ({ z: 11, x: 7, y });
const bytesOf = (y: number, size = 100): Uint8Array => Buffer.alloc(size, `tile ${y}`);

interface Bench {
  readonly cache: DiskTileCache;
  readonly directory: string;
  nowMs: number;
  readonly open: (origin?: string) => DiskTileCache;
}

function withCache(
  limits: { maxTiles?: number; maxBytes?: number },
  work: (bench: Bench) => Promise<void>,
): Promise<void> {
  return inTemporaryDirectory(async (directory) => {
    const open = (origin?: string): DiskTileCache =>
      createDiskTileCache({
        directory,
        origin,
        maxTiles: limits.maxTiles ?? 1000,
        maxBytes: limits.maxBytes ?? 1e9,
        now: () => bench.nowMs,
      });
    const bench: Bench = { cache: open(), directory, nowMs: START, open };
    await work(bench);
  });
}

async function present(cache: DiskTileCache, count: number): Promise<number[]> {
  const found: number[] = [];
  for (let y = 0; y < count; y += 1) if (await cache.get(tile(y))) found.push(y);
  return found;
}

describe("a cache on disk", () => {
  it("gives back bytes, hash and age, also to another process", () =>
    withCache({}, async (bench) => {
      const sha256 = createHash("sha256").update(bytesOf(1)).digest("hex");
      expect(await bench.cache.get(tile(1))).toBeUndefined();
      expect(await bench.cache.put(tile(1), bytesOf(1))).toBe(sha256);
      bench.nowMs += 5000;
      for (const cache of [bench.cache, bench.open()]) {
        const found = await cache.get(tile(1));
        expect(found).toMatchObject({ sha256, ageMs: 5000 });
        expect(Buffer.from(found!.bytes)).toEqual(bytesOf(1));
      }
      expect(await readFile(path.join(bench.directory, "11/7/1.tif"))).toEqual(bytesOf(1));
      expect(await readdir(path.join(bench.directory, ".tmp"))).toEqual([]);
    }));

  it("does not take tiles of another source for its own", () =>
    withCache({}, async ({ cache, open }) => {
      const ours = open("ours");
      await ours.put(tile(1), bytesOf(1));
      await cache.put(tile(2), bytesOf(2));
      expect(await present(ours, 3)).toEqual([1, 2]);
      // Without names on both sides there is nothing to tell them apart by.
      expect(await present(cache, 3)).toEqual([1, 2]);
      const theirs = open("theirs");
      expect(await present(theirs, 3)).toEqual([2]);
      expect(theirs.stats()).toMatchObject({ misses: 2, damaged: 0 });
      await theirs.put(tile(1), bytesOf(11));
      expect(await present(theirs, 3)).toEqual([1, 2]);
      expect(await present(ours, 3)).toEqual([2]);
    }));

  it("keeps the age when a tile is used, and counts the future as age", () =>
    withCache({}, async (bench) => {
      await bench.cache.put(tile(1), bytesOf(1));
      bench.nowMs += 10 * MINUTE;
      await bench.cache.get(tile(1));
      bench.nowMs += 10 * MINUTE;
      expect(await bench.cache.get(tile(1))).toMatchObject({ ageMs: 20 * MINUTE });
      bench.nowMs = START - 90 * MINUTE;
      expect(await bench.cache.get(tile(1))).toMatchObject({ ageMs: 90 * MINUTE });
    }));

  it.each([
    ["a byte more", (file: string) => appendFile(file, "x")],
    ["other bytes of the same size", (file: string) => writeFile(file, bytesOf(2))],
    ["nothing", (file: string) => writeFile(file, "")],
    ["a torn sidecar", (file: string) => writeFile(file.replace("tif", "json"), '{"sha256":"ab')],
  ])("never returns a damaged tile: %s", (_, damage) =>
    withCache({}, async ({ cache, directory }) => {
      await cache.put(tile(1), bytesOf(1));
      await damage(path.join(directory, "11/7/1.tif"));
      expect(await cache.get(tile(1))).toBeUndefined();
      expect(cache.stats()).toMatchObject({ damaged: 1, misses: 1, hits: 0 });
      expect(await readdir(path.join(directory, "11/7"))).toEqual([]);
      await cache.put(tile(1), bytesOf(1));
      expect(await cache.get(tile(1))).toBeDefined();
    }),
  );

  it("stays within its tiles, and gives up the least used first", () =>
    withCache({ maxTiles: 20 }, async (bench) => {
      const { cache } = bench;
      for (let y = 0; y < 20; y += 1) {
        await cache.put(tile(y), bytesOf(y));
        await cache.settle();
        bench.nowMs += MINUTE;
      }
      expect(cache.stats()).toMatchObject({ tiles: 20, evicted: 0 });
      // Use of the three oldest, in reverse.
      for (const y of [2, 1, 0]) {
        await cache.get(tile(y));
        bench.nowMs += MINUTE;
      }
      await cache.put(tile(20), bytesOf(20));
      await cache.settle();
      expect(cache.stats()).toMatchObject({ tiles: 18, evicted: 3 });
      expect(await present(bench.open(), 21)).toEqual(
        Array.from({ length: 21 }, (__, y) => y).filter((y) => y < 3 || y > 5),
      );
    }));

  it("stays within its bytes, and counts a tile that is replaced once", () =>
    withCache({ maxBytes: 1000 }, async (bench) => {
      const { cache } = bench;
      for (let round = 0; round < 30; round += 1) {
        await cache.put(tile(0), bytesOf(round));
        await cache.settle();
      }
      expect(cache.stats()).toMatchObject({ tiles: 1, bytes: 100, evicted: 0 });
      for (let y = 1; y < 40; y += 1) {
        bench.nowMs += MINUTE;
        await cache.put(tile(y), bytesOf(y, 150));
        await cache.settle();
        expect(cache.stats().bytes).toBeLessThanOrEqual(1000);
      }
      expect(await present(cache, 40)).toContain(39);
      await cache.put(tile(50), bytesOf(50, 1001));
      expect(await cache.get(tile(50))).toBeUndefined();
    }));

  it("notices what others write to the directory", () =>
    withCache({ maxTiles: 80 }, async (bench) => {
      const caches = [bench.cache, bench.open(), bench.open()];
      for (let y = 0; y < 300; y += 1) {
        const cache = caches[y % 3]!;
        await cache.put(tile(y), bytesOf(y));
        await cache.settle();
        bench.nowMs += MINUTE;
        const names = await readdir(path.join(bench.directory, "11/7"));
        // Each of the three may be unaware of 16 tiles of each of the others.
        expect(names.length / 2).toBeLessThanOrEqual(80 + 3 * 16);
      }
    }));

  it("writes no more than a share of its budget while a slow clean-up is under way", () =>
    inTemporaryDirectory(async (directory) => {
      const mayList = Promise.withResolvers<void>();
      const fileSystem = {
        ...PLATFORM_FILE_SYSTEM,
        async readdir(folder: string) {
          await mayList.promise;
          return PLATFORM_FILE_SYSTEM.readdir(folder);
        },
      };
      const limits = { directory, maxTiles: 16, maxBytes: 1e9, now: () => START };
      const cache = createDiskTileCache({ ...limits, fileSystem });
      let written = 0;
      const writing = (async () => {
        for (let y = 0; y < 60; y += 1) {
          await cache.put(tile(y), bytesOf(y));
          written += 1;
        }
      })();
      // The first write began the clean-up; the sixteenth after it waits.
      await vi.waitFor(() => expect(written).toBe(16), { timeout: 30_000 });
      await sleep(50);
      expect(written).toBe(16);
      mayList.resolve();
      await writing;
      await cache.settle();
      expect(await present(cache, 60)).toContain(59);
      const names = await readdir(path.join(directory, "11/7"));
      expect(names.length / 2).toBeLessThanOrEqual(16 + 2 * 16);
    }));

  it("removes what killed processes left behind, when it is old", () =>
    withCache({}, async (bench) => {
      const { cache, directory } = bench;
      const old = (START - 11 * MINUTE) / 1000;
      const young = (START - 9 * MINUTE) / 1000;
      await mkdir(path.join(directory, ".tmp"), { recursive: true });
      await mkdir(path.join(directory, "11/7"), { recursive: true });
      const leftovers: [string, number][] = [
        [".tmp/a.tif", old],
        [".tmp/b.tif", young],
        ["11/7/1.tif", old],
        ["11/7/2.tif", young],
        ["11/7/3.json", old],
        ["11/7/notes.txt", old],
      ];
      for (const [name, atS] of leftovers) {
        await writeFile(path.join(directory, name), "half");
        await utimes(path.join(directory, name), atS, atS);
      }
      expect(await present(cache, 4)).toEqual([]);
      await cache.put(tile(9), bytesOf(9));
      await cache.settle();
      expect(await readdir(path.join(directory, ".tmp"))).toEqual(["b.tif"]);
      expect((await readdir(path.join(directory, "11/7"))).toSorted()).toEqual([
        "2.tif",
        "9.json",
        "9.tif",
        "notes.txt",
      ]);
      expect(cache.stats()).toMatchObject({ wasteRemoved: 3, tiles: 1 });
    }));

  it("leaves no temporary file behind when writing fails", () =>
    inTemporaryDirectory(async (directory) => {
      const cache = createDiskTileCache({
        directory,
        maxTiles: 100,
        maxBytes: 1e6,
        now: () => START,
        fileSystem: {
          ...PLATFORM_FILE_SYSTEM,
          rename: () => Promise.reject(new Error("no space left")),
        },
      });
      await expect(cache.put(tile(1), bytesOf(1))).rejects.toThrow("no space left");
      expect(await readdir(path.join(directory, ".tmp"))).toEqual([]);
    }));
});

import { describe, expect, it } from "vitest";

import type { CacheFileSystem } from "../../src/cache/cache-file-system.ts";
import { createDiskTileCache } from "../../src/cache/disk-tile-cache.ts";
import type { TileId } from "../../src/tile-id.ts";

/** A file system in memory that counts the calls. */
function createCountingFileSystem(): {
  readonly fileSystem: CacheFileSystem;
  readonly calls: Record<keyof CacheFileSystem, number>;
  readonly add: (file: string, bytes: Uint8Array, mtimeMs: number) => void;
} {
  const files = new Map<string, { bytes: Uint8Array; mtimeMs: number }>();
  const folders = new Map<string, Set<string>>();
  const calls = {
    mkdir: 0,
    readdir: 0,
    readFile: 0,
    rename: 0,
    stat: 0,
    unlink: 0,
    touch: 0,
    writeFile: 0,
  };
  const split = (file: string): [string, string] => {
    const at = file.lastIndexOf("/");
    return [file.slice(0, at), file.slice(at + 1)];
  };
  const look = (file: string): { bytes: Uint8Array; mtimeMs: number } => {
    const found = files.get(file);
    if (found === undefined) throw Object.assign(new Error(file), { code: "ENOENT" });
    return found;
  };
  const enter = (file: string): void => {
    const [folder, name] = split(file);
    const names = folders.get(folder);
    if (names !== undefined) {
      names.add(name);
      return;
    }
    folders.set(folder, new Set([name]));
    if (folder.includes("/")) enter(folder);
  };
  const drop = (file: string): void => {
    const [folder, name] = split(file);
    files.delete(file);
    folders.get(folder)?.delete(name);
  };
  const add = (file: string, bytes: Uint8Array, mtimeMs: number): void => {
    files.set(file, { bytes, mtimeMs });
    enter(file);
  };
  return {
    calls,
    add,
    fileSystem: {
      async mkdir() {
        calls.mkdir += 1;
      },
      async readdir(directory) {
        calls.readdir += 1;
        return [...(folders.get(directory) ?? [])];
      },
      async readFile(file) {
        calls.readFile += 1;
        return look(file).bytes;
      },
      async rename(from, to) {
        calls.rename += 1;
        const moved = look(from);
        drop(from);
        files.set(to, moved);
        enter(to);
      },
      async stat(file) {
        calls.stat += 1;
        const { bytes, mtimeMs } = look(file);
        return { sizeBytes: bytes.length, mtimeMs };
      },
      async unlink(file) {
        calls.unlink += 1;
        look(file);
        drop(file);
      },
      async touch(file, atMs) {
        calls.touch += 1;
        look(file).mtimeMs = atMs;
      },
      async writeFile(file, bytes) {
        calls.writeFile += 1;
        add(file, Buffer.from(bytes), 0);
      },
    },
  };
}

describe("a cache of 100,000 tiles", () => {
  it("walks its directory seldom, and never to read", async () => {
    const { fileSystem, calls, add } = createCountingFileSystem();
    const COUNT = 100_000;
    const COLUMNS = 100;
    const idOf = (index: number): TileId => ({
      z: 15,
      x: index % COLUMNS,
      y: Math.floor(index / COLUMNS),
    });
    const bytes = Buffer.from("tile");
    let nowMs = 1e12;
    for (let index = 0; index < COUNT; index += 1) {
      const { z, x, y } = idOf(index);
      add(`cache/${z}/${x}/${y}.tif`, bytes, nowMs - 2 * COUNT + index);
      add(`cache/${z}/${x}/${y}.json`, bytes, nowMs);
    }
    const limits = { directory: "cache", maxTiles: COUNT, maxBytes: 1e12, now: () => nowMs };
    const cache = createDiskTileCache({ ...limits, fileSystem });
    const write = async (from: number, to: number): Promise<void> => {
      for (let index = from; index < to; index += 1) {
        nowMs += 1;
        await cache.put(idOf(index), bytes);
      }
      await cache.settle();
    };

    // The first change makes it look at what is there.
    await write(COUNT, COUNT + 1);
    expect(cache.stats()).toMatchObject({ scans: 1, evicted: 10_001, failures: 0 });
    expect(calls.readdir).toBe(COLUMNS + 3);
    // The tenth part that it gave up comes and goes without another look.
    await write(COUNT + 1, COUNT + 9000);
    expect(cache.stats()).toMatchObject({ scans: 1, evicted: 10_001 });
    expect(calls.readdir).toBe(COLUMNS + 3);
    await write(COUNT + 9000, COUNT + 11_000);
    expect(cache.stats().scans).toBe(2);
    expect(calls.readdir).toBe(2 * (COLUMNS + 3));
    expect(cache.stats().evicted).toBeGreaterThanOrEqual(20_000);

    const atReading = { ...calls };
    for (let round = 0; round < 3; round += 1) {
      for (let index = COUNT; index < COUNT + 1000; index += 1) {
        expect(await cache.get(idOf(index))).toBeDefined();
      }
    }
    expect(calls.readdir).toBe(atReading.readdir);
    // Within a minute of the last use, a use is not written down.
    expect(calls.touch).toBe(atReading.touch);
    nowMs += 60_000;
    await cache.get(idOf(COUNT));
    await cache.get(idOf(COUNT));
    expect(calls.touch).toBe(atReading.touch + 1);
  });
});

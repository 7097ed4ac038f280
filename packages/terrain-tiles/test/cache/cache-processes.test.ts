import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, utimes } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { createDiskTileCache } from "../../src/cache/disk-tile-cache.ts";
import { isVersionOf, versionOf } from "./cache-versions.ts";
import { inTemporaryDirectory } from "./temporary-directory.ts";

const WRITER = fileURLToPath(new URL("cache-writer.ts", import.meta.url));
const MAX_TILES = 24;

async function startWriter(directory: string): Promise<ChildProcess> {
  const writer = spawn(
    process.execPath,
    ["--conditions=@gradeway/source", WRITER, directory, String(MAX_TILES)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await once(writer.stdout, "data");
  return writer;
}

async function kill(writer: ChildProcess): Promise<void> {
  const gone = once(writer, "exit");
  writer.kill("SIGKILL");
  await gone;
}

describe("a directory shared by processes, some of which are killed", () => {
  it("never gives half a tile, and heals", () =>
    inTemporaryDirectory(async (directory) => {
      const limits = { directory, maxTiles: MAX_TILES, maxBytes: 1e9 };
      const cache = createDiskTileCache({ ...limits, now: () => Date.now() });
      const steady = await startWriter(directory);
      let read = 0;
      try {
        for (let round = 0; round < 8; round += 1) {
          const victim = await startWriter(directory);
          const until = Date.now() + 60 + round * 20;
          while (Date.now() < until) {
            for (let y = 0; y < 40; y += 1) {
              const found = await cache.get({ z: 11, x: y % 3, y });
              if (found === undefined) continue;
              read += 1;
              expect(isVersionOf(y, found.bytes)).toBe(true);
            }
            await cache.put({ z: 11, x: 0, y: 0 }, versionOf(0, round));
            await sleep(1);
          }
          await kill(victim);
        }
      } finally {
        await kill(steady);
      }
      expect(read).toBeGreaterThan(0);
      await cache.settle();

      // Much later, the next process finds a directory in which nothing is left of all that.
      const temporaries = path.join(directory, ".tmp");
      for (const name of await readdir(temporaries))
        await utimes(path.join(temporaries, name), 1, 1);
      const heir = createDiskTileCache({ ...limits, now: () => Date.now() + 3_600_000 });
      await heir.put({ z: 11, x: 9, y: 99 }, versionOf(99, 1));
      await heir.settle();
      expect(await readdir(temporaries)).toEqual([]);
      expect(heir.stats()).toMatchObject({ failures: 0 });
      expect(heir.stats().tiles).toBeLessThanOrEqual(MAX_TILES);
      for (let y = 0; y < 40; y += 1) {
        const id = { z: 11, x: y % 3, y };
        const found = await heir.get(id);
        if (found !== undefined) expect(isVersionOf(y, found.bytes)).toBe(true);
        await heir.put(id, versionOf(y, 7));
        expect(Buffer.from((await heir.get(id))!.bytes)).toEqual(versionOf(y, 7));
        await heir.settle();
      }
    }));
});

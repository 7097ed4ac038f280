import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createDeflate } from "node:zlib";

import { afterEach, describe, expect, it } from "vitest";

import { decodeGeotiff } from "../../src/decode/decode-geotiff.ts";
import {
  createTileDecodePool,
  type TileDecodePool,
  type TileDecodePoolOptions,
} from "../../src/decode/pool/tile-decode-pool.ts";
import { joinTerrarium } from "../../src/decode/join-terrarium.ts";
import type { TileId } from "../../src/tile-id.ts";
import { planeTiles } from "../sources/terrarium-plane.ts";
import { writeTile } from "../write-tile.ts";
import { HOSTILE_ID, HOSTILE_TILES, MIB } from "./hostile-tiles.ts";
import { withBlock } from "./tiff-bytes.ts";

const tile = (y: number): TileId => ({ z: 11, x: 5, y });
const bytesOf = (y: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    writeTile(tile(y), (column, row) => 100 * y + ((column * row) % 50), {
      compression: "lzw",
      predictor: 2,
    }),
  );
const UNRULY = new URL("unruly-worker.ts", import.meta.url);
const CORRUPT = "terrain_tile_corrupt";

const pools: TileDecodePool[] = [];
function open(options: TileDecodePoolOptions = {}): TileDecodePool {
  const pool = createTileDecodePool(options);
  pools.push(pool);
  return pool;
}
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

describe("a pool of decoding threads", () => {
  it("gives what the calling thread would, for more tiles than threads", async () => {
    const pool = open({ threads: 2 });
    const decoded = await Promise.all([1, 2, 3, 4, 5].map((y) => pool.decode(bytesOf(y), tile(y))));
    for (const [index, { grid, bytes, sha256 }] of decoded.entries()) {
      const y = index + 1;
      expect(grid).toEqual(await decodeGeotiff(bytesOf(y), tile(y)));
      expect(bytes).toEqual(bytesOf(y));
      expect(sha256).toBe(createHash("sha256").update(bytesOf(y)).digest("hex"));
    }
    expect(pool.stats()).toEqual({ threads: 2, working: 0, waiting: 0, crashes: 0 });
  });

  it("takes the memory of bytes only when it may, and only when it is theirs alone", async () => {
    const pool = open({ threads: 1 });
    const kept = bytesOf(1);
    expect((await pool.decode(kept, tile(1))).bytes).toBe(kept);
    expect(kept.byteLength).toBeGreaterThan(0);
    const taken = bytesOf(1);
    const back = await pool.decode(taken, tile(1), { mayTake: true });
    expect(taken.byteLength).toBe(0);
    expect(back.bytes).toEqual(kept);
    const whole = new Uint8Array(kept.length + 8);
    whole.set(kept, 8);
    const part = whole.subarray(8);
    expect((await pool.decode(part, tile(1), { mayTake: true })).bytes).toBe(part);
    expect(part).toEqual(kept);
  });

  it("refuses a tile in another place, and hostile bytes, with their reason", async () => {
    const pool = open();
    await expect(pool.decode(bytesOf(1), tile(2))).rejects.toMatchObject({
      reasonCode: CORRUPT,
      details: { tile: "11/5/2", problem: /corner/ },
    });
    for (const [, bytes, problem] of HOSTILE_TILES) {
      await expect(pool.decode(bytes, HOSTILE_ID)).rejects.toMatchObject({
        reasonCode: CORRUPT,
        details: { tile: "11/1032/755", problem: expect.stringMatching(problem) },
      });
    }
    expect(pool.stats().crashes).toBe(0);
  });

  it("makes tiles of Terrarium images as the calling thread would", async () => {
    const pool = open({ threads: 1 });
    const images = [...planeTiles(256).values()].slice(0, 3);
    const bytes = await pool.joinTerrarium([...images, undefined], HOSTILE_ID, 256);
    expect(bytes).toEqual(new Uint8Array(joinTerrarium([...images, undefined], HOSTILE_ID, 256)));
    const taken = new Uint8Array(images[0]!);
    await pool.joinTerrarium([taken], HOSTILE_ID, 256, { mayTake: true });
    expect([taken.byteLength, images[0]!.byteLength > 0]).toEqual([0, true]);
    await expect(
      pool.joinTerrarium([undefined, Buffer.from("GIF89a")], HOSTILE_ID, 256),
    ).rejects.toMatchObject({ reasonCode: CORRUPT, details: { tile: "12/2065/1510" } });
  });

  it("refuses blocks that are not as they should be", async () => {
    const pool = open({ threads: 1 });
    const form = {
      kind: "int16",
      littleEndian: true,
      blockWidth: 16,
      blockHeight: 16,
      predictor: 1,
      compression: 1,
      nodata: -1,
    } as const;
    const { grid } = await pool.decodeBlock(new Uint8Array(512).fill(1), "cog/0/0", form);
    expect(grid).toEqual(new Float32Array(256).fill(257));
    await expect(pool.decodeBlock(new Uint8Array(9), "cog/0/1", form)).rejects.toMatchObject({
      reasonCode: CORRUPT,
      details: { tile: "cog/0/1", problem: "a block is shorter than it should be" },
    });
  });

  it("bounds the memory of an inflation bomb", async () => {
    const pool = open({ threads: 1 });
    const form = { stripes: true, blockPx: 512, compression: "deflate" } as const;
    const honest = writeTile(tile(1), () => 7, form);
    await pool.decode(honest, tile(1));
    const bomb = withBlock(honest, await zeroes(512));
    const before = process.resourceUsage().maxRSS;
    await expect(pool.decode(bomb, tile(1))).rejects.toMatchObject({ reasonCode: CORRUPT });
    expect((process.resourceUsage().maxRSS - before) * 1024).toBeLessThan(128 * MIB);
  });

  it("refuses tiles when too many wait, and only then", async () => {
    const pool = open({ threads: 1, maxWaiting: 2 });
    const first = [1, 2, 3].map((y) => pool.decode(bytesOf(y), tile(y)));
    expect(pool.stats()).toMatchObject({ working: 1, waiting: 2 });
    await expect(pool.decode(bytesOf(4), tile(4))).rejects.toMatchObject({
      reasonCode: "terrain_decoder_overloaded",
      details: { waiting: 2, retryAfterS: 1 },
    });
    expect((await Promise.all(first)).map(({ grid }) => grid[0])).toEqual([100, 200, 300]);
    expect((await pool.decode(bytesOf(4), tile(4))).grid[0]).toBe(400);
  });

  it("has room for eight tiles of each of fifty requests at once", async () => {
    const pool = open();
    const bytes = writeTile(tile(1), () => 7, { compression: "deflate" });
    const work = Array.from({ length: 400 }, async () => {
      const { grid } = await pool.decode(bytes, tile(1));
      return grid[0];
    });
    expect(new Set(await Promise.all(work))).toEqual(new Set([7]));
  });

  it("lets callers leave, in work or waiting", async () => {
    const pool = open({ threads: 1 });
    const controller = new AbortController();
    const { signal } = controller;
    const both = [1, 2].map((y) => pool.decode(bytesOf(y), tile(y), { signal }));
    const third = pool.decode(bytesOf(3), tile(3));
    const reason = new Error("gone");
    controller.abort(reason);
    for (const work of both) await expect(work).rejects.toBe(reason);
    expect(pool.stats().waiting).toBe(1);
    expect((await third).grid[0]).toBe(300);
    await expect(pool.decode(bytesOf(1), tile(1), { signal })).rejects.toBe(reason);
  });

  it.each([
    ["exits", 13, /it ended/],
    ["throws", 15, /out of memory/],
    ["does not answer", 14, /no answer within 2000 ms/],
  ])("replaces a thread that %s; its tile fails and no other", async (_, y, problem) => {
    const pool = open({ threads: 1, module: UNRULY, timeoutMs: 2000 });
    expect((await pool.decode(bytesOf(1), tile(1))).grid[0]).toBe(100);
    const failing = pool.decode(bytesOf(1), tile(y));
    const waiting = pool.decode(bytesOf(2), tile(2));
    await expect(failing).rejects.toMatchObject({
      reasonCode: CORRUPT,
      details: { tile: `11/5/${y}`, problem: expect.stringMatching(problem) },
    });
    expect((await waiting).grid[0]).toBe(200);
    expect(pool.stats()).toEqual({ threads: 1, working: 0, waiting: 0, crashes: 1 });
  });

  it("says that its threads cannot be started, which is no fault of the tile", async () => {
    const pool = open({ module: new URL("no-such-module.ts", import.meta.url) });
    const failure: unknown = await pool
      .decode(bytesOf(1), tile(1))
      .catch((error: unknown) => error);
    expect(failure).not.toHaveProperty("reasonCode");
    expect(String(failure)).toMatch(/could not be started.*no-such-module/s);
    expect(pool.stats().threads).toBe(0);
  });

  it("does not keep the process alive when idle", async () => {
    const script = fileURLToPath(new URL("decode-and-leave.ts", import.meta.url));
    const options = { timeout: 50_000 };
    const run = promisify(execFile);
    const { stdout } = await run(
      process.execPath,
      ["--conditions=@gradeway/source", script],
      options,
    );
    expect(stdout).toBe("321 1\n");
  });

  it("fails what is left when it is closed, and everything after", async () => {
    const pool = open({ threads: 1 });
    const left = [1, 2].map((y) => pool.decode(bytesOf(y), tile(y)));
    const failures = Promise.allSettled(left);
    await pool.close();
    for (const { status } of await failures) expect(status).toBe("rejected");
    await expect(pool.decode(bytesOf(1), tile(1))).rejects.toThrow("ended");
    expect(pool.stats()).toMatchObject({ threads: 0, crashes: 0 });
  });

  it("checks its limits", () => {
    for (const options of [{ threads: 0 }, { maxWaiting: -1 }, { timeoutMs: 0.5 }]) {
      expect(() => createTileDecodePool(options)).toThrow(RangeError);
    }
  });
});

/** Deflated zeroes, made piece by piece so that this process does not grow either. */
async function zeroes(mebibytes: number): Promise<Buffer> {
  const deflate = createDeflate();
  const packed: Buffer[] = [];
  deflate.on("data", (chunk: Buffer) => packed.push(chunk));
  const piece = Buffer.alloc(MIB);
  for (let count = 0; count < mebibytes; count += 1) {
    await new Promise<void>((resolve, reject) => {
      deflate.write(piece, (error) => (error ? reject(error) : resolve()));
    });
  }
  await new Promise<void>((resolve) => deflate.end(resolve));
  return Buffer.concat(packed);
}

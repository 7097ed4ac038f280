import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { CACHE_DAMAGES, damageTileCache, readTileCache } from "../src/index.ts";

const BYTES = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]);
const FOREIGN = new Uint8Array([9, 9, 9]);
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "gradeway-cache-files-"));
  mkdirSync(path.join(directory, "11/5"), { recursive: true });
  writeFileSync(path.join(directory, "11/5/6.tif"), BYTES);
  const sidecar = { sha256: sha256(BYTES), sizeBytes: BYTES.length, fetchedAtMs: 5 };
  writeFileSync(path.join(directory, "11/5/6.json"), JSON.stringify(sidecar));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe("the files of a tile cache", () => {
  it("are read as they are; other files do not count", async () => {
    writeFileSync(path.join(directory, "notes.txt"), "");
    expect(await readTileCache(directory)).toEqual({
      tiles: [{ tile: "11/5/6", bytes: Buffer.from(BYTES), isDescribed: true }],
      temporaries: 0,
    });
    expect(await readTileCache(path.join(directory, "none"))).toEqual({
      tiles: [],
      temporaries: 0,
    });
  });

  it.each([
    ["flipped-byte", { isDescribed: false }],
    ["truncated", { isDescribed: false, bytes: Buffer.from(BYTES.subarray(0, 4)) }],
    ["no-sidecar", { isDescribed: undefined, bytes: Buffer.from(BYTES) }],
    ["foreign-sidecar", { isDescribed: false, bytes: Buffer.from(BYTES) }],
    ["unreadable-sidecar", { isDescribed: false, bytes: Buffer.from(BYTES) }],
    ["no-tile", { isDescribed: undefined, bytes: undefined }],
    ["foreign-tile", { isDescribed: true, bytes: Buffer.from(FOREIGN) }],
    ["temporaries", { isDescribed: true, bytes: Buffer.from(BYTES) }],
  ] as const)("%s shows", async (damage, expected) => {
    await damageTileCache(directory, "11/5/6", damage, FOREIGN);
    const { tiles, temporaries } = await readTileCache(directory);
    expect(tiles).toHaveLength(1);
    expect(tiles[0]).toMatchObject(expected);
    expect(temporaries).toBe(damage === "temporaries" ? 2 : 0);
    expect(CACHE_DAMAGES).toContain(damage);
  });
});

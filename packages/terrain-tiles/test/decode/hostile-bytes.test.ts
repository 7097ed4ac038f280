import { readFileSync } from "node:fs";

import { ReasonError } from "@gradeway/reason-codes";
import { describe, expect, it } from "vitest";

import { decodeGeotiff } from "../../src/decode/decode-geotiff.ts";
import { findData } from "../data-directory.ts";
import { createRandom } from "../sources/gdal.ts";
import { HOSTILE_ID as ID, HOSTILE_TILES, MIB, plain, strips } from "./hostile-tiles.ts";
import { withEntry, withNextDirectory } from "./tiff-bytes.ts";

/** A grid of 1 MiB, a copy of the file, and a few blocks; nothing that a file could ask for. */
const MAX_GROWTH_BYTES = 16 * MIB;

/** Decodes; gives the problem of a damaged tile or "" for a grid, and what memory was taken. */
async function decode(
  bytes: Uint8Array,
): Promise<{ readonly problem: string; readonly grewBytes: number }> {
  // What is taken and dropped again still counts until the collector runs.
  const before = process.memoryUsage().arrayBuffers;
  const grew = (): number => process.memoryUsage().arrayBuffers - before;
  try {
    const grid = await decodeGeotiff(bytes, ID);
    const grewBytes = grew();
    expect(grid).toHaveLength(512 * 512);
    // x - x is zero for finite numbers only: a height is a number, a void is NaN.
    expect(grid.every((heightM) => heightM - heightM === 0 || heightM !== heightM)).toBe(true);
    return { problem: "", grewBytes };
  } catch (error) {
    const grewBytes = grew();
    if (!(error instanceof ReasonError)) throw error;
    expect(error.reasonCode).toBe("terrain_tile_corrupt");
    return { problem: (error as ReasonError<"terrain_tile_corrupt">).details.problem, grewBytes };
  }
}

describe("hostile bytes", () => {
  it.each(HOSTILE_TILES)("%s", async (_, bytes, problem) => {
    const found = await decode(bytes);
    expect(found.problem).toMatch(problem);
    expect(found.grewBytes).toBeLessThan(MAX_GROWTH_BYTES);
  });

  it("entries that all point to the same large stretch", async () => {
    let bytes: Uint8Array = Buffer.concat([plain, Buffer.alloc(2 * MIB)]);
    for (const tag of [258, 262, 284, 339]) {
      bytes = withEntry(bytes, tag, { count: MIB, value: 8 });
    }
    expect(await decode(bytes)).toMatchObject({ problem: expect.stringMatching(/tag/) as string });
  });

  it("a table that lists one large stretch for every strip costs little", async () => {
    const large = Buffer.concat([strips, Buffer.alloc(4 * MIB)]);
    const view = new DataView(large.buffer, large.byteOffset);
    // The table of sizes follows the table of offsets at the end of the head.
    const sizesAt = large.indexOf(Buffer.from(new Uint32Array(512).fill(1024).buffer));
    for (let strip = 0; strip < 512; strip += 1) {
      view.setUint32(sizesAt + strip * 4, 4 * MIB, true);
    }
    expect((await decode(large)).problem).toMatch(/too large|cut off/);
  });

  it("a circle of directories is not followed", async () => {
    for (const next of [8, 0, plain.length, 0xff_ff_ff_ff]) {
      expect((await decode(withNextDirectory(plain, next))).problem).toBe("");
    }
  });

  it("a BigTIFF header with huge numbers", async () => {
    const head = Buffer.alloc(64, 0xff);
    head.write("II", 0, "latin1");
    head.writeUInt16LE(43, 2);
    head.writeUInt32LE(8, 4);
    expect((await decode(head)).problem).toMatch(/too large/);
    head.writeBigUInt64LE(16n, 8);
    expect((await decode(head)).problem).toMatch(/too large/);
    head.writeBigUInt64LE(2n ** 40n, 16);
    expect((await decode(head)).problem).toMatch(/1099511627776 entries/);
  });
});

const realTile = findData("andorra/geotiff/11/1032/755.tif");
describe.skipIf(realTile === undefined)("a real tile with random damage", () => {
  it("is a grid or terrain_tile_corrupt, within bounded memory, for 2,000 seeds", async () => {
    const good = readFileSync(realTile!);
    expect((await decode(good)).problem).toBe("");
    let refused = 0;
    let worstBytes = 0;
    for (let seed = 1; seed <= 2000; seed += 1) {
      const random = createRandom(seed);
      const cut = seed % 10 === 0 ? Math.floor(random() * good.length) : good.length;
      const bytes = Uint8Array.from(good.subarray(0, cut));
      // Every other seed aims at the head, where a flip does most.
      const reach = seed % 2 === 0 ? Math.min(1024, bytes.length) : bytes.length;
      const flips = 1 + Math.floor(random() * 8);
      for (let flip = 0; flip < flips; flip += 1) {
        bytes[Math.floor(random() * reach)]! ^= 1 << Math.floor(random() * 8);
      }
      const { problem, grewBytes } = await decode(bytes);
      if (problem !== "") refused += 1;
      worstBytes = Math.max(worstBytes, grewBytes);
    }
    expect(refused).toBeGreaterThan(800);
    expect(worstBytes).toBeLessThan(MAX_GROWTH_BYTES);
  });
});

import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";

import { ReasonError } from "@gradeway/reason-codes";
import { describe, expect, it } from "vitest";

import { decodeGeotiff } from "../../src/decode/decode-geotiff.ts";
import { findData } from "../data-directory.ts";
import { encodeLzw } from "../encode-lzw.ts";
import { createRandom } from "../sources/gdal.ts";
import { writeTile } from "../write-tile.ts";
import { withBlock, withEntry, withNextDirectory } from "./tiff-bytes.ts";

const ID = { z: 11, x: 1032, y: 755 };
const MIB = 1024 * 1024;
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

const heightAt = (column: number, row: number): number => ((column * 7 + row * 13) % 4000) - 100;
const plain = writeTile(ID, heightAt, { stripes: true, blockPx: 512 });
const strips = writeTile(ID, heightAt, { stripes: true, blockPx: 1 });
const lzw = writeTile(ID, heightAt, { stripes: true, blockPx: 512, compression: "lzw" });
const deflate = writeTile(ID, heightAt, { stripes: true, blockPx: 512, compression: "deflate" });
const tiled = writeTile(ID, heightAt, { compression: "lzw", predictor: 2 });
const HUGE = 2 ** 31;

describe("hostile bytes", () => {
  const cases: [string, Uint8Array, RegExp][] = [
    ["a huge width", withEntry(plain, 256, { type: 4, value: HUGE }), /2147483648 x 512/],
    ["a huge height", withEntry(plain, 257, { type: 4, value: HUGE }), /512 x 2147483648/],
    ["no width", withEntry(plain, 256, { value: 0 }), /0 x 512/],
    ["huge blocks", withEntry(tiled, 322, { type: 4, value: HUGE }), /blocks 2147483648/],
    ["blocks without width", withEntry(tiled, 322, { value: 0 }), /blocks 0/],
    ["a huge table of blocks", withEntry(strips, 273, { count: HUGE }), /tag 273/],
    ["a huge table of sizes", withEntry(tiled, 325, { count: 2 ** 32 - 1 }), /tag 325/],
    ["huge numbers of bits", withEntry(plain, 258, { count: HUGE }), /tag 258/],
    ["a huge nodata text", withEntry(plain, 42_113, { count: HUGE }), /tag 42113/],
    ["huge geo keys", withEntry(plain, 34_735, { count: HUGE }), /tag 34735/],
    ["values that overlap the end", withEntry(plain, 33_550, { value: plain.length - 8 }), /33550/],
    ["an unknown type", withEntry(plain, 262, { type: 99 }), /type 99/],
    ["two bands", writeTile(ID, heightAt, { bands: 2 }), /2 bands/],
    ["huge numbers of bands", withEntry(plain, 277, { value: 65_535 }), /65535 bands/],
    ["degrees", writeTile(ID, heightAt, { epsg: 4326 }), /4326/],
    ["another projection", writeTile(ID, heightAt, { epsg: 32_631 }), /32631/],
    ["a block that begins behind the end", withEntry(plain, 273, { value: HUGE }), /cut off/],
    ["a block longer than the file", withEntry(plain, 279, { value: HUGE }), /cut off/],
    ["a short plain block", withEntry(plain, 279, { value: 1000 }), /shorter/],
    ["a truncated LZW strip", withEntry(lzw, 279, { value: 900 }), /ends early/],
    ["a truncated Deflate strip", withEntry(deflate, 279, { value: 900 }), /./],
    ["a file without its last strip", strips.subarray(0, strips.length - 1024), /cut off/],
    ["a file without its last block", tiled.subarray(0, tiled.length - 5000), /cut off/],
    ["a directory behind the end", patch(plain, 4, plain.length), /cut off/],
    ["a directory over the header", patch(plain, 4, 0), /./],
    ["a directory of 65,535 entries", patch(plain, 8, 0xff_ff_ff_ff), /65535 entries/],
    ["a Deflate bomb", withBlock(deflate, deflateSync(Buffer.alloc(256 * MIB))), /./],
    ["an LZW bomb", withBlock(lzw, encodeLzw(new Uint8Array(4 * MIB))), /more than it should/],
    ["Deflate rubbish", withBlock(deflate, Buffer.alloc(5000, 0xa5)), /./],
    ["LZW rubbish", withBlock(lzw, Buffer.alloc(5000, 0xa5)), /LZW/],
    ["a block far larger than its pixels", withBlock(lzw, Buffer.alloc(3 * MIB)), /too large/],
  ];
  it.each(cases)("%s", async (_, bytes, problem) => {
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

function patch(file: Uint8Array, at: number, value: number): Uint8Array {
  const copy = Uint8Array.from(file);
  new DataView(copy.buffer).setUint32(at, value, true);
  return copy;
}

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

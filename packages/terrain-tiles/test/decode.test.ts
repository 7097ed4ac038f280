import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import fc from "fast-check";
import { fromArrayBuffer, getDecoder } from "geotiff";
import { describe, expect, it } from "vitest";

import { decodeGeotiff } from "../src/decode/decode-geotiff.ts";
import { decodeLzw } from "../src/decode/lzw.ts";
import { findData } from "./data-directory.ts";
import { encodeLzw } from "./encode-lzw.ts";
import { type TileForm, writeTile } from "./write-tile.ts";

const ID = { z: 11, x: 1032, y: 755 };
const heightAt = (column: number, row: number): number =>
  column === 300 && row === 7 ? -32_768 : ((column * 7 + row * 13) % 5000) - 400;

describe("decodeLzw", () => {
  it("inverts the encoder, for any bytes", async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.array(fc.constantFrom(0, 1, 255), { maxLength: 20_000 }).map((a) => Uint8Array.from(a)),
      fc
        .tuple(fc.integer(), fc.nat(60_000), fc.constantFrom(1, 3, 255))
        .map(([seed, length, mask]) =>
          Uint8Array.from({ length }, (_, i) => (Math.imul(i + seed, 2_654_435_761) >>> 13) & mask),
        ),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (plain) => {
        const packed = encodeLzw(plain);
        expect(Buffer.compare(decodeLzw(packed, plain.length), plain)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it("never writes more than asked for, and never hangs, on damaged bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(2000), (junk, size) => {
        try {
          expect(decodeLzw(junk, size)).toHaveLength(size);
        } catch (error) {
          expect((error as Error).message).toMatch(/LZW/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("refuses a block that holds more, or less, than it should", () => {
    const packed = encodeLzw(new Uint8Array(1000));
    expect(() => decodeLzw(packed, 999)).toThrow("more than it should");
    expect(() => decodeLzw(packed, 1001)).toThrow("ends early");
    expect(() => decodeLzw(packed.subarray(0, 20), 1000)).toThrow("ends early");
  });
});

describe("decodeGeotiff", () => {
  const forms: TileForm[] = [
    {},
    { bigEndian: true },
    { stripes: true, blockPx: 100 },
    { stripes: true, blockPx: 512, bigEndian: true },
    { blockPx: 48, compression: "lzw", predictor: 2 },
    { compression: "lzw" },
    { compression: "deflate", predictor: 2 },
    { compression: "lzw", predictor: 2, stripes: true, blockPx: 60 },
    { kind: "float32" },
    { kind: "float32", bigEndian: true, compression: "deflate" },
  ];
  it.each(forms)("reads every height of a tile of the form %j", async (form) => {
    const grid = await decodeGeotiff(writeTile(ID, heightAt, form), ID);
    for (let row = 0; row < 512; row += 1) {
      for (let column = 0; column < 512; column += 1) {
        const height = heightAt(column, row);
        const expected = height === -32_768 ? Number.NaN : height;
        if (!Object.is(grid[row * 512 + column], expected)) {
          expect([column, row, grid[row * 512 + column]]).toEqual([column, row, expected]);
        }
      }
    }
  });

  it("reads from the middle of a larger buffer without changing it", async () => {
    const tile = writeTile(ID, heightAt, { compression: "none", predictor: 2 });
    const large = Buffer.concat([Buffer.alloc(11, 1), tile, Buffer.alloc(5, 1)]);
    const before = Buffer.from(large);
    const grid = await decodeGeotiff(large.subarray(11, 11 + tile.length), ID);
    expect(grid[512 * 3 + 9]).toBe(heightAt(9, 3));
    expect(Buffer.compare(large, before)).toBe(0);
  });

  it.each([
    ["-9999", -9999, "int16"],
    [undefined, -32_768, "int16"],
    ["nan", Number.NaN, "float32"],
    ["-3.4028234663852886e+38", -3.4028234663852886e38, "float32"],
    [undefined, Number.POSITIVE_INFINITY, "float32"],
  ] as const)("takes nodata %s (stored as %d, %s) for a void", async (nodata, stored, kind) => {
    const bytes = writeTile(ID, (column) => (column === 0 ? stored : 0), { nodata, kind });
    const grid = await decodeGeotiff(bytes, ID);
    expect(grid[0]).toBeNaN();
    expect(grid[1]).toBe(0);
  });

  it.each([false, true])(
    "takes a block left out of the file for voids (big-endian %s)",
    async (bigEndian) => {
      const bytes = writeTile(ID, () => 100, { sparseBlocks: [1], bigEndian });
      const grid = await decodeGeotiff(bytes, ID);
      expect([grid[255], grid[256 + 512 * 256]]).toEqual([100, 100]);
      expect([grid[256], grid[511 + 512 * 255]]).toEqual([Number.NaN, Number.NaN]);
    },
  );

  const good = writeTile(ID, heightAt, { compression: "lzw", predictor: 2 });
  const damaged: [string, Uint8Array, RegExp][] = [
    ["nothing", new Uint8Array(0), /not a TIFF/],
    ["an error page", Buffer.from("<html>no</html>"), /not a TIFF/],
    ["only a header", good.subarray(0, 40), /./],
    ["a file cut off in its blocks", good.subarray(0, good.length - 1000), /cut off/],
    ["another size", writeTile(ID, heightAt, { sizePx: 256 }), /256 x 256/],
    ["two bands", writeTile(ID, heightAt, { bands: 2 }), /2 bands/],
    ["another projection", writeTile(ID, heightAt, { epsg: 4326 }), /4326/],
    ["pixels as points", writeTile(ID, heightAt, { pixelIsPoint: true }), /points/],
    ["another place", writeTile({ ...ID, x: 1033 }, heightAt), /corner/],
    ["another zoom", writeTile({ z: 10, x: 516, y: 377 }, heightAt), /corner/],
    ["unsigned heights", writeTile(ID, () => 5, { kind: "uint16" }), /sample format/],
    ["PackBits", writeTile(ID, heightAt, { compression: "packbits" }), /compression 32773/],
    ["a strange nodata", writeTile(ID, heightAt, { nodata: "none" }), /nodata/],
    [
      "a predictor it cannot undo",
      writeTile(ID, heightAt, { predictor: 2, bigEndian: true }),
      /predictor/,
    ],
  ];
  it.each(damaged)("refuses %s", async (_, bytes, problem) => {
    await expect(decodeGeotiff(bytes, ID)).rejects.toMatchObject({
      reasonCode: "terrain_tile_corrupt",
      details: { tile: "11/1032/755", problem: expect.stringMatching(problem) as string },
    });
  });

  it("gives heights or the reason, whatever byte is damaged", async () => {
    const small = writeTile(ID, () => 7, { compression: "lzw", stripes: true, blockPx: 512 });
    await fc.assert(
      fc.asyncProperty(fc.nat(small.length - 1), fc.nat(255), async (at, value) => {
        const bytes = Uint8Array.from(small);
        bytes[at] = value;
        try {
          expect(await decodeGeotiff(bytes, ID)).toHaveLength(512 * 512);
        } catch (error) {
          expect(error).toMatchObject({ reasonCode: "terrain_tile_corrupt" });
        }
      }),
      { numRuns: 150 },
    );
  });
});

const tilesDirectory = findData("andorra/geotiff/11");
describe.skipIf(tilesDirectory === undefined)("decoding of real tiles", () => {
  const files = (tilesDirectory === undefined ? [] : readdirSync(tilesDirectory))
    .flatMap((x) => readdirSync(path.join(tilesDirectory!, x)).map((name) => `${x}/${name}`))
    .slice(0, 5);
  it.each(files)("%s: heights and blocks are those that geotiff reads", async (file) => {
    const bytes = readFileSync(path.join(tilesDirectory!, file));
    const [x, y] = file.replace(".tif", "").split("/").map(Number);
    const grid = await decodeGeotiff(bytes, { z: 11, x: x!, y: y! });
    const buffer = new Uint8Array(bytes).buffer;
    const image = await (await fromArrayBuffer(buffer)).getImage();
    const expected = await image.readRasters({ interleave: true });
    expect(expected).toHaveLength(grid.length);
    expect(
      grid.every((height, index) =>
        Object.is(height, expected[index] === -32_768 ? Number.NaN : expected[index]),
      ),
    ).toBe(true);

    const offset = Number(await image.fileDirectory.loadValueIndexed("TileOffsets", 0));
    const size = Number(await image.fileDirectory.loadValueIndexed("TileByteCounts", 0));
    const block = buffer.slice(offset, offset + size);
    const decoder = await getDecoder(5, {
      tileWidth: 256,
      tileHeight: 256,
      predictor: 1,
      bitsPerSample: [16],
      planarConfiguration: 1,
    });
    const theirs = new Uint8Array(await decoder.decode(block));
    const ours = decodeLzw(new Uint8Array(block), 256 * 256 * 2);
    expect(Buffer.compare(ours, theirs)).toBe(0);
  });
});

import { deflateSync } from "node:zlib";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { decodeGeotiff } from "../../src/decode/decode-geotiff.ts";
import { decodeTerrarium } from "../../src/decode/decode-terrarium.ts";
import { encodeGeotiff } from "../../src/decode/encode-geotiff.ts";
import { terrariumPixel, writePng } from "../sources/write-png.ts";

const ID = { z: 12, x: 2064, y: 1510 };
const heightAt = (column: number, row: number): number =>
  ((column * 7 + row * 13) % 5000) - 400 + ((column + row) % 256) / 256;
const good = writePng(256, (column, row) => terrariumPixel(heightAt(column, row)));

describe("decodeTerrarium", () => {
  it.each([256, 512] as const)("reads every height of %d pixels exactly", (sizePx) => {
    const bytes = writePng(sizePx, (column, row) => terrariumPixel(heightAt(column, row)));
    const heights = decodeTerrarium(bytes, ID, sizePx);
    expect(heights).toHaveLength(sizePx * sizePx);
    const isRight = (heightM: number, at: number): boolean =>
      heightM === heightAt(at % sizePx, Math.floor(at / sizePx));
    expect(heights.every(isRight)).toBe(true);
  });

  it("takes transparent and black pixels for voids, and zero metres for a height", () => {
    const pixels = [
      [...terrariumPixel(100), 0],
      [0, 0, 0, 255],
      [...terrariumPixel(0), 255],
      [...terrariumPixel(-11_000), 1],
    ];
    const bytes = writePng(256, (column, row) => (row === 0 && pixels[column]) || [128, 1, 0, 255]);
    const heights = decodeTerrarium(bytes, ID, 256);
    expect([...heights.subarray(0, 5)]).toEqual([Number.NaN, Number.NaN, 0, -11_000, 1]);
  });

  const bomb = deflateSync(Buffer.alloc(200_000_000));
  const damaged: [string, Uint8Array, RegExp][] = [
    ["nothing", new Uint8Array(0), /not a PNG/],
    ["a GeoTIFF", Buffer.from("II*\0"), /not a PNG/],
    ["only a signature", good.subarray(0, 8), /cut off/],
    ["a file that is cut off", good.subarray(0, good.length - 30), /cut off/],
    ["another size", writePng(16, () => [1, 2, 3]), /16 x 16/],
    [
      "huge dimensions",
      writePng(8, () => [1, 2, 3], { width: 2 ** 31 - 1, height: 2 ** 31 - 1 }),
      /2147483647/,
    ],
    ["16 bits", writePng(256, () => [1, 2, 3], { depth: 16 }), /16 bits/],
    ["a palette", writePng(256, () => [1, 2, 3], { colour: 3 }), /colour type 3/],
    ["interlacing", writePng(256, () => [1, 2, 3], { interlaced: 1 }), /interlacing/],
    ["pixels that end early", writePng(256, () => [1, 2, 3], { colour: 6 }), /end early/],
    ["an inflation bomb", writePng(256, () => [1, 2, 3], { packed: bomb }), /./],
  ];
  it.each(damaged)("refuses %s", (_, bytes, problem) => {
    expect(() => decodeTerrarium(bytes, ID, 256)).toThrow(
      expect.objectContaining({
        reasonCode: "terrain_tile_corrupt",
        details: { tile: "12/2064/1510", problem: expect.stringMatching(problem) as string },
      }),
    );
  });

  it("does not inflate what it does not need", () => {
    const profile = Buffer.concat([Buffer.from("p\0\0"), bomb]);
    const before = process.memoryUsage().arrayBuffers;
    const bytes = writePng(256, () => [128, 100, 0], { extraChunks: [["iCCP", profile]] });
    expect(decodeTerrarium(bytes, ID, 256)[0]).toBe(100);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  it("notices every damaged byte of header and pixels", () => {
    const gates = fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(gates, ([at, flip]) => {
        const bytes = Uint8Array.from(good);
        bytes[at]! ^= flip;
        expect(() => decodeTerrarium(bytes, ID, 256)).toThrow(
          expect.objectContaining({ reasonCode: "terrain_tile_corrupt" }),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe("encodeGeotiff", () => {
  it.each([
    { z: 11, x: 1032, y: 755 },
    { z: 0, x: 0, y: 0 },
    { z: 20, x: 1_048_575, y: 3 },
  ])("writes what decodeGeotiff reads back, at %j", async (id) => {
    const grid = Float32Array.from({ length: 512 * 512 }, (_, at) =>
      at % 97 === 0 ? Number.NaN : heightAt(at % 512, at >> 9),
    );
    expect(await decodeGeotiff(encodeGeotiff(grid, id), id)).toEqual(grid);
  });
});

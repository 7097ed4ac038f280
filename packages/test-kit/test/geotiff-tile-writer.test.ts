import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { fromArrayBuffer } from "geotiff";
import { afterAll, describe, expect, it } from "vitest";

import {
  createSeededRandom,
  findDataDir,
  pixelCentreLat,
  pixelCentreLon,
  terrainTilesFor,
  tileAt,
  writeTerrainTile,
} from "../src/index.ts";
import { isCommandPresent } from "./command-present.ts";

const TILE = { z: 11, x: 1032, y: 754 };
const hasGdal = isCommandPresent("gdalinfo") && isCommandPresent("gdallocationinfo");
const dataDir = findDataDir();
const realTile = dataDir && path.join(dataDir, "andorra/geotiff/11/1032/754.tif");
const hasRealTile = realTile !== undefined && existsSync(realTile);

/** Rough and far-reaching, so that differences, table clears and negative values all occur. */
function roughHeight(lon: number, lat: number): number {
  if (lon > 1.55 && lat > 42.8) return Number.NaN;
  return (
    900 + 1800 * Math.sin(lon * 91) * Math.cos(lat * 77) + 400 * Math.sin(lon * 9001 + lat * 7001)
  );
}

async function readPixels(bytes: Uint8Array): Promise<ArrayLike<number>> {
  const tiff = await fromArrayBuffer(new Uint8Array(bytes).buffer);
  const image = await tiff.getImage();
  expect(image.getGDALNoData()).toBe(-32_768);
  expect([image.getWidth(), image.getHeight()]).toEqual([512, 512]);
  return image.readRasters({ interleave: true });
}

describe("writeTerrainTile", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "gradeway-tile-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("holds the rounded height at every pixel centre, as the geotiff package reads it", async () => {
    const pixels = await readPixels(writeTerrainTile(TILE, roughHeight));
    let voids = 0;
    for (let row = 0; row < 512; row += 1) {
      for (let column = 0; column < 512; column += 1) {
        const heightM = roughHeight(pixelCentreLon(TILE, column), pixelCentreLat(TILE, row));
        const expected = Number.isNaN(heightM) ? -32_768 : Math.round(heightM);
        if (expected === -32_768) voids += 1;
        if (pixels[row * 512 + column] !== expected) {
          expect.fail(`pixel ${column},${row}: ${pixels[row * 512 + column]} is not ${expected}`);
        }
      }
    }
    expect(voids).toBeGreaterThan(1000);
  });

  it("survives noise, constants and refuses what does not fit", async () => {
    const random = createSeededRandom(1);
    const noise = Array.from({ length: 512 * 512 }, () => random.integer(-32_767, 32_767));
    let next = 0;
    expect(Array.from(await readPixels(writeTerrainTile(TILE, () => noise[next++]!)))).toEqual(
      noise,
    );
    const flat = await readPixels(writeTerrainTile(TILE, () => -7));
    expect(new Set(Array.from(flat))).toEqual(new Set([-7]));
    expect(() => writeTerrainTile(TILE, () => 40_000)).toThrow("does not fit");
  });

  it.skipIf(!hasGdal)("agrees with GDAL pixel by pixel (skipped where GDAL is absent)", () => {
    const file = path.join(folder, "probe.tif");
    writeFileSync(file, writeTerrainTile(TILE, roughHeight));
    const random = createSeededRandom(7);
    const probes = Array.from(
      { length: 300 },
      () => [random.integer(0, 511), random.integer(0, 511)] as const,
    );
    const positions = probes.map(
      ([column, row]) => `${pixelCentreLon(TILE, column)} ${pixelCentreLat(TILE, row)}`,
    );
    const answer = execFileSync("gdallocationinfo", ["-valonly", "-wgs84", file], {
      input: positions.join("\n"),
      encoding: "utf8",
    });
    const expected = probes.map(([column, row]) => {
      const heightM = roughHeight(pixelCentreLon(TILE, column), pixelCentreLat(TILE, row));
      return Number.isNaN(heightM) ? -32_768 : Math.round(heightM);
    });
    expect(answer.trim().split("\n").map(Number)).toEqual(expected);
  });

  it.skipIf(!hasGdal || !hasRealTile)(
    "has the profile of a real tile (skipped without GDAL or data)",
    () => {
      const file = path.join(folder, "profile.tif");
      writeFileSync(file, writeTerrainTile(TILE, roughHeight));
      expect(profile(file)).toEqual(profile(realTile!));
    },
  );

  it("covers a box with every tile that touches it", () => {
    const corner = tileAt(1.4, 42.7, 11);
    const tiles = terrainTilesFor([1.4, 42.6, 1.5, 42.7], 11, () => 100);
    expect(tiles.map(({ id }) => `${id.z}/${id.x}/${id.y}`)).toEqual([
      "11/1031/754",
      "11/1031/755",
      "11/1032/754",
      "11/1032/755",
    ]);
    expect(tiles[0]?.id).toEqual(corner);
  });
});

/** What gdalinfo says about a tile, without its name and with positions to the micrometre. */
function profile(file: string): string {
  return execFileSync("gdalinfo", [file], { encoding: "utf8" })
    .replaceAll(file, "")
    .replaceAll(/-?\d+\.\d{6,}/g, (number) => Number(number).toFixed(6));
}

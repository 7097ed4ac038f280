import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createCogSampler, createTileDecodePool } from "../../src/index.ts";
import { findData } from "../data-directory.ts";
import { around, bilinear, createRandom, gdal, hasGdal, readPixels } from "./gdal.ts";

const tiles = findData("andorra/geotiff");
const isPossible = hasGdal() && tiles !== undefined;
const BOX = { west: 1.4, south: 42.42, east: 1.8, north: 42.66 };
const EARTH_M = 2 * Math.PI * 6_378_137;
const NODATA = -32_768;

interface Raster {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  /** Place of a point in pixels from the centre of the first one, by the corners of the raster. */
  readonly placeOf: (lon: number, lat: number) => [number, number];
}

describe.skipIf(!isPossible)("a Cloud-Optimised GeoTIFF", () => {
  const work = mkdtempSync(path.join(tmpdir(), "cog-"));
  const inWork = (name: string): string => path.join(work, name);
  const degrees = { width: 1440, height: 864 };
  const metres = { width: 700, height: 560 };

  beforeAll(() => {
    const zoom = path.join(tiles!, "11");
    const files = readdirSync(zoom).flatMap((x) =>
      readdirSync(path.join(zoom, x)).map((name) => path.join(zoom, x, name)),
    );
    gdal("gdalbuildvrt", inWork("all.vrt"), ...files);
    const { west, south, east, north } = BOX;
    const box = `-r bilinear -te_srs EPSG:4326 -te ${west} ${south} ${east} ${north}`;
    const warp = (to: string, options: string): void =>
      gdal("gdalwarp", ...`${options} ${box}`.split(" "), inWork("all.vrt"), inWork(to));
    warp("degrees.tif", `-t_srs EPSG:4326 -ts ${degrees.width} ${degrees.height}`);
    warp("metres.tif", `-t_srs EPSG:3857 -ot Float32 -ts ${metres.width} ${metres.height}`);
    const cog = (from: string, to: string, options: string): void =>
      gdal("gdal_translate", ...`-of COG ${options}`.split(" "), inWork(from), inWork(to));
    cog("degrees.tif", "lzw.tif", "-co COMPRESS=LZW -co PREDICTOR=YES");
    cog("degrees.tif", "deflate.tif", "-co COMPRESS=DEFLATE -co BLOCKSIZE=256");
    cog("degrees.tif", "plain.tif", "-co COMPRESS=NONE -co BIGTIFF=YES");
    cog("degrees.tif", "point.tif", "-mo AREA_OR_POINT=Point -co COMPRESS=LZW");
    cog("metres.tif", "metres-cog.tif", "-co COMPRESS=DEFLATE -co PREDICTOR=YES");
    cog("degrees.tif", "scaled.tif", "-co COMPRESS=LZW -a_scale 0.1");
    cog("degrees.tif", "bytes.tif", "-ot Byte -a_nodata none");
    cog("degrees.tif", "two.tif", "-b 1 -b 1");
    cog("degrees.tif", "utm.tif", "-a_srs EPSG:32631");
    // The same pixels once around the earth.
    cog("degrees.tif", "world.tif", "-a_ullr -180 90 180 -90 -a_srs EPSG:4326 -co COMPRESS=LZW");
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  function inDegrees(name: string): Raster {
    const { west, south, east, north } = BOX;
    const { width, height } = degrees;
    return {
      ...degrees,
      file: inWork(name),
      placeOf: (lon, lat) => [
        ((lon - west) / (east - west)) * width - 0.5,
        ((north - lat) / (north - south)) * height - 0.5,
      ],
    };
  }
  function inMetres(name: string): Raster {
    const northOf = (lat: number): number => Math.asinh(Math.tan((lat * Math.PI) / 180));
    const top = northOf(BOX.north);
    const { width, height } = metres;
    return {
      ...metres,
      file: inWork(name),
      placeOf: (lon, lat) => [
        ((lon - BOX.west) / (BOX.east - BOX.west)) * width - 0.5,
        ((top - northOf(lat)) / (top - northOf(BOX.south))) * height - 0.5,
      ],
    };
  }
  const rasters: [string, () => Raster][] = [
    ["LZW with predictor", () => inDegrees("lzw.tif")],
    ["Deflate in blocks of 256", () => inDegrees("deflate.tif")],
    ["plain BigTIFF", () => inDegrees("plain.tif")],
    ["pixels as points", () => inDegrees("point.tif")],
    ["Float32 in EPSG:3857 with predictor", () => inMetres("metres-cog.tif")],
  ];

  it.each(rasters)("%s: heights agree to 0.01 m with pixels of GDAL", async (_, of) => {
    const { file, width, height, placeOf } = of();
    const random = createRandom(11);
    const count = 3000;
    const { west, south, east, north } = BOX;
    const lonLat = Float64Array.from({ length: 2 * count }, (_value, index) =>
      index % 2 === 0
        ? west - 0.002 + random() * (east - west + 0.004)
        : south - 0.002 + random() * (north - south + 0.004),
    );
    const places = Array.from({ length: count }, (_value, point) =>
      placeOf(lonLat[2 * point]!, lonLat[2 * point + 1]!),
    );
    const pixels = readPixels(
      file,
      places.flatMap(([column, row]) => around(column, row)),
      NODATA,
    );
    const sampler = await createCogSampler(file, { maxBlocksInMemory: 2, concurrency: 3 });
    const outM = new Float64Array(count);
    const summary = await sampler.sample(lonLat, outM);
    let voids = 0;
    for (const [point, [column, row]] of places.entries()) {
      const isInside = column >= 0 && row >= 0 && column <= width - 1 && row <= height - 1;
      const expectedM = isInside
        ? bilinear(column, row, pixels.slice(4 * point, 4 * point + 4))
        : Number.NaN;
      if (Number.isNaN(expectedM)) voids += 1;
      if (Number.isNaN(expectedM)) expect(outM[point]).toBeNaN();
      else expect(Math.abs(outM[point]! - expectedM)).toBeLessThan(0.01);
    }
    expect(summary).toMatchObject({ sampled: count, voids, missingTiles: [] });
    expect(voids).toBeGreaterThan(10);
    expect(voids).toBeLessThan(count / 2);
  });

  it("says where it is and how fine, and hashes the blocks that it used", async () => {
    const options = { name: "model", attribution: "someone" };
    const sampler = await createCogSampler(inWork("metres-cog.tif"), options);
    const { west, east } = BOX;
    expect(sampler.source).toMatchObject(options);
    expect(sampler.source.resolutionM).toBeCloseTo((((east - west) / 360) * EARTH_M) / 700, 3);
    const here = new Float64Array([1.5, 42.5]);
    const first = await sampler.sample(here, new Float64Array(1));
    const again = await sampler.sample(here, new Float64Array(1));
    expect(first.tilesSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(again).toEqual(first);
    const off = await sampler.sample(new Float64Array([9, 9]), new Float64Array(1));
    expect(off).toEqual({ sampled: 1, voids: 1, missingTiles: [], tilesSha256: "" });
  });

  it("is the same when its blocks are decoded on threads", async () => {
    const pool = createTileDecodePool({ threads: 1 });
    const lonLat = Float64Array.from({ length: 200 }, (_, index) =>
      index % 2 === 0 ? 1.42 + 0.0018 * index : 42.44 + 0.001 * index,
    );
    for (const file of ["lzw.tif", "metres-cog.tif"]) {
      const [here, there] = [new Float64Array(100), new Float64Array(100)];
      const first = await (await createCogSampler(inWork(file))).sample(lonLat, here);
      const decode = pool.decodeBlock;
      const sampler = await createCogSampler(inWork(file), { decode });
      expect(await sampler.sample(lonLat, there)).toEqual(first);
      expect(there).toEqual(here);
      expect(here.some((heightM) => heightM > 0)).toBe(true);
    }
    await pool.close();
  });

  it("has no seam where a raster goes around the earth", async () => {
    const sampler = await createCogSampler(inWork("world.tif"));
    const random = createRandom(3);
    const rows = Array.from({ length: 200 }, () => random() * 862);
    const lats = rows.map((row) => 90 - ((row + 0.5) / 864) * 180);
    // A quarter of a pixel to either side of the date line.
    for (const [side, weight] of [
      [-1, 0.25],
      [1, 0.75],
    ] as const) {
      const lonLat = Float64Array.from(lats.flatMap((lat) => [side * (-180 + 0.25 / 4), lat]));
      const outM = new Float64Array(rows.length);
      await sampler.sample(lonLat, outM);
      const pixels = readPixels(
        inWork("world.tif"),
        rows.flatMap((row) => [
          [1439, Math.floor(row)] as const,
          [0, Math.floor(row)] as const,
          [1439, Math.floor(row) + 1] as const,
          [0, Math.floor(row) + 1] as const,
        ]),
        NODATA,
      );
      for (const [index, row] of rows.entries()) {
        const expectedM = bilinear(weight, row, pixels.slice(4 * index, 4 * index + 4));
        expect(outM[index]).toBeCloseTo(expectedM, 3);
      }
    }
  });

  it.each([
    ["scaled.tif", /scale 0\.1/],
    ["bytes.tif", /sample format 1 with 8 bits/],
    ["two.tif", /2 bands/],
    ["utm.tif", /32631/],
    ["metres.tif", /not stored in blocks/],
    ["all.vrt", /not a TIFF/],
  ])("refuses %s", async (name, problem) => {
    await expect(createCogSampler(inWork(name))).rejects.toMatchObject({
      reasonCode: "terrain_tile_corrupt",
      details: { tile: inWork(name), problem: expect.stringMatching(problem) as string },
    });
  });

  it("refuses a file that is cut off, where it matters, and one that changes", async () => {
    const file = inWork("cut.tif");
    writeFileSync(file, readFileSync(inWork("lzw.tif")));
    const whole = await createCogSampler(file);
    truncateSync(file, 300_000);
    const corner = new Float64Array([BOX.east - 0.01, BOX.south + 0.01]);
    const outM = new Float64Array([5]);
    await expect(whole.sample(corner, outM)).rejects.toMatchObject({
      reasonCode: "terrain_tile_corrupt",
      details: { problem: "it changed while it was in use" },
    });
    expect(outM[0]).toBeNaN();
    await expect((await createCogSampler(file)).sample(corner, outM)).rejects.toMatchObject({
      reasonCode: "terrain_tile_corrupt",
      details: { tile: "cog/2/1", problem: "it is cut off" },
    });
    await expect(createCogSampler(inWork("absent.tif"))).rejects.toMatchObject({
      reasonCode: "terrain_dem_asset_unavailable",
    });
  });

  it("gives heights or a reason, whatever byte of the header is damaged", async () => {
    const good = readFileSync(inWork("lzw.tif"));
    const file = inWork("damaged.tif");
    const random = createRandom(5);
    const point = new Float64Array([1.5, 42.5]);
    for (let round = 0; round < 300; round += 1) {
      const bytes = Uint8Array.from(good.subarray(0, 400_000));
      bytes[Math.floor(random() * 1200)]! ^= 1 << Math.floor(random() * 8);
      writeFileSync(file, bytes);
      try {
        await (await createCogSampler(file)).sample(point, new Float64Array(1));
      } catch (error) {
        expect(error).toMatchObject({ reasonCode: "terrain_tile_corrupt" });
      }
    }
  });
});

import { readFileSync } from "node:fs";
import path from "node:path";

import { fromArrayBuffer } from "geotiff";
import { describe, expect, it } from "vitest";

import { createElevationSampler, openTileSource, tilesCovering } from "../src/index.ts";
import { findData } from "./data-directory.ts";

const tiles = findData("andorra/geotiff");
const saddles = findData("control-points/andorra-saddles.csv");

/** Height of a pixel by its own way from metres, with geotiff's reader, to keep this independent. */
async function readPixel(directory: string, column: number, row: number): Promise<number> {
  const x = Math.floor(column / 512);
  const y = Math.floor(row / 512);
  const bytes = readFileSync(path.join(directory, `11/${x}/${y}.tif`));
  const image = await (await fromArrayBuffer(new Uint8Array(bytes).buffer)).getImage();
  const left = column % 512;
  const top = row % 512;
  const window = [left, top, left + 1, top + 1];
  const [band] = await image.readRasters({ window });
  return (band as Int16Array)[0]!;
}

describe.skipIf(tiles === undefined)("real tiles", () => {
  it("give what the four pixels around a point give", async () => {
    const sampler = createElevationSampler(await openTileSource(tiles!));
    // The last three lie next to borders of tiles: 1.40625 and 1.58203125 degrees east.
    const points = [
      [1.5218, 42.5075],
      [1.6012, 42.5433],
      [1.7333, 42.5412],
      [1.4063, 42.5],
      [1.58205, 42.62],
      [1.5820312, 42.5528],
    ];
    const outM = new Float64Array(points.length);
    const summary = await sampler.sample(Float64Array.from(points.flat()), outM);
    expect(summary).toMatchObject({ voids: 0, missingTiles: [] });
    const radiusM = 6_378_137;
    const pixelM = (Math.PI * radiusM) / (1024 * 512);
    for (const [index, [lon, lat]] of points.entries()) {
      const eastM = (radiusM * lon! * Math.PI) / 180;
      const northM = radiusM * Math.atanh(Math.sin((lat! * Math.PI) / 180));
      const x = (eastM + Math.PI * radiusM) / pixelM - 0.5;
      const y = (Math.PI * radiusM - northM) / pixelM - 0.5;
      const [x0, y0] = [Math.floor(x), Math.floor(y)];
      const [a, b, c, d] = await Promise.all([
        readPixel(tiles!, x0, y0),
        readPixel(tiles!, x0 + 1, y0),
        readPixel(tiles!, x0, y0 + 1),
        readPixel(tiles!, x0 + 1, y0 + 1),
      ]);
      const north = a + (b - a) * (x - x0);
      const south = c + (d - c) * (x - x0);
      expect(outM[index]).toBeCloseTo(north + (south - north) * (y - y0), 6);
    }
  });

  it.skipIf(saddles === undefined)("agree with surveyed saddles", async () => {
    const rows = readFileSync(saddles!, "utf8").trim().split("\n").slice(1);
    const points = rows.map((row) => row.split(",").slice(2).map(Number));
    const sampler = createElevationSampler(await openTileSource(tiles!));
    const outM = new Float64Array(points.length);
    await sampler.sample(Float64Array.from(points.flatMap(([lon, lat]) => [lon!, lat!])), outM);
    const offM = points
      .map(([, , surveyedM], index) => Math.abs(outM[index]! - surveyedM!))
      .filter((m) => !Number.isNaN(m))
      .sort((a, b) => a - b);
    expect(offM.length).toBeGreaterThan(85);
    expect(offM[Math.floor(offM.length / 2)]).toBeLessThanOrEqual(8);
  });

  it("cover the box of their region", async () => {
    const source = await openTileSource(tiles!);
    const ids = tilesCovering([1.41, 42.43, 1.78, 42.65], 11);
    const found = await Promise.all(ids.map((id) => source.getTile(id)));
    expect(found.every((bytes) => bytes !== undefined)).toBe(true);
  });
});

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createElevationSampler, openTileSource } from "../../src/index.ts";
import { findData } from "../data-directory.ts";
import { around, bilinear, createRandom, gdal, hasGdal, readPixels } from "./gdal.ts";

const tiles = findData("andorra/geotiff");
const isPossible = hasGdal() && tiles !== undefined;

describe.skipIf(!isPossible)("against GDAL", () => {
  const work = mkdtempSync(path.join(tmpdir(), "accuracy-"));
  const mosaic = path.join(work, "z11.vrt");
  beforeAll(() => {
    const zoom = path.join(tiles!, "11");
    const files = readdirSync(zoom).flatMap((x) =>
      readdirSync(path.join(zoom, x)).map((name) => path.join(zoom, x, name)),
    );
    gdal("gdalbuildvrt", mosaic, ...files);
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it("10,000 random points of Andorra agree to 0.01 m with four pixels of GDAL", async () => {
    const random = createRandom(7);
    const count = 10_000;
    // A little inside the tiles 1031-1034 / 754-757.
    const lonLat = Float64Array.from({ length: 2 * count }, (_, index) =>
      index % 2 === 0 ? 1.2353 + random() * 0.6995 : 42.293 + random() * 0.515,
    );
    const outM = new Float64Array(count);
    await createElevationSampler(await openTileSource(tiles!)).sample(lonLat, outM);

    // By metres, not by the pixel formulas of the library.
    const radiusM = 6_378_137;
    const pixelM = (Math.PI * radiusM) / (1024 * 512);
    const places = Array.from({ length: count }, (_, point): [number, number] => {
      const eastM = (radiusM * lonLat[2 * point]! * Math.PI) / 180;
      const northM = radiusM * Math.atanh(Math.sin((lonLat[2 * point + 1]! * Math.PI) / 180));
      return [
        (eastM + Math.PI * radiusM) / pixelM - 0.5 - 1031 * 512,
        (Math.PI * radiusM - northM) / pixelM - 0.5 - 754 * 512,
      ];
    });
    const pixels = readPixels(
      mosaic,
      places.flatMap(([column, row]) => around(column, row)),
      -32_768,
    );
    let heights = 0;
    let worstM = 0;
    for (const [point, [column, row]] of places.entries()) {
      const expectedM = bilinear(column, row, pixels.slice(4 * point, 4 * point + 4));
      expect(Number.isNaN(outM[point])).toBe(Number.isNaN(expectedM));
      if (Number.isNaN(expectedM)) continue;
      heights += 1;
      worstM = Math.max(worstM, Math.abs(outM[point]! - expectedM));
    }
    expect(heights).toBeGreaterThan(9000);
    expect(worstM).toBeLessThan(0.01);
  });
});

import { describe, expect, it } from "vitest";

import {
  pixelCentreLat,
  pixelCentreLon,
  readTileHeights,
  tileAt,
  writeTerrainTile,
} from "../src/index.ts";

const WEST = tileAt(1.5, 42.5, 11);
const EAST = { ...WEST, x: WEST.x + 1 };
/** Heights that differ from pixel to pixel, with one void; columns count from the western tile. */
const heightOf = (column: number, row: number): number =>
  column === 300 && row === 40 ? Number.NaN : (column * 3 + row * 7) % 2000;
const tileOf = (id: typeof WEST): { id: typeof WEST; bytes: Uint8Array } => {
  const left = (id.x - WEST.x) * 512;
  let at = 0;
  // The writer asks row by row.
  const heightAt = (): number => {
    const column = left + (at % 512);
    const row = Math.floor(at / 512);
    at += 1;
    return heightOf(column, row);
  };
  return { id, bytes: writeTerrainTile(id, heightAt) };
};

describe("heights read from tiles", () => {
  const tiles = [WEST, EAST].map(tileOf);
  const centre = (column: number, row: number): [number, number] => [
    pixelCentreLon(WEST, column),
    pixelCentreLat(WEST, row),
  ];

  it("are the pixels at their centres, and between them over the border of tiles", async () => {
    const heights = await readTileHeights(tiles, 11);
    for (const [column, row] of [
      [3, 5],
      [511, 100],
      [512, 100],
      [700, 400],
    ] as const) {
      expect(heights.at(...centre(column, row))).toBeCloseTo(heightOf(column, row), 3);
    }
    const between = (heightOf(511, 100) + heightOf(512, 100)) / 2;
    expect(heights.at(...centre(511.5, 100))).toBeCloseTo(between, 3);
  });

  it("are void beside a void, outside of the tiles and at another zoom level", async () => {
    const heights = await readTileHeights(tiles, 11);
    expect(heights.at(...centre(299.5, 40))).toBeNaN();
    expect(heights.at(...centre(300.5, 39.5))).toBeNaN();
    expect(heights.at(...centre(301.5, 40))).not.toBeNaN();
    expect(heights.at(...centre(1023.6, 40))).toBeNaN();
    expect((await readTileHeights(tiles, 10)).at(...centre(3, 5))).toBeNaN();
  });
});

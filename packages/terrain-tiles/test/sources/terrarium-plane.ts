import { expect } from "vitest";

import { terrariumPixel, writePng } from "./write-png.ts";

/** A plane over pixels from the corner of the small world; its slopes fit 1/256 m. */
export const plane = (x: number, y: number): number => 500 + 0.75 * x - 0.5 * y;

/** Terrarium tiles of the plane for 2 x 2 tiles of 512 pixels. */
export function planeTiles(sizePx: 256 | 512): Map<string, Uint8Array> {
  const across = 1024 / sizePx;
  const zoom = sizePx === 256 ? 12 : 11;
  const factor = 512 / sizePx;
  const tiles = new Map<string, Uint8Array>();
  for (let x = 0; x < across; x += 1) {
    for (let y = 0; y < across; y += 1) {
      const bytes = writePng(sizePx, (column, row) =>
        terrariumPixel(plane(x * sizePx + column, y * sizePx + row)),
      );
      tiles.set(`${zoom}/${1032 * factor + x}/${755 * factor + y}`, bytes);
    }
  }
  return tiles;
}

/** Inside of tiles, and on the borders of 256 and of 512 pixels and beside them. */
export const PLACES: readonly [number, number][] = [
  [100.25, 30.5],
  [256, 256],
  [255.75, 400],
  [256.25, 255.5],
  [512, 512],
  [511.75, 512.25],
  [512.25, 511],
  [768.125, 512],
  [1000, 900],
];

/** Checks heights at {@link PLACES}. */
export function expectPlane(heightsM: ArrayLike<number>): void {
  for (const [index, [x, y]] of PLACES.entries()) {
    expect(heightsM[index]).toBeCloseTo(plane(x - 0.5, y - 0.5), 5);
  }
}

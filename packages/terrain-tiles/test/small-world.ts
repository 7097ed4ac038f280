import { createElevationSampler } from "../src/elevation-sampler.ts";
import { parseTileId } from "../src/tile-id.ts";
import type { TileSource } from "../src/tile-source.ts";
import { pixelXToLon, pixelYToLat, worldSizePx } from "../src/web-mercator.ts";
import { type TileForm, writeTile } from "./write-tile.ts";

const ZOOM = 11;
const WORLD_PX = worldSizePx(ZOOM);
export const VOID = -32_768;
/** North-west corner of the 2 x 2 tiles of these tests, in pixels of the world. */
const LEFT = 1032 * 512;
const TOP = 755 * 512;
export const NAMES = ["11/1032/755", "11/1032/756", "11/1033/755", "11/1033/756"];

export type WorldHeight = (pixelX: number, pixelY: number) => number;

/** Tiles of a formula in pixels from the corner. */
export function tilesOf(
  height: WorldHeight,
  names = NAMES,
  form: TileForm = {},
): Map<string, Uint8Array> {
  return new Map(
    names.map((name) => {
      const id = parseTileId(name);
      const heightAt = (column: number, row: number): number =>
        height(id.x * 512 + column - LEFT, id.y * 512 + row - TOP);
      return [name, writeTile(id, heightAt, { stripes: true, blockPx: 512, ...form })];
    }),
  );
}

/** Degrees of places in pixels from the corner; a whole number is a border between pixels. */
export function lonLatOf(places: readonly (readonly [number, number])[]): Float64Array {
  return Float64Array.from(
    places.flatMap(([x, y]) => [pixelXToLon(LEFT + x, WORLD_PX), pixelYToLat(TOP + y, WORLD_PX)]),
  );
}

/** Heights in metres at places in pixels from the corner. */
export async function heightsAt(
  source: TileSource,
  places: readonly (readonly [number, number])[],
): Promise<number[]> {
  const outM = new Float64Array(places.length);
  await createElevationSampler(source).sample(lonLatOf(places), outM);
  return [...outM];
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { formatTileId, MAX_ZOOM, parseTileId } from "../src/tile-id.ts";
import { tilesCovering } from "../src/tiles-covering.ts";
import {
  latToPixelY,
  lonToPixelX,
  MAX_LATITUDE,
  pixelSizeM,
  pixelXToLon,
  pixelYToLat,
  tileAt,
  worldSizePx,
} from "../src/web-mercator.ts";

const lon = fc.double({ min: -180, max: 180, noNaN: true });
const lat = fc.double({ min: -85, max: 85, noNaN: true });
const zoom = fc.integer({ min: 0, max: 15 });

describe("web Mercator", () => {
  it("agrees with the corner that a published tile states", () => {
    // 11/1032/755 begins at 156543.033928 m east, 5263759.515830 m north.
    const metresPerPixel = pixelSizeM(11);
    expect(metresPerPixel).toBeCloseTo(38.218514142587, 9);
    const worldPx = worldSizePx(11);
    const east = pixelXToLon(1032 * 512, worldPx);
    const north = pixelYToLat(755 * 512, worldPx);
    expect(east).toBeCloseTo(1.40625, 12);
    expect(6_378_137 * Math.log(Math.tan(Math.PI / 4 + (north * Math.PI) / 360))).toBeCloseTo(
      5_263_759.51583,
      4,
    );
  });

  it("goes there and back", () => {
    fc.assert(
      fc.property(lon, lat, zoom, (aLon, aLat, z) => {
        const worldPx = worldSizePx(z);
        expect(pixelXToLon(lonToPixelX(aLon, worldPx), worldPx)).toBeCloseTo(aLon, 9);
        expect(pixelYToLat(latToPixelY(aLat, worldPx), worldPx)).toBeCloseTo(aLat, 9);
      }),
    );
  });

  it("maps the whole world onto tiles that exist", () => {
    expect(tileAt(180, -MAX_LATITUDE, 3)).toEqual({ z: 3, x: 7, y: 7 });
    expect(tileAt(-180, MAX_LATITUDE, 3)).toEqual({ z: 3, x: 0, y: 0 });
    expect(tileAt(0, 86, 3)).toBeUndefined();
    expect(tileAt(Number.NaN, 0, 3)).toBeUndefined();
    expect(() => tileAt(0, 0, 2.5)).toThrow(RangeError);
  });
});

describe("tile ids", () => {
  it("are read back from their text", () => {
    fc.assert(
      fc.property(lon, lat, fc.integer({ min: 0, max: MAX_ZOOM }), (aLon, aLat, z) => {
        const id = tileAt(aLon, aLat, z)!;
        expect(parseTileId(formatTileId(id))).toEqual(id);
      }),
    );
  });

  it.each(["", "1/2", "1/2/0", "21/0/0", "a/b/c", "1/0/0/", " 1/0/0", "-1/0/0"])(
    "refuse %j",
    (text) => {
      expect(() => parseTileId(text)).toThrow(RangeError);
    },
  );
});

describe("tilesCovering", () => {
  it("lists the tile of every point of the box, once", () => {
    fc.assert(
      fc.property(lon, lat, fc.nat(20), fc.nat(20), zoom, (west, south, w, h, z) => {
        const degrees = 90 / 2 ** z;
        const east = Math.min(west + (w / 20) * degrees, 180);
        const north = Math.min(south + (h / 20) * degrees, 85);
        const names = tilesCovering([west, south, east, north], z).map((id) => formatTileId(id));
        expect(new Set(names).size).toBe(names.length);
        for (const x of [west, (west + east) / 2, east]) {
          for (const y of [south, (south + north) / 2, north]) {
            expect(names).toContain(formatTileId(tileAt(x, y, z)!));
          }
        }
      }),
    );
  });

  it("brings in the neighbour within half a pixel of a border", () => {
    const worldPx = worldSizePx(11);
    const at = (px: number): number => pixelXToLon(px, worldPx);
    const middle = pixelYToLat(755.5 * 512, worldPx);
    const columns = (west: number, east: number): number[] =>
      tilesCovering([at(west), middle, at(east), middle], 11).map((id) => id.x);
    expect(columns(1032 * 512 + 0.6, 1033 * 512 - 0.6)).toEqual([1032]);
    expect(columns(1032 * 512 + 0.4, 1033 * 512 - 0.6)).toEqual([1031, 1032]);
    expect(columns(1032 * 512 + 0.6, 1033 * 512 - 0.4)).toEqual([1032, 1033]);
  });

  it("crosses the date line and goes round the world", () => {
    expect(tilesCovering([179, 1, -179, 2], 3).map((id) => id.x)).toEqual([7, 0]);
    expect(tilesCovering([-180, -89, 180, 89], 2)).toHaveLength(16);
    expect(tilesCovering([-180, -89, 180, 89], 0)).toHaveLength(1);
  });

  it("refuses what is not a box", () => {
    expect(() => tilesCovering([0, 2, 1, 1], 3)).toThrow(RangeError);
    expect(() => tilesCovering([0, 0, 181, 1], 3)).toThrow(RangeError);
    expect(() => tilesCovering([0, Number.NaN, 1, 1], 3)).toThrow(RangeError);
    expect(() => tilesCovering([0, 0, 1, 1], 21)).toThrow(RangeError);
  });
});

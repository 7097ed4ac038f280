import { createSeededRandom, type SeededRandom } from "@gradeway/test-kit";
import { booleanIntersects, lineString, multiPolygon } from "@turf/turf";
import { describe, expect, it } from "vitest";

import { PolygonArea, type Rings } from "../../src/geo/polygon-area.ts";

/** A star around a point: never crosses itself. */
function star(random: SeededRandom, lon: number, lat: number, size: number): [number, number][] {
  const corners = 3 + Math.floor(random.between(0, 30));
  const ring = Array.from({ length: corners }, (_, k): [number, number] => {
    const angle = (2 * Math.PI * k) / corners;
    const reach = random.between(0.3, 1) * size;
    return [lon + reach * Math.cos(angle), lat + reach * Math.sin(angle)];
  });
  return [...ring, ring[0]!];
}

function touches(area: PolygonArea, line: readonly (readonly [number, number])[]): boolean {
  const xs = line.map(([lon]) => Math.round(lon * 1e7));
  const ys = line.map(([, lat]) => Math.round(lat * 1e7));
  return area.touches(xs, ys, 0, line.length - 1);
}

describe("PolygonArea", () => {
  it("agrees with turf on polygons with holes, and on several at once", () => {
    const random = createSeededRandom(11);
    let inside = 0;
    let outside = 0;
    for (let round = 0; round < 300; round++) {
      const polygons: Rings[] = [[star(random, 7, 47, 0.1), star(random, 7, 47, 0.02)]];
      if (random.chance(0.5)) polygons.push([star(random, 7.3, 47, 0.1)]);
      const area = new PolygonArea(polygons);
      const shape = multiPolygon(
        polygons.map((rings) => rings.map((ring) => ring.map(([x, y]) => [x, y]))),
      );
      for (let k = 0; k < 10; k++) {
        const reach = random.pick([0.001, 0.05, 0.5]);
        let [lon, lat] = [random.between(6.85, 7.45), random.between(46.85, 47.15)];
        const line = Array.from({ length: 2 + Math.floor(random.between(0, 4)) }, () => {
          const point: [number, number] = [lon, lat];
          lon += random.between(-reach, reach);
          lat += random.between(-reach, reach);
          return point;
        });
        const expected = booleanIntersects(lineString(line), shape);
        expect(touches(area, line), JSON.stringify({ line, polygons })).toBe(expected);
        if (expected) inside++;
        else outside++;
      }
    }
    expect(Math.min(inside, outside)).toBeGreaterThan(500);
  });

  it("has its border and its corners, whatever direction its rings have", () => {
    const ring: [number, number][] = [
      [7, 47],
      [7.1, 47],
      [7.1, 47.1],
      [7, 47.1],
      [7, 47],
    ];
    for (const rings of [[ring], [ring.toReversed()]]) {
      const area = new PolygonArea([rings]);
      const has = (lon: number, lat: number): boolean =>
        area.has(Math.round(lon * 1e7), Math.round(lat * 1e7));
      for (const [lon, lat] of [...ring, [7.05, 47], [7.1, 47.05], [7.05, 47.1], [7, 47.05]]) {
        expect(has(lon!, lat!)).toBe(true);
      }
      expect(has(7.05, 47.05)).toBe(true);
      expect(has(7.1000001, 47.05)).toBe(false);
      expect(has(7.05, 46.9999999)).toBe(false);
      expect(
        touches(area, [
          [6.9, 47.1],
          [7, 47.1],
        ]),
      ).toBe(true);
      expect(
        touches(area, [
          [6.9, 47.1000001],
          [7.2, 47.1000001],
        ]),
      ).toBe(false);
      expect(
        touches(area, [
          [6.9, 46.9],
          [7.2, 47.2],
        ]),
      ).toBe(true);
      expect(touches(area, [[7.05, 47.05]])).toBe(true);
    }
  });
});

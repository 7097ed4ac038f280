import { decode, encode } from "@mapbox/polyline";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { encodePolyline6 } from "../../src/geo/polyline-codec.ts";

const micro = (most: number) =>
  fc.integer({ min: -most * 1e6, max: most * 1e6 }).map((value) => value / 1e6);
const lines = fc.array(fc.tuple(micro(180), micro(90)), { maxLength: 20 });

describe("polyline6", () => {
  it("is what mapbox writes and reads", () => {
    fc.assert(
      fc.property(lines, (line) => {
        const text = encodePolyline6(line);
        expect(text).toBe(
          encode(
            line.map(([lon, lat]) => [lat, lon]),
            6,
          ),
        );
        for (const [index, [lat, lon]] of decode(text, 6).entries()) {
          expect(lon).toBeCloseTo(line[index]![0], 9);
          expect(lat).toBeCloseTo(line[index]![1], 9);
        }
      }),
    );
  });

  it("does not let rounding errors add up over many small steps", () => {
    const line = Array.from({ length: 500 }, (_, i) => [i * 4.4e-7, i * -4.4e-7] as const);
    const last = decode(encodePolyline6(line), 6).at(-1)!;
    expect(Math.abs(last[1] - 499 * 4.4e-7)).toBeLessThan(5.1e-7);
  });

  it("of nothing is empty", () => expect(encodePolyline6([])).toBe(""));
});

import { distance, point } from "@turf/turf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cosLatE7, distanceE7, METRES_PER_E7 } from "../../src/geo/distance.ts";

const lons = fc.integer({ min: -180e7, max: 180e7 });
const lats = fc.integer({ min: -89e7, max: 89e7 });

describe("distances on the sphere", () => {
  it("are turf's", () => {
    fc.assert(
      fc.property(lons, lats, lons, lats, (lonA, latA, lonB, latB) => {
        const expected = distance(
          point([lonA / 1e7, latA / 1e7]),
          point([lonB / 1e7, latB / 1e7]),
          {
            units: "meters",
          },
        );
        const metres = distanceE7(lonA, latA, lonB, latB);
        expect(Math.abs(metres - expected)).toBeLessThan(1e-6 * expected + 1e-6);
        expect(distanceE7(lonB, latB, lonA, latA)).toBeCloseTo(metres, 6);
      }),
    );
  });

  it("are zero for one place and finite for the farthest two", () => {
    expect(distanceE7(7e7, 47e7, 7e7, 47e7)).toBe(0);
    expect(distanceE7(0, 0, 180e7, 0)).toBeCloseTo(Math.PI * 6_371_008.8, 3);
    expect(distanceE7(0, 90e7, 0, -90e7)).toBeCloseTo(Math.PI * 6_371_008.8, 3);
  });

  it("of one unit agree with the scales of the plane", () => {
    expect(distanceE7(0, 0, 0, 1e5)).toBeCloseTo(1e5 * METRES_PER_E7, 6);
    expect(distanceE7(0, 60e7, 1e5, 60e7)).toBeCloseTo(1e5 * METRES_PER_E7 * cosLatE7(60e7), 3);
    expect(cosLatE7(60e7)).toBeCloseTo(0.5, 12);
  });
});

import { along, distance, length, lineString } from "@turf/turf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { countLinePoints, densifyLine } from "../../src/index.ts";
import { DEGREE_M, equatorLine } from "./function-sampler.ts";

const position = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -85, max: 85, noNaN: true }),
);
/** Lines of up to about 10 km with vertices anywhere from metres to kilometres apart. */
const line = fc
  .tuple(
    position,
    fc.array(
      fc.tuple(
        fc.double({ min: -0.01, max: 0.01, noNaN: true }),
        fc.double({ min: -0.01, max: 0.01, noNaN: true }),
      ),
      { maxLength: 8 },
    ),
  )
  .map(([start, steps]) => {
    const coordinates = [start];
    for (const [dLon, dLat] of steps) {
      const [lon, lat] = coordinates.at(-1)!;
      const wrapped = lon + dLon;
      coordinates.push([
        wrapped > 180 ? wrapped - 360 : wrapped < -180 ? wrapped + 360 : wrapped,
        lat + dLat,
      ]);
    }
    return coordinates;
  });
const spacing = fc.double({ min: 25, max: 50, noNaN: true });

describe("densifyLine", () => {
  it("keeps every vertex, never exceeds the spacing and counts what it makes", () => {
    fc.assert(
      fc.property(line, spacing, (coordinates, spacingM) => {
        const dense = densifyLine(coordinates, { spacingM });
        expect(dense.distanceM.length).toBe(countLinePoints(coordinates, { spacingM }));
        expect(dense.vertexPoint.length).toBe(coordinates.length);
        for (const [vertex, [lon, lat]] of coordinates.entries()) {
          const point = dense.vertexPoint[vertex]!;
          expect([dense.lonLat[2 * point], dense.lonLat[2 * point + 1]]).toEqual([lon, lat]);
        }
        for (let point = 1; point < dense.distanceM.length; point++) {
          const gapM = dense.distanceM[point]! - dense.distanceM[point - 1]!;
          expect(gapM).toBeGreaterThanOrEqual(0);
          expect(gapM).toBeLessThanOrEqual(spacingM * (1 + 1e-8));
        }
      }),
    );
  });

  it("cuts segments longer than the spacing into pieces longer than half of it", () => {
    const { distanceM } = densifyLine(equatorLine(0, 10_000), { spacingM: 50 });
    expect(distanceM.length).toBe(201);
    expect(densifyLine(equatorLine(0, 51), { spacingM: 50 }).distanceM[1]).toBeCloseTo(25.5, 6);
  });

  it("agrees with turf on places and lengths", () => {
    fc.assert(
      fc.property(
        line.filter((coordinates) => coordinates.length > 1),
        spacing,
        (coordinates, spacingM) => {
          const dense = densifyLine(coordinates, { spacingM });
          const feature = lineString(coordinates);
          const lengthM = length(feature, { units: "meters" });
          expect(dense.distanceM.at(-1)).toBeCloseTo(lengthM, 5);
          for (let point = 0; point < dense.distanceM.length; point += 7) {
            const at = along(feature, Math.min(lengthM, dense.distanceM[point]!), {
              units: "meters",
            });
            const here = [dense.lonLat[2 * point]!, dense.lonLat[2 * point + 1]!];
            expect(distance(at.geometry.coordinates, here, { units: "meters" })).toBeLessThan(1e-3);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("follows the great circle on long segments and over the date line", () => {
    const dense = densifyLine(
      [
        [179.9, 60],
        [-179.9, 60],
      ],
      { spacingM: 40 },
    );
    expect(dense.distanceM.at(-1)).toBeLessThan(12_000);
    const far = [
      [-10, 50],
      [120, 40],
    ];
    const farDense = densifyLine(far, { spacingM: 50_000 });
    const feature = lineString(far);
    const middle = farDense.distanceM.length >> 1;
    const at = along(feature, farDense.distanceM[middle]!, { units: "meters" });
    const here = [farDense.lonLat[2 * middle]!, farDense.lonLat[2 * middle + 1]!];
    expect(distance(at.geometry.coordinates, here, { units: "meters" })).toBeLessThan(1);
  });

  it("takes typed arrays, single positions and repeated vertices", () => {
    const flat = densifyLine(new Float64Array([1, 2, 1, 2, 1.001, 2]));
    expect(flat.vertexPoint.slice(0, 2)).toEqual(new Int32Array([0, 1]));
    expect(flat.distanceM[1]).toBe(0);
    expect(densifyLine([[1, 2]]).distanceM).toEqual(new Float64Array(1));
    expect(densifyLine([[1, 2, 300]]).lonLat).toEqual(new Float64Array([1, 2]));
  });

  it("makes points of the portals and marks what lies between, joining touching structures", () => {
    const { distanceM, onStructure } = densifyLine(equatorLine(0, 400), {
      structures: [
        [150, 200.5],
        [90, 150],
      ],
    });
    const marked = [...distanceM].filter((_, point) => onStructure[point] === 1);
    expect(Math.min(...marked)).toBeGreaterThan(90);
    expect(Math.max(...marked)).toBeLessThan(200.5);
    for (const portalM of [90, 200.5]) expect([...distanceM]).toContain(portalM);
    expect(marked.length).toBe(2);
    // A portal on a vertex is that vertex, and one off the line is none.
    const onVertex = densifyLine(
      [
        [0, 0],
        [100 / DEGREE_M, 0],
        [200 / DEGREE_M, 0],
      ],
      {
        structures: [[100.005, 500]],
      },
    );
    expect([...onVertex.onStructure]).toEqual([0, 0, 0, 0, 1, 1, 1]);
  });

  it("refuses what is no line", () => {
    const bad: [unknown, object?][] = [
      [[]],
      [[[1]]],
      [[[Number.NaN, 0]]],
      [[[0, 91]]],
      [[[181, 0]]],
      [new Float64Array(3)],
      [
        [
          [0, 0],
          [180, 0],
        ],
      ],
      [[[0, 0]], { spacingM: 0 }],
      [[[0, 0]], { spacingM: Number.NaN }],
      [[[0, 0]], { structures: [[5, 1]] }],
      [[[0, 0]], { structures: [[Number.NaN, 1]] }],
    ];
    for (const [coordinates, options] of bad) {
      expect(() => densifyLine(coordinates as never, options), String(coordinates)).toThrow(
        RangeError,
      );
    }
  });
});

import { createSeededRandom } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import {
  CURVE_CLASSES,
  curveClass,
  curveRadiusM,
  STRAIGHT,
} from "../../src/graph/curve-classes.ts";
import { createCurveReader, type EdgeShape } from "../../src/graph/edge-curves.ts";
import { distanceE7 } from "../../src/geo/distance.ts";
import { lonLatAt } from "../networks.ts";

type Place = readonly [eastM: number, northM: number];

/** One edge per line of places. */
function shapeOf(...lines: readonly (readonly Place[])[]): EdgeShape {
  const points = lines.map((line) =>
    line.map(([eastM, northM]) => lonLatAt(eastM, northM).map((deg) => Math.round(deg * 1e7))),
  );
  const firstPoint = [0];
  for (const line of lines) firstPoint.push(firstPoint.at(-1)! + line.length);
  const lengthOf = (line: readonly number[][]): number =>
    line.slice(1).reduce((sum, [lon, lat], at) => {
      const [lonA, latA] = line[at]!;
      return sum + distanceE7(lonA!, latA!, lon!, lat!);
    }, 0);
  return {
    edgeLengthM: Float64Array.from(points, lengthOf),
    firstPoint: Int32Array.from(firstPoint),
    pointLonE7: Int32Array.from(points.flat(), ([lon]) => lon!),
    pointLatE7: Int32Array.from(points.flat(), ([, lat]) => lat!),
  };
}

/** Radii of the pieces of a line, m; none where it is straight. */
function radiiOf(line: readonly Place[]): number[] {
  const { pieces, classes } = createCurveReader(shapeOf(line))(0);
  return Array.from(classes.subarray(0, pieces), curveRadiusM);
}

/** What a truck drives at most, km/h. */
const speedsOf = (line: readonly Place[]): number[] =>
  radiiOf(line).map((radiusM) => 3.6 * Math.sqrt(1.5 * radiusM));
const slowestKmh = (line: readonly Place[]): number => Math.min(Infinity, ...speedsOf(line));

/** Places along a curve whose heading is a function of the distance, every so many metres. */
function follow(
  headingAt: (atM: number) => number,
  lengthM: number,
  everyM: number,
  startM = 0,
): Place[] {
  const places: Place[] = [[0, 0]];
  let [eastM, northM] = [0, 0];
  let nextM = startM > 0 ? startM : everyM;
  const stepM = 0.01;
  for (let step = 0; step * stepM < lengthM; step++) {
    const heading = headingAt((step + 0.5) * stepM);
    eastM += stepM * Math.cos(heading);
    northM += stepM * Math.sin(heading);
    if ((step + 1) * stepM < nextM) continue;
    places.push([eastM, northM]);
    nextM += everyM;
  }
  places.push([eastM, northM]);
  return places;
}

describe("the curves of an edge", () => {
  // Where vertices lie further apart than the chords reach, the road between them is straight.
  it.each([
    [15, 4, 15],
    [15, 8, 15],
    [15, 12, 15],
    [50, 5, 15],
    [50, 12, 15],
    [50, 25, 25],
    [200, 8, 15],
    [200, 25, 15],
    [200, 50, 30],
  ])(
    "on a circle of %d m drawn every %d m have its radius to %d %%",
    (radiusM, everyM, percent) => {
      const lengthM = Math.min(400, 1.8 * Math.PI * radiusM);
      for (const share of [0.1, 0.5, 0.9]) {
        const line = follow((atM) => atM / radiusM, lengthM, everyM, share * everyM);
        const radii = radiiOf(line);
        // At the ends one chord is short, and too short to tell on wide curves.
        const skip = Math.ceil((radiusM > 100 ? 38 : 15) / 7.5);
        const inner = radii.slice(skip, -skip);
        expect(inner.length).toBeGreaterThan(3);
        for (const found of inner) {
          expect(Math.abs(found / radiusM - 1)).toBeLessThan(percent / 100);
        }
        const mean = inner.reduce((sum, found) => sum + found, 0) / inner.length;
        expect(Math.abs(mean / radiusM - 1)).toBeLessThan(0.1);
      }
    },
  );

  it("are none on straight roads that are drawn a metre and a half off", () => {
    const random = createSeededRandom(64);
    for (let round = 0; round < 300; round++) {
      const everyM = random.between(3, 80);
      const offM = round % 2 === 0 ? 1 : 1.5;
      const line = Array.from({ length: 30 }, (_, at): Place => {
        const side = round % 3 === 0 ? random.pick([-offM, offM]) : random.between(-offM, offM);
        return [at * everyM, side];
      });
      // The zigzag is longer than the road, so that places slip along it by a little.
      expect(slowestKmh(line)).toBeGreaterThan(90);
    }
  });

  it("of a hairpin are at its apex, and the legs are straight", () => {
    const radiusM = 12;
    const turnM = Math.PI * radiusM;
    const heading = (atM: number): number => Math.min(Math.PI, Math.max(0, (atM - 200) / radiusM));
    const speeds = speedsOf(follow(heading, 400 + turnM, 6));
    const pieceM = (400 + turnM) / speeds.length;
    const apex = speeds[Math.round((200 + turnM / 2) / pieceM)]!;
    const truthKmh = 3.6 * Math.sqrt(1.5 * radiusM);
    expect(Math.abs(apex / truthKmh - 1)).toBeLessThan(0.1);
    expect(Math.min(...speeds)).toBeGreaterThan(0.9 * truthKmh);
    const legs = speeds.slice(0, Math.floor(140 / pieceM));
    expect(Math.min(...legs)).toBe(Infinity);
  });

  it("of a clothoid tighten along it", () => {
    const [lengthM, endRadiusM] = [300, 40];
    const line = follow((atM) => atM ** 2 / (2 * lengthM * endRadiusM), lengthM, 6);
    const radii = radiiOf(line);
    for (const [piece, radiusM] of radii.entries()) {
      const atM = ((piece + 0.5) * lengthM) / radii.length;
      const truthM = (endRadiusM * lengthM) / atM;
      if (truthM > 350 || atM > lengthM - 15) continue;
      expect(Math.abs(radiusM / truthM - 1)).toBeLessThan(0.2);
    }
  });

  it("end at junctions: a turn from one edge into another is none", () => {
    const shape = shapeOf(
      [
        [0, 0],
        [50, 0],
        [100, 0],
      ],
      [
        [100, 0],
        [100, 50],
        [100, 100],
      ],
    );
    const curvesOf = createCurveReader(shape);
    expect([curvesOf(0).pieces, curvesOf(1).pieces]).toEqual([0, 0]);
  });

  it.each([
    [5, Infinity, Infinity],
    [10, 60, 90],
    [20, 30, 50],
    [45, 17, 27],
    [90, 12, 17],
    [150, 12, 15],
  ])("of a single vertex of %d degrees are driven at %d to %d km/h", (degrees, least, most) => {
    const angle = (degrees / 180) * Math.PI;
    const slowest = slowestKmh([
      [0, 0],
      [200, 0],
      [200 + 200 * Math.cos(angle), 200 * Math.sin(angle)],
    ]);
    expect(slowest).toBeGreaterThanOrEqual(least);
    expect(slowest).toBeLessThanOrEqual(most);
  });

  it("do not fail on roads that come back on themselves, or go nowhere", () => {
    const there: Place[] = [
      [0, 0],
      [60, 0],
      [0, 0],
    ];
    expect(slowestKmh(there)).toBeCloseTo(3.6 * Math.sqrt(1.5 * 8), 9);
    const nowhere: Place[] = [
      [5, 5],
      [5, 5],
      [5, 5],
    ];
    expect(slowestKmh(nowhere)).toBe(Infinity);
  });

  it("are the same seen from the other end", () => {
    const random = createSeededRandom(65);
    for (let round = 0; round < 100; round++) {
      const bends = Array.from({ length: 12 }, () => random.between(-0.06, 0.06));
      const heading = (atM: number): number =>
        bends.reduce((sum, bend, at) => sum + bend * Math.min(25, Math.max(0, atM - 25 * at)), 0);
      const line = follow(heading, 300, random.between(4, 30));
      const back = radiiOf(line.toReversed()).toReversed();
      const there = radiiOf(line);
      expect(back.length).toBe(there.length);
      for (const [piece, radiusM] of there.entries()) {
        // Coordinates are rounded to centimetres: a place at a border may fall into either class.
        if (radiusM !== back[piece]) expect(back[piece]! / radiusM).toSatisfy(isNextClass);
      }
    }
  });
});

const isNextClass = (ratio: number): boolean =>
  ratio === 0 || ratio === Infinity || Math.abs(Math.abs(Math.log(ratio)) - Math.log(1.2)) < 1e-9;

describe("classes of curves", () => {
  it("have radii within a tenth, and keep the order", () => {
    for (let radiusM = 8; radiusM < 480; radiusM *= 1.01) {
      const inClass = curveClass(radiusM);
      expect(Math.abs(curveRadiusM(inClass) / radiusM - 1)).toBeLessThan(0.1);
      expect(curveClass(radiusM * 1.01) === STRAIGHT || curveClass(radiusM * 1.01) >= inClass).toBe(
        true,
      );
    }
    expect(curveClass(0)).toBe(curveClass(8));
    expect(curveClass(500)).toBe(STRAIGHT);
    expect(curveClass(Infinity)).toBe(STRAIGHT);
    for (let inClass = 1; inClass < CURVE_CLASSES; inClass++) {
      expect(curveClass(curveRadiusM(inClass))).toBe(inClass);
    }
  });
});

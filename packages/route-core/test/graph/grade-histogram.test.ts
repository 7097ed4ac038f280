import { createSeededRandom } from "@gradeway/test-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  addGrades,
  createHistogram,
  type EdgeCourse,
  heightAt,
  MIN_GRADED_EDGE_M,
  VOID_SLOT,
} from "../../src/graph/edge-pieces.ts";
import {
  GRADE_COUNT,
  GRADE_NODES,
  LEVEL_GRADE,
  locateGrade,
  mirrorBin,
  VOID_BIN,
} from "../../src/graph/grade-bins.ts";
import { buildFromAscii, formulaSampler, gridMetres } from "../networks.ts";

/** One edge with the given heights; grades stay within the tabulated range. */
const courses = fc
  .record({
    lengthM: fc.double({ min: MIN_GRADED_EDGE_M, max: 5000, noNaN: true }),
    grades: fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), {
      minLength: 1,
      maxLength: 20,
    }),
  })
  .map(({ lengthM, grades }) => {
    const pieceM = lengthM / grades.length;
    let height = 500;
    const heights = [height, ...grades.map((grade) => (height += grade * pieceM))];
    return courseOf(lengthM, heights);
  });

function courseOf(lengthM: number, heights: readonly number[]): EdgeCourse {
  return {
    edgeLengthM: Float64Array.of(lengthM),
    firstHeight: Int32Array.of(0, heights.length),
    // Float64 here, so that the test sees the method and not the rounding of the column.
    heightM: Float64Array.from(heights) as unknown as Float32Array,
    firstSpan: Int32Array.of(0, 1),
    spanEndM: Float64Array.of(lengthM),
  };
}

const reversed = (course: EdgeCourse): EdgeCourse =>
  courseOf(course.edgeLengthM[0]!, Array.from(course.heightM).toReversed());

function histogramOf(course: EdgeCourse, fromM: number, toM: number): Float64Array {
  const histogram = createHistogram();
  addGrades(course, 0, fromM, toM, histogram);
  return histogram;
}

const sum = (histogram: Float64Array): number => histogram.reduce((a, b) => a + b, 0);
const rise = (histogram: Float64Array): number =>
  GRADE_NODES.reduce((total, grade, slot) => total + grade * histogram[slot]!, 0);

const shares = fc.double({ min: 0, max: 1, noNaN: true });

describe("grade nodes", () => {
  it("are symmetric and ascending, and mirror onto each other", () => {
    expect(GRADE_NODES[LEVEL_GRADE]).toBe(0);
    for (let bin = 0; bin < GRADE_COUNT; bin++) {
      expect(GRADE_NODES[mirrorBin(bin)]).toBeCloseTo(-GRADE_NODES[bin]!, 15);
      if (bin > 0) expect(GRADE_NODES[bin]).toBeGreaterThan(GRADE_NODES[bin - 1]!);
    }
    expect(mirrorBin(VOID_BIN)).toBe(VOID_BIN);
  });

  it("locate every grade between its neighbours, steeper ones at the end", () => {
    const position = { lower: 0, upperShare: 0 };
    fc.assert(
      fc.property(fc.double({ min: -0.5, max: 0.5, noNaN: true }), (grade) => {
        locateGrade(grade, position);
        const { lower, upperShare } = position;
        const value = GRADE_NODES[lower]! * (1 - upperShare) + GRADE_NODES[lower + 1]! * upperShare;
        expect(value).toBeCloseTo(Math.min(0.2, Math.max(-0.2, grade)), 12);
        expect(upperShare).toBeGreaterThanOrEqual(0);
        expect(upperShare).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("grade histograms", () => {
  it("hold the length of their part, and its net rise as mean grade", () => {
    fc.assert(
      fc.property(courses, shares, shares, (course, a, b) => {
        const lengthM = course.edgeLengthM[0]!;
        const [fromM, toM] = [Math.min(a, b) * lengthM, Math.max(a, b) * lengthM];
        const histogram = histogramOf(course, fromM, toM);
        expect(Math.abs(sum(histogram) - (toM - fromM))).toBeLessThan(1e-8 * lengthM + 1e-9);
        expect(histogram.every((metres) => metres >= 0)).toBe(true);
        const net = heightAt(course, 0, toM) - heightAt(course, 0, fromM);
        expect(Math.abs(rise(histogram) - net)).toBeLessThan(1e-6);
      }),
      { numRuns: 500 },
    );
  });

  it("of the way back are the mirror", () => {
    fc.assert(
      fc.property(courses, shares, shares, (course, a, b) => {
        const lengthM = course.edgeLengthM[0]!;
        const [fromM, toM] = [Math.min(a, b) * lengthM, Math.max(a, b) * lengthM];
        const out = histogramOf(course, fromM, toM);
        const back = histogramOf(reversed(course), lengthM - toM, lengthM - fromM);
        for (let slot = 0; slot < GRADE_COUNT; slot++) {
          expect(Math.abs(back[mirrorBin(slot)]! - out[slot]!)).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("of two parts add up to the whole", () => {
    fc.assert(
      fc.property(courses, shares, (course, share) => {
        const lengthM = course.edgeLengthM[0]!;
        const whole = histogramOf(course, 0, lengthM);
        const parts = histogramOf(course, 0, share * lengthM);
        addGrades(course, 0, share * lengthM, lengthM, parts);
        for (let slot = 0; slot <= VOID_SLOT; slot++) {
          expect(Math.abs(parts[slot]! - whole[slot]!)).toBeLessThan(1e-7);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("keep unknown length apart", () => {
    const course = courseOf(400, [10, 12, Number.NaN, 20, 20]);
    const histogram = histogramOf(course, 0, 400);
    expect(histogram[VOID_SLOT]).toBeCloseTo(200, 9);
    expect(histogram[LEVEL_GRADE]).toBeCloseTo(100, 9);
  });

  it("of an edge of a few metres are level", () => {
    expect(histogramOf(courseOf(5, [10, 11]), 0, 5)[LEVEL_GRADE]).toBeCloseTo(5, 12);
    expect(histogramOf(courseOf(10, [10, 11]), 0, 10)[LEVEL_GRADE]).toBe(0);
  });

  it("stored with a graph add up to the length and rise of every span", async () => {
    const random = createSeededRandom(8);
    const wave = (lon: number, lat: number): number => {
      const [eastM, northM] = gridMetres(lon, lat);
      return 900 + 20 * Math.sin(eastM / 170) + 15 * Math.cos(northM / 130);
    };
    const { graph } = await buildFromAscii(
      `
      A---B-----C
      |   |     |
      D---E--F--G
      `,
      {
        ways: { ABC: {}, AD: { maxspeed: "30" }, DE: {}, EF: { maxspeed: "50" }, FGC: {}, BE: {} },
        gridM: random.integer(90, 110),
      },
      { elevation: formulaSampler(wave) },
    );
    for (let edge = 0; edge < graph.edgeCount; edge++) {
      let fromM = 0;
      for (let span = graph.firstSpan[edge]!; span < graph.firstSpan[edge + 1]!; span++) {
        const toM = graph.spanEndM[span]!;
        let metres = 0;
        let climb = 0;
        for (let bin = graph.firstBin[span]!; bin < graph.firstBin[span + 1]!; bin++) {
          metres += graph.binLengthM[bin]!;
          climb += graph.binLengthM[bin]! * GRADE_NODES[graph.binGrade[bin]!]!;
        }
        expect(metres).toBeCloseTo(toM - fromM, 3);
        const net = heightAt(graph, edge, toM) - heightAt(graph, edge, fromM);
        expect(climb).toBeCloseTo(net, 3);
        fromM = toM;
      }
    }
  });
});

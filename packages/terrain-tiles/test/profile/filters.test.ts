import { createSeededRandom } from "@gradeway/test-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { removeSpikes, smoothProfileHeights } from "../../src/index.ts";
import { everyM } from "./function-sampler.ts";
import { plainAscent, profileArbitrary, stretchesOf } from "./heights.ts";

const despiked = (distanceM: Float64Array, heightM: Float64Array, limit?: number): Float64Array => {
  const outM = new Float64Array(heightM.length);
  removeSpikes(distanceM, heightM, outM, limit);
  return outM;
};
const smoothed = (distanceM: Float64Array, heightM: Float64Array, sigma?: number): Float64Array => {
  const outM = new Float64Array(heightM.length);
  smoothProfileHeights(distanceM, heightM, outM, sigma);
  return outM;
};

describe.each([
  ["removeSpikes", despiked],
  ["smoothProfileHeights", smoothed],
])("%s", (_name, filter) => {
  it("keeps voids and the ends of every stretch, and never leaves its range", () => {
    fc.assert(
      fc.property(profileArbitrary, ({ distanceM, heightM }) => {
        const before = heightM.slice();
        const outM = filter(distanceM, heightM);
        expect(heightM).toEqual(before);
        expect(Array.from(outM, Number.isNaN)).toEqual(Array.from(heightM, Number.isNaN));
        for (const [first, last] of stretchesOf(heightM)) {
          expect(outM[first]).toBe(heightM[first]);
          expect(outM[last]).toBe(heightM[last]);
          const low = Math.min(...heightM.subarray(first, last + 1));
          const high = Math.max(...heightM.subarray(first, last + 1));
          for (let point = first; point <= last; point++) {
            expect(outM[point]).toBeGreaterThan(low - 1e-6);
            expect(outM[point]).toBeLessThan(high + 1e-6);
          }
        }
        expect(plainAscent(outM)).toBeLessThan(plainAscent(heightM) + 1e-6);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps ramps at any spacing", () => {
    fc.assert(
      fc.property(
        profileArbitrary,
        fc.double({ min: -0.3, max: 0.3, noNaN: true }),
        ({ distanceM }, grade) => {
          const ramp = distanceM.map((metres) => 500 + grade * metres);
          const outM = filter(distanceM, ramp);
          for (const [point, height] of outM.entries()) {
            expect(Math.abs(height - ramp[point]!)).toBeLessThan(1e-6);
          }
        },
      ),
    );
  });

  it("is the same in both directions", () => {
    fc.assert(
      fc.property(profileArbitrary, ({ distanceM, heightM }) => {
        const end = distanceM.at(-1)!;
        const back = filter(
          distanceM.toReversed().map((metres) => end - metres),
          heightM.toReversed(),
        ).toReversed();
        for (const [point, height] of filter(distanceM, heightM).entries()) {
          if (!Number.isNaN(height)) expect(Math.abs(back[point]! - height)).toBeLessThan(1e-6);
        }
      }),
    );
  });
});

describe("removeSpikes", () => {
  it("restores a ramp with a spike, up or down, and zigzags", () => {
    const distanceM = everyM(40, 30);
    for (const spike of [80, -80]) {
      const ramp = distanceM.map((metres) => 0.05 * metres);
      const spiky = ramp.slice();
      spiky[12]! += spike;
      expect(removeSpikes(distanceM, spiky, new Float64Array(30))).toBe(1);
      for (const [point, height] of despiked(distanceM, spiky).entries()) {
        expect(height).toBeCloseTo(ramp[point]!, 9);
      }
    }
    const zigzag = Float64Array.from({ length: 9 }, (_, point) => (point % 2) * 100);
    expect([...despiked(everyM(40, 9), zigzag)]).toEqual(Array.from({ length: 9 }, () => 0));
  });

  it("takes vertices within a few metres as one sample, and a hill as a hill", () => {
    const distanceM = new Float64Array([0, 40, 80, 82, 85, 125, 165]);
    const spiky = new Float64Array([10, 10, 60, 61, 60, 10, 10]);
    expect([...despiked(distanceM, spiky)]).toEqual([10, 10, 10, 10, 10, 10, 10]);
    const hill = new Float64Array([10, 10, 60, 60, 60, 60, 10]);
    expect(despiked(everyM(40, 7), hill)).toEqual(hill);
    const gentle = new Float64Array([10, 22, 10]);
    expect(despiked(everyM(40, 3), gentle)).toEqual(gentle);
    expect(despiked(everyM(40, 3), gentle, 0.2)[1]).toBe(10);
  });

  it("does not reach over a void", () => {
    const distanceM = new Float64Array([0, 40, 42, 44, 84]);
    const heightM = new Float64Array([10, 60, Number.NaN, 60, 10]);
    expect(despiked(distanceM, heightM)).toEqual(heightM);
  });

  it("refuses a limit that is none", () => {
    expect(() => despiked(everyM(1, 3), everyM(1, 3), 0)).toThrow(RangeError);
    expect(() => despiked(everyM(1, 3), everyM(1, 3), Number.NaN)).toThrow(RangeError);
  });
});

describe("smoothProfileHeights", () => {
  /** Vertices at random distances of 1 to 40 m over 6 km. */
  const random = createSeededRandom(7);
  const irregular = new Float64Array(400);
  for (let point = 1; point < 400; point++) {
    irregular[point] = irregular[point - 1]! + random.between(1, 40);
  }

  it.each([
    ["even", everyM(40, 201)],
    ["irregular", irregular],
  ])("has the stated standard deviation on an %s spacing", (_name, distanceM) => {
    // The variance of a kernel is what it adds to a parabola.
    const middle = distanceM.at(-1)! / 2;
    const parabola = distanceM.map((metres) => ((metres - middle) / 10) ** 2);
    const outM = smoothed(distanceM, parabola, 57);
    for (const [point, metres] of distanceM.entries()) {
      if (Math.abs(metres - middle) > 1000) continue;
      expect(100 * (outM[point]! - parabola[point]!)).toBeCloseTo(57 ** 2, 2);
    }
  });

  it.each([400, 1000, 3000])("damps waves of %d m as a Gaussian does", (waveM) => {
    const distanceM = everyM(10, 1201);
    const wave = distanceM.map((metres) => Math.sin((2 * Math.PI * (metres - 6000)) / waveM));
    const quarter = 600 + Math.round(waveM / 40);
    const expected = Math.exp(-0.5 * ((2 * Math.PI * 57) / waveM) ** 2);
    expect(smoothed(distanceM, wave, 57)[quarter]! / wave[quarter]!).toBeCloseTo(expected, 1.7);
  });

  it("agrees with a Gaussian written out", () => {
    const distanceM = everyM(10, 601);
    const noise = distanceM.map(() => random.between(-3, 3));
    const outM = smoothed(distanceM, noise, 60);
    for (let point = 100; point <= 500; point += 25) {
      let sum = 0;
      let weights = 0;
      for (const [other, height] of noise.entries()) {
        const weight = Math.exp(-0.5 * ((10 * (other - point)) / 60) ** 2);
        sum += weight * height;
        weights += weight;
      }
      expect(Math.abs(outM[point]! - sum / weights)).toBeLessThan(0.25);
    }
  });

  it("a stretch that only climbs still only climbs", () => {
    fc.assert(
      fc.property(profileArbitrary, ({ distanceM, heightM }) => {
        const stairs = heightM.map((height) => (Number.isNaN(height) ? 0 : height)).sort();
        const outM = smoothed(distanceM, stairs);
        for (let point = 1; point < outM.length; point++) {
          expect(outM[point]! - outM[point - 1]!).toBeGreaterThan(-1e-6);
        }
      }),
    );
  });

  it("copies with 0 and refuses what is no length", () => {
    const heightM = new Float64Array([1, 9, 1, 9]);
    expect(smoothed(everyM(40, 4), heightM, 0)).toEqual(heightM);
    for (const sigma of [-1, Number.NaN, Infinity]) {
      expect(() => smoothed(everyM(40, 4), heightM, sigma)).toThrow(RangeError);
    }
  });
});

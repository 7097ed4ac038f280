import type { ElevationSampler, LineCoordinates } from "../../src/index.ts";

/** A sampler whose ground is a formula; it notes every point that it was asked for. */
export function functionSampler(
  heightAt: (lon: number, lat: number) => number,
  missingTiles: readonly string[] = [],
): ElevationSampler & { readonly asked: [number, number][]; calls: number } {
  const asked: [number, number][] = [];
  return {
    source: { name: "formula", resolutionM: 1, attribution: "nobody" },
    asked,
    calls: 0,
    async sample(lonLat, outM) {
      this.calls += 1;
      let voids = 0;
      for (let point = 0; 2 * point < lonLat.length; point++) {
        const lon = lonLat[2 * point]!;
        const lat = lonLat[2 * point + 1]!;
        asked.push([lon, lat]);
        outM[point] = heightAt(lon, lat);
        if (Number.isNaN(outM[point]!)) voids++;
      }
      return { sampled: lonLat.length / 2, voids, missingTiles, tilesSha256: "" };
    },
  };
}

/** Metres of a degree along the equator and along meridians. */
export const DEGREE_M = (Math.PI / 180) * 6_371_008.8;

/** A line along the equator from 0 to a distance in metres, with vertices at more distances. */
export function equatorLine(...atM: number[]): LineCoordinates {
  return atM.map((metres): [number, number] => [metres / DEGREE_M, 0]);
}

/** Evenly spaced distances. */
export function everyM(stepM: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => index * stepM);
}

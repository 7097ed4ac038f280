import { ReasonError } from "@gradeway/reason-codes";

import type { ElevationSampler, ElevationSummary } from "../elevation-port.ts";
import type { NetworkPoints } from "./network-points.ts";

/** Share of the road length whose height must be known in strict mode. */
export const REQUIRED_COVERAGE_RATIO = 0.96;

/** Heights per network point before structures and smoothing. */
export interface SampledHeights {
  readonly heightM: Float64Array;
  readonly summary: ElevationSummary;
  readonly coverageRatio: number;
}

/** Samples the ground under every point that is not on a structure. */
export async function sampleHeights(
  points: NetworkPoints,
  elevation?: ElevationSampler,
  signal?: AbortSignal,
): Promise<SampledHeights> {
  const heightM = new Float64Array(points.count).fill(Number.NaN);
  const onGround: number[] = [];
  for (let point = 0; point < points.count; point++) {
    if (points.onStructure[point] === 0) onGround.push(point);
  }
  const none: ElevationSummary = {
    sampled: onGround.length,
    voids: onGround.length,
    missingTiles: [],
    tilesSha256: "",
  };
  if (elevation === undefined) return { heightM, summary: none, coverageRatio: 0 };
  const lonLat = new Float64Array(2 * onGround.length);
  for (const [index, point] of onGround.entries()) {
    lonLat[2 * index] = points.lonLat[2 * point]!;
    lonLat[2 * index + 1] = points.lonLat[2 * point + 1]!;
  }
  const out = new Float64Array(onGround.length);
  const summary = await elevation.sample(lonLat, out, signal === undefined ? {} : { signal });
  let knownM = 0;
  let totalM = 0;
  for (const [index, point] of onGround.entries()) {
    heightM[point] = out[index]!;
    let reachM = 0;
    for (let k = points.firstNeighbour[point]!; k < points.firstNeighbour[point + 1]!; k++) {
      reachM += points.neighbourM[k]! / 2;
    }
    totalM += reachM;
    if (!Number.isNaN(out[index]!)) knownM += reachM;
  }
  return { heightM, summary, coverageRatio: totalM > 0 ? knownM / totalM : 0 };
}

/**
 * Refuses heights that are known for too little of the road length.
 *
 * @throws {ReasonError} terrain_dem_coverage_insufficient
 */
export function requireCoverage(sampled: SampledHeights): void {
  if (sampled.coverageRatio >= REQUIRED_COVERAGE_RATIO) return;
  const percent = (100 * sampled.coverageRatio).toFixed(1);
  throw new ReasonError(
    "terrain_dem_coverage_insufficient",
    `Elevation is known for ${percent} % of the road length; strict needs ${100 * REQUIRED_COVERAGE_RATIO} %.`,
    {
      requiredRatio: REQUIRED_COVERAGE_RATIO,
      observedRatio: sampled.coverageRatio,
      missingTiles: sampled.summary.missingTiles,
    },
  );
}

import { ReasonError } from "@gradeway/reason-codes";

import type { ElevationSampler, ElevationSummary } from "../elevation-port.ts";
import type { EdgeColumns } from "./edge-columns.ts";
import type { NetworkPoints } from "./network-points.ts";
import { groundPositions } from "./point-positions.ts";

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
  { edges, points }: { readonly edges: EdgeColumns; readonly points: NetworkPoints },
  elevation?: ElevationSampler,
  signal?: AbortSignal,
): Promise<SampledHeights> {
  const heightM = new Float64Array(points.count).fill(Number.NaN);
  if (elevation === undefined) {
    const sampled = points.onStructure.reduce((sum, mark) => sum + 1 - mark, 0);
    const none = { sampled, voids: sampled, missingTiles: [], tilesSha256: "" };
    return { heightM, summary: none, coverageRatio: 0 };
  }
  const lonLat = groundPositions(edges, points);
  const ground = heightM.subarray(0, lonLat.length / 2);
  const summary = await elevation.sample(lonLat, ground, signal === undefined ? {} : { signal });
  moveToPoints(points, heightM, ground.length);
  return { heightM, summary, coverageRatio: coverageOf(points, heightM) };
}

/** Gives each point its height in place, from the back; points on structures are void. */
function moveToPoints(
  { count, onStructure }: NetworkPoints,
  heightM: Float64Array,
  sampled: number,
): void {
  let next = sampled;
  for (let point = count - 1; point >= 0; point--) {
    heightM[point] = onStructure[point] === 1 ? Number.NaN : heightM[--next]!;
  }
}

/** Share of the road length on the ground whose height is known; half of each step is a point's. */
function coverageOf(
  { nodeCount, firstInner, stepM, onStructure, firstEnd, ends }: NetworkPoints,
  heightM: Float64Array,
): number {
  let knownM = 0;
  let totalM = 0;
  const add = (point: number, reachM: number): void => {
    if (onStructure[point] === 1) return;
    totalM += reachM;
    if (!Number.isNaN(heightM[point]!)) knownM += reachM;
  };
  for (let node = 0; node < nodeCount; node++) {
    let reachM = 0;
    for (let k = firstEnd[node]!; k < firstEnd[node + 1]!; k++) reachM += stepM[ends[k]! >> 1]! / 2;
    add(node, reachM);
  }
  for (let edge = 0; edge < stepM.length; edge++) {
    for (let point = firstInner[edge]!; point < firstInner[edge + 1]!; point++) {
      add(point, stepM[edge]!);
    }
  }
  return totalM > 0 ? knownM / totalM : 0;
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

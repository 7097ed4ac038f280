import { ReasonError } from "@gradeway/reason-codes";

import type { LonLatBox } from "../tiles-covering.ts";

/** Share of a line whose height must be known in strict mode. */
export const REQUIRED_COVERAGE_RATIO = 0.96;

/** What {@link requireCoverage} looks at; a profile has it all. */
export interface Coverage {
  /** Share of the length whose height is known. */
  readonly coverageRatio: number;
  /** Tiles that the source does not have, as "z/x/y". */
  readonly missingTiles: readonly string[];
}

/** Where elevation is served, and how much of it is demanded. */
export interface RegionPolicy {
  /** Degrees `[west, south, east, north]`; a west greater than the east crosses the date line. */
  readonly bbox: LonLatBox;
  /** False lets every place and every void pass. */
  readonly strict: boolean;
  /** Share of the length whose height must be known. */
  readonly minimumRatio: number;
}

/**
 * Refuses heights that are known for too little of the length.
 *
 * @throws {ReasonError} `terrain_dem_coverage_insufficient`
 */
export function requireCoverage(
  coverage: Coverage,
  requiredRatio: number = REQUIRED_COVERAGE_RATIO,
): void {
  const { coverageRatio: observedRatio, missingTiles } = coverage;
  if (observedRatio >= requiredRatio) return;
  const percent = (ratio: number): string => `${Number((100 * ratio).toFixed(1))} %`;
  throw new ReasonError(
    "terrain_dem_coverage_insufficient",
    `Elevation is known for ${percent(observedRatio)} of what was asked for; ${percent(requiredRatio)} are required.`,
    { requiredRatio, observedRatio, missingTiles },
  );
}

/**
 * Refuses places outside the region in strict mode: when none of the points lies in its box. A line
 * that leaves the region is left to {@link requireCoverage}.
 *
 * @param lonLat - interleaved degrees
 * @throws {ReasonError} `terrain_region_unsupported`
 */
export function requireRegion(policy: RegionPolicy, lonLat: Float64Array): void {
  if (!policy.strict) return;
  const [west, south, east, north] = policy.bbox;
  for (let index = 0; index + 1 < lonLat.length; index += 2) {
    const lon = lonLat[index]!;
    const lat = lonLat[index + 1]!;
    const inLon = west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
    if (inLon && lat >= south && lat <= north) return;
  }
  throw new ReasonError(
    "terrain_region_unsupported",
    `No point lies within [${policy.bbox.join(", ")}], where elevation is served.`,
    { bbox: policy.bbox },
  );
}

import type { ControlledTerrain } from "@gradeway/quality-gates";
import { createElevationSampler, openTileSource } from "@gradeway/terrain-tiles";

import { readControlPoints } from "../terrain-accuracy/control-points.ts";

/**
 * How far a height of a 30 m cell may be from a surveyed saddle or summit, and how many surveyed
 * heights may be wrong or misplaced themselves.
 */
const TOLERANCE_M = 30;
const WRONG_SURVEYS = 0.05;

/** Tiles of zoom 11 against surveyed heights. */
export async function surveyedHeights(
  csvFile: string,
  tilesDirectory: string,
): Promise<ControlledTerrain> {
  const points = await readControlPoints(csvFile);
  return {
    sampler: createElevationSampler(await openTileSource(tilesDirectory)),
    points: points.map(({ lon, lat, elevationM }) => ({ lon, lat, heightM: elevationM })),
    toleranceM: TOLERANCE_M,
    allowedShare: WRONG_SURVEYS,
  };
}

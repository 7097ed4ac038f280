import type { CourseProfile, PlanHeights, RouteCourse } from "@gradeway/route-core";
import {
  type ElevationProfile,
  gradesOf,
  refineProfile,
  sampleProfiles,
  type TerrainRun,
} from "@gradeway/terrain-tiles";

import { terrainWarnings } from "./terrain-answer.ts";

/**
 * Samples the ground under courses and makes profiles of it to drive them on: bridges and tunnels
 * straight between their portals, smoothed as the heights of the region are.
 *
 * @throws {ReasonError} the reason why a tile could not be had
 */
export async function sampleCourses(
  run: TerrainRun,
  courses: readonly RouteCourse[],
  smoothingM: number,
  signal?: AbortSignal,
): Promise<PlanHeights> {
  const lines = courses.map(({ lonLat, structures }) => ({ coordinates: lonLat, structures }));
  const profiles = await sampleProfiles(run.sampler, lines, signal === undefined ? {} : { signal });
  const { source } = run.sampler;
  return {
    source: source.name,
    attribution: source.attribution,
    tilesSha256: profiles[0]?.tilesSha256 ?? "",
    missingTiles: profiles[0]?.missingTiles ?? [],
    warnings: terrainWarnings(run.diagnostics()),
    profiles: profiles.map((profile) => courseProfile(profile, smoothingM)),
  };
}

function courseProfile(profile: ElevationProfile, smoothingM: number): CourseProfile {
  const { distanceM, elevationM } = refineProfile(profile, { smoothingM });
  const gradeRatio = new Float64Array(distanceM.length - 1);
  gradesOf(distanceM, elevationM, gradeRatio);
  return { distanceM, elevationM, gradeRatio };
}

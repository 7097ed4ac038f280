import type { LoadedVehicle } from "../costing/longitudinal.ts";
import type { CourseSteps } from "./course-steps.ts";
import { createDriveScratch, type Driven, driveSteps } from "./drive-steps.ts";
import { buildDriveTables } from "./drive-tables.ts";
import { markStops, stopPhases } from "./stop-phases.ts";

/**
 * Drives a course from rest to rest.
 *
 * @param headroom - what a battery takes back before it is full, Wh; default: it takes all of it
 */
export type CourseDriver = (steps: CourseSteps, headroom?: number) => Driven;

/**
 * Drives courses with a loaded vehicle: the evaluation tier. A course with stops that may or may not
 * happen is driven several times, each time with some of them, and the drives are weighted so that
 * every stop counts with its own chance (see `stopPhases`). The deepest draw is that
 * of the worst drive.
 */
export function createCourseDriver(loaded: LoadedVehicle): CourseDriver {
  const tables = buildDriveTables(loaded);
  return (steps, headroom = Infinity) => {
    const scratch = createDriveScratch(steps);
    let seconds = 0;
    let energy = 0;
    let deepest = 0;
    for (const { phase, weight } of stopPhases(steps.stopChance)) {
      markStops(steps.stopChance, phase, scratch.isStop);
      const driven = driveSteps(loaded, tables, steps, headroom, scratch);
      seconds += weight * driven.seconds;
      energy += weight * driven.energy;
      deepest = Math.max(deepest, driven.deepest);
    }
    return { seconds, energy, deepest };
  };
}

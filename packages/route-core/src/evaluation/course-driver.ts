import type { LoadedVehicle } from "../costing/longitudinal.ts";
import type { CourseSteps } from "./course-steps.ts";
import { createDriveScratch, type Driven, driveSteps } from "./drive-steps.ts";
import { buildDriveTables } from "./drive-tables.ts";
import { markStops, stopPhases } from "./stop-phases.ts";

/** Drives a course from rest to rest. */
export type CourseDriver = (steps: CourseSteps) => Driven;

/**
 * Drives courses with a loaded vehicle: the evaluation tier. A course with stops that may or may not
 * happen is driven several times, each time with some of them, and the drives are weighted so that
 * every stop counts with its own chance (see `stopPhases`).
 */
export function createCourseDriver(loaded: LoadedVehicle): CourseDriver {
  const tables = buildDriveTables(loaded);
  return (steps) => {
    const scratch = createDriveScratch(steps);
    let seconds = 0;
    let grams = 0;
    for (const { phase, weight } of stopPhases(steps.stopChance)) {
      markStops(steps.stopChance, phase, scratch.isStop);
      const driven = driveSteps(loaded, tables, steps, scratch);
      seconds += weight * driven.seconds;
      grams += weight * driven.grams;
    }
    return { seconds, grams };
  };
}
